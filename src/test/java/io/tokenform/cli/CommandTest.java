package io.tokenform.cli;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.sandbox.RequestListener;
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
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A running sandbox with two tokens, a folder to work in, and a way to run commands there. */
abstract class CommandTest {
  static final TokenId GRAFANA = TokenId.parse("11111111-0000-4000-8000-000000000001");
  static final TokenId TELEGRAF = TokenId.parse("22222222-0000-4000-8000-000000000002");

  static final String SEED =
      """
      {"databases": ["metrics", "logs"], "tokens": [
        {"id": "%s", "description": "Grafana",
         "permissions": [{"action": "read", "resource": "metrics"}]},
        {"id": "%s", "description": "Telegraf",
         "permissions": [{"action": "write", "resource": "*"}]}]}
      """
          .formatted(GRAFANA, TELEGRAF);

  /** Widens one token and narrows the other. */
  static final String TOKENS =
      """
      tokens:
        grafana:
          id: %s
          permissions: {read: [metrics, logs]}
        telegraf:
          id: %s
          permissions: {write: [metrics]}
      """
          .formatted(GRAFANA, TELEGRAF);

  @TempDir Path folder;
  @TempDir Path configuration;

  final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  Sandbox sandbox;

  @BeforeEach
  final void startSandbox() {
    sandbox = sandboxWith(requests::add);
  }

  /** Takes another sandbox, which begins as the first did and tells this listener. */
  final void restartSandbox(RequestListener listener) {
    sandbox.close();
    sandbox = sandboxWith(listener);
  }

  /** Takes another sandbox, which begins as the first did and has these faults. */
  final void restartSandbox(String... faults) {
    sandbox.close();
    sandbox = sandboxWith(requests::add, faults);
  }

  /** Takes another sandbox, which has one more token than the first had. */
  final void restartSandboxWith(String token) {
    sandbox.close();
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(
                    SEED.replaceFirst(
                        "\\}\\s*\\]\\}\\s*$", "}, " + Matcher.quoteReplacement(token) + "]}"))
                .listener(requests::add)
                .build());
  }

  private static Sandbox sandboxWith(RequestListener listener, String... faults) {
    return Sandbox.start(
        SandboxOptions.builder()
            .seedJson(SEED)
            .listener(listener)
            .faults(Faults.parse(List.of(faults), 1))
            .build());
  }

  @AfterEach
  final void stopSandbox() {
    sandbox.close();
  }

  /**
   * A user who has agreed to the sandbox's host before: policies here name it, and no flag does.
   */
  final Cli cli() {
    return Cli.in(folder).withManagementToken().agreedTo(configuration, sandbox.url());
  }

  /** The journals of the working directory by their names, oldest first. */
  final List<Path> journals() throws IOException {
    Path journals = folder.resolve(".tokenform/journal");
    if (!Files.isDirectory(journals)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(journals)) {
      return files
          .filter(file -> file.toString().endsWith(".jsonl"))
          .sorted(Comparator.comparing(file -> file.toFile().lastModified()))
          .toList();
    }
  }

  /** The paths and methods of the requests that would change something, in their order. */
  final List<String> writes() {
    return requests.stream()
        .filter(request -> !request.method().equals("GET"))
        .map(request -> request.method() + " " + request.path().replaceFirst(".*/", ""))
        .toList();
  }

  final Permissions permissions(TokenId id) {
    return sandbox.token(id).permissions();
  }

  static Permissions permissions(Permission... permissions) {
    return Permissions.of(permissions);
  }

  /** Writes tokens.yaml for the running sandbox. */
  final void policyForSandbox(String tokens) throws IOException {
    policy(
        """
        version: 1
        cluster:
          product: cloud-dedicated
          accountId: %s
          clusterId: %s
          url: %s
        %s"""
            .formatted(sandbox.accountId(), sandbox.clusterId(), sandbox.url(), tokens));
  }

  final void policy(String text) throws IOException {
    Files.writeString(folder.resolve("tokens.yaml"), text);
  }

  /** Changes a token as somebody else would. */
  final void patch(String id, String body) {
    send("PATCH", id, HttpRequest.BodyPublishers.ofString(body));
  }

  /** Revokes a token as somebody else would. */
  final void delete(String id) {
    send("DELETE", id, HttpRequest.BodyPublishers.noBody());
  }

  private void send(String method, String id, HttpRequest.BodyPublisher body) {
    URI uri = URI.create(sandbox.url() + "/api/v0/tokens/" + id);
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .header("Authorization", "Bearer sandbox-management-token")
            .header("Content-Type", "application/json")
            .method(method, body)
            .build();
    try {
      int status =
          HttpClient.newHttpClient()
              .send(request, HttpResponse.BodyHandlers.discarding())
              .statusCode();
      Assertions.assertThat(status).isBetween(200, 299);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
