package io.tokenform.sandbox;

import static io.tokenform.sandbox.SandboxClient.CLUSTERED;
import static io.tokenform.sandbox.SandboxClient.GRAFANA;
import static io.tokenform.sandbox.SandboxClient.SEED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class SandboxServerTest {
  private static final Instant NOW = Instant.parse("2026-01-31T12:00:00.000001Z");

  private static final int MOST_TRIES = 20;

  @Test
  void eachSandboxTakesAFreePortOfLoopback() {
    try (Sandbox one = start();
        Sandbox other = start()) {
      assertThat(one.url().getHost()).isEqualTo("127.0.0.1");
      assertThat(one.url().getPort()).isPositive().isNotEqualTo(other.url().getPort());
      assertThat(one.url().getPath()).isEmpty();
    }
  }

  @Test
  void itListensWhereItIsTold() {
    for (int tries = 1; ; tries++) {
      int port;
      try (Sandbox sandbox = start()) {
        port = sandbox.url().getPort();
      }
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      try (Sandbox sandbox = Sandbox.start(SandboxOptions.builder().listen(address).build())) {
        assertThat(sandbox.url()).hasToString("http://127.0.0.1:" + port);
        return;
      } catch (SandboxException e) {
        // Somebody else on this machine may have been given the port meanwhile.
        assertThat(tries).as(e.getMessage()).isLessThan(MOST_TRIES);
      }
    }
  }

  @Test
  void aPortInUseIsNamed() {
    try (Sandbox sandbox = start()) {
      int port = sandbox.url().getPort();
      SandboxOptions options =
          SandboxOptions.builder()
              .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
              .build();

      assertThatExceptionOfType(SandboxException.class)
          .isThrownBy(() -> Sandbox.start(options))
          .withMessageStartingWith(
              "cannot listen on 127.0.0.1:" + port + ": Address already in use");
    }
  }

  @Test
  void anAddressBeyondLoopbackIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SandboxOptions.builder().listen(new InetSocketAddress("0.0.0.0", 0)))
        .withMessage("the sandbox listens on loopback only, not on 0.0.0.0");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                SandboxOptions.builder()
                    .listen(InetSocketAddress.createUnresolved("localhost", 0)));
  }

  @Test
  void anyHostNameIsServed() throws Exception {
    try (Sandbox sandbox = start()) {
      assertThat(
              exchange(
                  sandbox,
                  """
                  GET /api/v0/databases HTTP/1.1
                  Host: console.influxdata.com
                  Authorization: Bearer sandbox-management-token
                  Connection: close

                  """))
          .startsWith("HTTP/1.1 200 OK");
    }
  }

  @Test
  void aRequestThatIsNotHttpGetsAnErrorInJson() throws Exception {
    try (Sandbox sandbox = start()) {
      assertThat(exchange(sandbox, "GET /api/v0/tokens HTTP/1.1\nAccept: */*\n\n"))
          .startsWith("HTTP/1.1 400 ")
          .containsIgnoringCase("Content-Type: application/json")
          .endsWith("\r\n\r\n{\"code\":400,\"message\":\"the request is not valid HTTP/1.1\"}");
    }
  }

  @Test
  void idleConnectionsDoNotHoldTheShutdownUp() throws Exception {
    Sandbox sandbox = start();
    SandboxClient client = new SandboxClient(sandbox);
    client.get(CLUSTERED + "/tokens");
    try (Socket silent = connect(sandbox)) {
      client.get(CLUSTERED + "/tokens");
      long start = System.nanoTime();
      sandbox.close();
      // It takes a few milliseconds, a busy machine may take longer; after five seconds it would
      // have given up.
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      assertThat(silent.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void closingTwiceIsHarmless() {
    Sandbox sandbox = start();
    sandbox.close();
    sandbox.close();
  }

  @Test
  void theListenerHasHeardOfARequestThatIsAnswered() {
    List<RecordedRequest> heard = new CopyOnWriteArrayList<>();
    try (Sandbox sandbox = start(heard::add)) {
      SandboxClient client = new SandboxClient(sandbox);
      client.patch(CLUSTERED + "/tokens/" + GRAFANA, "{\"description\": \"ä\"}");

      assertThat(heard).hasSize(1);
      assertThat(heard.get(0).time()).isEqualTo(NOW);
      assertThat(heard.get(0).method()).isEqualTo("PATCH");
      assertThat(heard.get(0).path()).isEqualTo(CLUSTERED + "/tokens/" + GRAFANA);
      assertThat(heard.get(0).body()).isEqualTo("{\"description\": \"ä\"}");
      assertThat(heard.get(0).status()).isEqualTo(200);

      client.get("/elsewhere?really");
      assertThat(heard.get(1).path()).isEqualTo("/elsewhere?really");
      assertThat(heard.get(1).status()).isEqualTo(404);
      assertThat(heard.get(1).body()).isEmpty();
    }
  }

  @Test
  void theLogHasOneHarmlessLineForEachRequest() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    try (Sandbox sandbox = start(new RequestLog(lines::add))) {
      SandboxClient client = new SandboxClient(sandbox);
      client.post(CLUSTERED + "/tokens", "{\"description\": \"a\"}");
      exchange(sandbox, "GET /\u001b[2J\u007f HTTP/1.1\nHost: a\nConnection: close\n\n");
    }
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches("2026-01-31T12:00:00.000Z POST /api/v0/tokens 200 \\d+ ms, 1 in flight");
    assertThat(lines.get(1))
        .matches("2026-01-31T12:00:00.000Z GET /\\\\u001b\\[2J\\\\u007f 404 \\d+ ms, 1 in flight");
  }

  @Test
  void theManagementTokenDoesNotPrintItself() {
    try (Sandbox sandbox = start()) {
      assertThat(sandbox.managementToken()).hasToString("[secret]");
      assertThat(sandbox.managementToken().reveal()).isEqualTo("sandbox-management-token");
    }
  }

  @Test
  void anUnknownTokenIsNoToken() {
    try (Sandbox sandbox = start()) {
      assertThatExceptionOfType(NoSuchElementException.class)
          .isThrownBy(() -> sandbox.token(SandboxClient.id(SandboxClient.UNKNOWN)))
          .withMessage("the sandbox has no token " + SandboxClient.UNKNOWN);
    }
  }

  private static Sandbox start(RequestListener... listeners) {
    SandboxOptions.Builder options =
        SandboxOptions.builder().seedJson(SEED).clock(Clock.fixed(NOW, ZoneOffset.UTC));
    for (RequestListener listener : listeners) {
      options.listener(listener);
    }
    return Sandbox.start(options.build());
  }

  private static Socket connect(Sandbox sandbox) throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), sandbox.url().getPort());
  }

  /**
   * Sends these bytes as they are, but for the ends of lines, and reads until the server closes.
   */
  private static String exchange(Sandbox sandbox, String request) throws IOException {
    try (Socket socket = connect(sandbox)) {
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.ISO_8859_1));
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }
}
