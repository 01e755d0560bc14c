package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCommandTest {
  private static final Pattern LISTENS = Pattern.compile("listens at (http://[0-9.:]+)\n");

  @TempDir Path folder;

  @Test
  void itServesUntilItIsInterrupted() throws Exception {
    Files.writeString(folder.resolve("seed.json"), "{\"databases\": [\"metrics\"]}");
    CompletableFuture<String> databases = new CompletableFuture<>();

    Cli.Run run = runWith(databases::complete, "--seed", "seed.json", "--data", "state.json");

    Assertions.assertThat(databases.join()).contains("\"metrics\"");
    assertThat(run)
        .exited(130)
        .printed(
            "The sandbox listens at http://127.0.0.1:",
            "account id",
            "cluster id",
            "management token  sandbox-management-token")
        .complained("GET /api/v0/databases 200");
  }

  @Test
  void aPortThatIsTakenIsAnError() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(Cli.in(folder).run("sandbox", "--listen", "127.0.0.1:" + taken.getLocalPort()))
          .exited(1)
          .printedNothing()
          .complained(String.valueOf(taken.getLocalPort()));
    }
  }

  @Test
  void aFaultThatIsNoneIsWrongUsage() {
    assertThat(Cli.in(folder).run("sandbox", "--fault", "reset", "--fault", "status=200"))
        .exited(64)
        .printedNothing()
        .complained(
            "error: fault \"status=200\": status needs an error's status from 400 to 599, as"
                + " status=429; \"200\" is not\n"
                + "  hint: tokenform sandbox --help describes the rules\n");
    assertThat(Cli.in(folder).run("sandbox", "--fault-seed", "x"))
        .exited(64)
        .printedNothing()
        .complained("\"x\" is not a whole number");
  }

  @Test
  void faultsHitAndTheirSeedIsTold() throws Exception {
    Cli.Run run = runWith("--fault", "status=418", "--fault", "delay=1ms..2ms");

    assertThat(run)
        .exited(130)
        .complained("note: the faults are drawn with --fault-seed ")
        .complained("GET /api/v0/databases 418 ", " ms, 1 in flight, fault: 418\n");
  }

  @Test
  void aSeedThatIsGivenOrNotNeededIsNotTold() throws Exception {
    assertThat(runWith("--fault", "random=1%,skip=1", "--fault-seed", "7"))
        .exited(130)
        .neverShowed("--fault-seed");
    assertThat(runWith("--fault", "status=500"))
        .exited(130)
        .complained("fault: 500")
        .neverShowed("--fault-seed");
  }

  private Cli.Run runWith(String... options) throws Exception {
    return runWith(answer -> {}, options);
  }

  /** Runs a sandbox until it has answered one request. */
  private Cli.Run runWith(Consumer<String> answer, String... options) throws Exception {
    CompletableFuture<URI> place = new CompletableFuture<>();
    Cli cli =
        Cli.in(folder)
            .readBy(
                text -> {
                  Matcher listens = LISTENS.matcher(text);
                  if (listens.find()) {
                    place.complete(URI.create(listens.group(1)));
                  }
                });
    List<String> args = new ArrayList<>(List.of("sandbox", "--listen", "127.0.0.1:0"));
    args.addAll(List.of(options));
    CompletableFuture<Cli.Run> run = new CompletableFuture<>();
    Thread serving =
        new Thread(() -> run.complete(cli.run(args.toArray(String[]::new))), "serving");
    serving.start();
    try {
      answer.accept(databases(place.get(15, TimeUnit.MINUTES)));
    } finally {
      serving.interrupt();
    }
    return run.get(15, TimeUnit.MINUTES);
  }

  private static String databases(URI sandbox) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(sandbox.resolve("/api/v0/databases"))
            .header("Authorization", "Bearer sandbox-management-token")
            .build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
