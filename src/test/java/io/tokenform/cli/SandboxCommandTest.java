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
