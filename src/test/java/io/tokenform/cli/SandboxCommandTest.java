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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxCommandTest {
  @TempDir Path folder;

  @Test
  void itServesUntilItIsInterrupted() throws Exception {
    Files.writeString(folder.resolve("seed.json"), "{\"databases\": [\"metrics\"]}");
    int port = freePort();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    CompletableFuture<Cli.Run> run = new CompletableFuture<>();
    Future<?> serving =
        executor.submit(
            () ->
                run.complete(
                    Cli.in(folder)
                        .run(
                            "sandbox",
                            "--listen",
                            "127.0.0.1:" + port,
                            "--seed",
                            "seed.json",
                            "--data",
                            "state.json")));

    Assertions.assertThat(databases(port)).contains("\"metrics\"");
    serving.cancel(true);

    assertThat(run.get(10, TimeUnit.SECONDS))
        .exited(130)
        .printed(
            "The sandbox listens at http://127.0.0.1:" + port,
            "account id",
            "cluster id",
            "management token  sandbox-management-token")
        .complained("GET /api/v0/databases 200");
    executor.shutdownNow();
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
        .complained("'x' is not a long");
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

  /** Runs a sandbox until it has answered one request. */
  private Cli.Run runWith(String... options) throws Exception {
    int port = freePort();
    ExecutorService executor = Executors.newSingleThreadExecutor();
    CompletableFuture<Cli.Run> run = new CompletableFuture<>();
    List<String> args = new ArrayList<>(List.of("sandbox", "--listen", "127.0.0.1:" + port));
    args.addAll(List.of(options));
    Future<?> serving =
        executor.submit(() -> run.complete(Cli.in(folder).run(args.toArray(String[]::new))));
    try {
      databases(port);
      serving.cancel(true);
      return run.get(10, TimeUnit.SECONDS);
    } finally {
      executor.shutdownNow();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static String databases(int port) throws InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v0/databases"))
            .header("Authorization", "Bearer sandbox-management-token")
            .build();
    for (int attempt = 0; ; attempt++) {
      try {
        return HttpClient.newHttpClient()
            .send(request, HttpResponse.BodyHandlers.ofString())
            .body();
      } catch (IOException e) {
        if (attempt == 200) {
          throw new AssertionError("the sandbox does not answer", e);
        }
        Thread.sleep(25);
      }
    }
  }
}
