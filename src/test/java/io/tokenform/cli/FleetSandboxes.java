package io.tokenform.cli;

import io.tokenform.access.TokenId;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.fault.Faults;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * The clusters of a fleet in a test, each a sandbox with the two tokens of {@link
 * CommandTest#SEED}, and the fleet file and the policies for them.
 */
final class FleetSandboxes implements AutoCloseable {
  private final Path folder;
  private final Map<String, Sandbox> sandboxes = new LinkedHashMap<>();
  private final List<String> clusters = new ArrayList<>();
  private final List<Write> writes = new CopyOnWriteArrayList<>();
  private volatile Consumer<String> listener = cluster -> {};

  /** A request that would change something, in the order in which the answers were given. */
  record Write(String cluster, String method, boolean acted) {}

  FleetSandboxes(Path folder) {
    this.folder = folder;
  }

  /** Adds a cluster, and starts its sandbox. */
  FleetSandboxes with(String name, int wave, String files, String... faults) {
    Sandbox sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(CommandTest.SEED)
                .faults(Faults.parse(List.of(faults), 1))
                .listener(
                    request -> {
                      if (!request.method().equals("GET")) {
                        writes.add(new Write(name, request.method(), request.acted()));
                        listener.accept(name);
                      }
                    })
                .build());
    sandboxes.put(name, sandbox);
    clusters.add(
        "  %s: {product: clustered, url: '%s', files: [%s], labels: {wave: w%d}}\n"
            .formatted(name, sandbox.url(), files, wave));
    return this;
  }

  /** Is told of each request that would change something, before its answer leaves. */
  void onWrite(Consumer<String> somebody) {
    listener = somebody;
  }

  /** Writes the fleet file, with waves 1 to the given one, and the policies. */
  FleetSandboxes write(int waves) throws IOException {
    StringBuilder text = new StringBuilder("version: 1\nclusters:\n");
    clusters.forEach(text::append);
    text.append("waves: [");
    for (int wave = 1; wave <= waves; wave++) {
      text.append(wave == 1 ? "" : ", ").append("{wave: w").append(wave).append('}');
    }
    Files.writeString(folder.resolve("fleet.yaml"), text.append("]\n"));
    policy("changing", CommandTest.TOKENS);
    policy(
        "same",
        "tokens: {grafana: {id: %s, permissions: {read: [metrics]}}}\n"
            .formatted(CommandTest.GRAFANA));
    return this;
  }

  private void policy(String name, String tokens) throws IOException {
    Files.createDirectories(folder.resolve(name));
    Files.writeString(folder.resolve(name).resolve("tokens.yaml"), "version: 1\n" + tokens);
  }

  List<Write> writes() {
    return writes;
  }

  Sandbox of(String cluster) {
    return sandboxes.get(cluster);
  }

  /** Changes a token of a cluster as somebody else would. */
  void patch(String cluster, TokenId token, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(of(cluster).url() + "/api/v0/tokens/" + token))
            .header("Authorization", "Bearer sandbox-management-token")
            .header("Content-Type", "application/json")
            .method("PATCH", HttpRequest.BodyPublishers.ofString(body))
            .build();
    int status =
        HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.discarding())
            .statusCode();
    if (status / 100 != 2) {
      throw new AssertionError("the sandbox answered " + status);
    }
  }

  @Override
  public void close() {
    sandboxes.values().forEach(Sandbox::close);
  }
}
