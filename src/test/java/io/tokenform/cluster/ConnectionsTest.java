package io.tokenform.cluster;

import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Masking;
import io.tokenform.access.Secret;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.ScriptedServer.Script;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Networks and servers that fail before, in the middle of, or instead of an answer. */
@Timeout(900)
class ConnectionsTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  /** For what has to come in time, on a busy machine too. */
  private static final Duration AMPLE = Duration.ofSeconds(2);

  private static final String LATE = "no complete answer within 300 ms";

  @Test
  void aPortWithoutAServerIsSaidToBeSo() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }
    ApiException failure = failure(ClusterUrl.parse("http://127.0.0.1:" + port), AMPLE);

    assertThat(failure)
        .hasMessage("GET /api/v0/tokens: nothing answers at http://127.0.0.1:" + port);
    assertThat(failure.hint())
        .hasValue(
            "is the server running, and the port right? check the URL http://127.0.0.1:" + port);
    assertPasses(failure);
  }

  @Test
  void aHostThatDoesNotExistIsSaidToBeSo() {
    ApiException failure =
        failure(ClusterUrl.parse("https://nobody.invalid"), Duration.ofSeconds(10));

    assertThat(failure).hasMessage("GET /api/v0/tokens: there is no host nobody.invalid");
    assertThat(failure.hint()).hasValue("check the URL https://nobody.invalid");
    assertPasses(failure);
  }

  @Test
  void aConnectionThatIsNotTakenTimesOut() throws Exception {
    List<Socket> waiting = new ArrayList<>();
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Assumptions.assumeTrue(fill(full, waiting), "this system takes every connection");
      ClusterUrl url = ClusterUrl.parse("http://127.0.0.1:" + full.getLocalPort());

      ApiException failure = failure(url, SHORT);

      // Either clock may be the first: the connection's or that of the whole call.
      assertThat(failure.problem()).isIn("no connection to " + url + " in time", LATE);
      assertPasses(failure);
    } finally {
      for (Socket socket : waiting) {
        socket.close();
      }
    }
  }

  @Test
  void aServerThatSpeaksNoTlsIsNotTrusted() {
    try (Sandbox server = Sandbox.start(SandboxOptions.builder().build())) {
      ApiException failure =
          failure(
              ClusterUrl.parse(server.url().toString().replace("http:", "https:")),
              Duration.ofSeconds(10));

      assertThat(failure.problem()).startsWith("no secure connection: ");
      assertThat(failure.isTransient()).isFalse();
    }
  }

  @Test
  void aConnectionThatIsClosedInsteadOfAnswered() {
    ApiException failure = failure((number, request, wire) -> wire.close());

    assertThat(failure)
        .hasMessage("GET /api/v0/tokens: the server closed the connection without an answer");
    assertPasses(failure);
  }

  @Test
  void aConnectionThatIsResetInsteadOfAnswered() {
    ApiException failure = failure((number, request, wire) -> wire.reset());

    assertThat(failure.problem()).matches("the connection failed: .*reset.*");
    assertPasses(failure);
  }

  @Test
  void aConnectionThatIsResetInTheMiddleIsNoAnswer() {
    ApiException failure =
        failure(
            (number, request, wire) -> {
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[");
              wire.reset();
            });

    // The reset may also overtake the part that was sent.
    assertThat(failure.problem()).matches("the connection failed: .*reset.*");
    assertPasses(failure);
  }

  @Test
  void anAnswerThatIsNotHttpIsNotTaken() {
    for (String answer :
        List.of(
            "SSH-2.0-OpenSSH_9.2\r\n",
            "[]",
            "HTTP/1.1 OK\r\n\r\n",
            "HTTP/9.9 200 OK\r\n\r\n[]",
            "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n[]",
            "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n[]",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n[]",
            "HTTP/1.1 200 OK\r\nbroken\r\n\r\n[]")) {
      ApiException failure =
          failure(
              (number, request, wire) -> {
                wire.send(answer);
                wire.close();
              });
      assertThat(failure).as(answer).isNotNull();
      assertThat(failure.status()).as(answer).isEmpty();
    }
  }

  @Test
  void aServerThatNeverAnswersTimesOut() {
    assertLate((number, request, wire) -> wire.stall());
  }

  @Test
  void aServerThatStopsInTheMiddleTimesOut() {
    assertLate(
        (number, request, wire) -> {
          wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[");
          wire.stall();
        });
  }

  @Test
  void anAnswerThatTricklesTimesOut() {
    assertLate(
        (number, request, wire) -> {
          wire.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n[");
          wire.trickle(" ", 20);
        });
  }

  @Test
  void headersThatTrickleTimeOut() {
    assertLate(
        (number, request, wire) -> {
          wire.send("HTTP/1.1 200 OK\r\nX: ");
          wire.trickle("x", 20);
        });
  }

  @Test
  void interimAnswersThatDoNotEndTimeOut() {
    assertLate((number, request, wire) -> wire.trickle("HTTP/1.1 100 Continue\r\n\r\n", 20));
  }

  @Test
  void aStatusIsReportedThoughItsExplanationDoesNotCome() {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  wire.send("HTTP/1.1 403 Forbidden\r\nContent-Length: 1000\r\n\r\n{");
                  wire.trickle(" ", 20);
                });
        ManagementApi api = Apis.api(server, options(AMPLE))) {
      assertThat(failure(api)).hasMessage("GET /api/v0/tokens: 403 Forbidden");
    }
  }

  @Test
  void aCallThatTimedOutIsMadeAgain() throws Exception {
    RetryPolicy twice = new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10));
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  if (number == 1) {
                    wire.stall();
                  } else {
                    wire.send(json(200, "[]"));
                  }
                });
        ManagementApi api =
            Apis.api(
                server, new ClientOptions(AMPLE, ClientOptions.DEFAULT_LONGEST_ANSWER, twice))) {
      assertThat(api.listTokens().tokens()).isEmpty();
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aTimeoutIsToldInSecondsWhereItIsWhole() {
    Request request = Request.get("/");
    ClusterAddress address = Apis.clustered(ClusterUrl.parse("http://localhost"));
    Failures failures =
        new Failures(address, new Masking(), ClientOptions.withTimeout(Duration.ofSeconds(60)));

    assertThat(failures.timedOut(request, new IOException()))
        .hasMessage("GET /: no complete answer within 60 s");
  }

  @Test
  void connectionsAreUsedAgain() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(json(200, "[]"));
        ManagementApi api = Apis.api(server)) {
      for (int i = 0; i < 5; i++) {
        assertThat(api.listTokens().tokens()).isEmpty();
      }
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void aConnectionThatTheServerClosedMeanwhileIsSurvived() throws Exception {
    RetryPolicy twice = new RetryPolicy(2, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(10));
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  wire.send(json(200, "[]"));
                  wire.close();
                });
        ManagementApi api = Apis.api(server, Apis.patient(twice))) {
      for (int i = 0; i < 20; i++) {
        assertThat(api.listTokens().tokens()).isEmpty();
      }
    }
  }

  @Test
  void severalThreadsMayCallAtOnce() throws Exception {
    int threads = ClientOptions.DEFAULT_PARALLELISM;
    CountDownLatch all = new CountDownLatch(threads);
    ExecutorService callers = Executors.newFixedThreadPool(threads);
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  all.countDown();
                  // None is answered before all have asked.
                  await(all);
                  wire.send(json(200, "[{\"name\":\"" + request.line() + "\"}]"));
                });
        ManagementApi api = Apis.api(server)) {
      List<Future<DatabaseListing>> answers = new ArrayList<>();
      for (int i = 0; i < threads; i++) {
        answers.add(callers.submit(api::listDatabases));
      }
      for (Future<DatabaseListing> answer : answers) {
        assertThat(answer.get().names()).containsExactly("GET /api/v0/databases HTTP/1.1");
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void closingEndsCallsUnderWay() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    try (ScriptedServer server =
        ScriptedServer.playing(
            (number, request, wire) -> {
              asked.countDown();
              wire.stall();
            })) {
      ManagementApi api = Apis.api(server, Apis.patient(RetryPolicy.standard()));
      CompletableFuture<ApiException> outcome = CompletableFuture.supplyAsync(() -> failure(api));
      await(asked);

      api.close();

      ApiException failure = outcome.get(15, TimeUnit.MINUTES);
      assertThat(failure).hasMessage("GET /api/v0/tokens: the client was closed");
      assertThat(failure.isTransient()).isFalse();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void closingIsPromptAndFinal() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(json(200, "[]"))) {
      ManagementApi api = Apis.api(server);
      api.listTokens();
      long start = System.nanoTime();
      api.close();
      api.close();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));

      assertThat(failure(api)).hasMessage("GET /api/v0/tokens: the client was closed");
      assertThat(server.requests()).hasSize(1);
    }
  }

  /** Makes connections that nobody accepts until the system's queue for them is full. */
  private static boolean fill(ServerSocket server, List<Socket> waiting) throws IOException {
    for (int i = 0; i < 20; i++) {
      Socket socket = new Socket();
      waiting.add(socket);
      try {
        socket.connect(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), server.getLocalPort()), 200);
      } catch (SocketTimeoutException e) {
        return true;
      }
    }
    return false;
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(15, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void assertLate(Script script) {
    try (ScriptedServer server = ScriptedServer.playing(script);
        ManagementApi api = Apis.api(server, options(SHORT))) {
      long start = System.nanoTime();
      ApiException failure = failure(api);

      assertThat(failure).hasMessage("GET /api/v0/tokens: " + LATE);
      assertThat(failure.hint()).hasValue("try again, or give it longer with --timeout");
      assertPasses(failure);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isBetween(SHORT.dividedBy(2), Duration.ofSeconds(20));
    }
  }

  private static void assertPasses(ApiException failure) {
    assertThat(failure.isTransient()).isTrue();
    assertThat(failure.status()).isEmpty();
  }

  private static ClientOptions options(Duration timeout) {
    return new ClientOptions(timeout, ClientOptions.DEFAULT_LONGEST_ANSWER, Apis.once());
  }

  private static ApiException failure(Script script) {
    try (ScriptedServer server = ScriptedServer.playing(script);
        ManagementApi api = Apis.api(server)) {
      return failure(api);
    }
  }

  private static ApiException failure(ClusterUrl url, Duration timeout) {
    try (ManagementApi api =
        new HttpManagementApi(
            Apis.clustered(url), Secret.of(Apis.MANAGEMENT_TOKEN), options(timeout))) {
      return failure(api);
    }
  }

  private static ApiException failure(ManagementApi api) {
    return catchThrowableOfType(ApiException.class, api::listTokens);
  }
}
