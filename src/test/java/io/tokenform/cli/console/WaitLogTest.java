package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.cluster.Attempt;
import io.tokenform.cluster.Endpoints;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** Which waits are said, and that each is said once. */
class WaitLogTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private long now;
  private final WaitLog log =
      new WaitLog(
          new Console(
              new World(
                  InputStream.nullInputStream(),
                  OutputStream.nullOutputStream(),
                  err,
                  Terminals.none(),
                  Map.of(),
                  Path.of("."),
                  Clock.systemUTC(),
                  Interrupts.NONE)),
          () -> now);

  @Test
  void aLongWaitIsSaidWithItsReason() {
    attempt(2, "429 slow \u001b[31mdown", "PT0.1S", "PT30S");

    assertThat(said())
        .isEqualTo(
            "note: waiting 30 s before GET /api/v0/tokens is sent again (attempt 3):"
                + " 429 slow \\u001b[31mdown\n");
  }

  @Test
  void aShortWaitIsNotSaid() {
    attempt(1, "503 busy", "PT0.1S", "PT2.8S");
    assertThat(said()).isEmpty();
  }

  @Test
  void aCallThatTookLongIsSaidThoughItsWaitIsShort() {
    now += Duration.ofSeconds(60).toNanos();
    attempt(1, "no complete answer within 60 s", "PT60S", "PT0.2S");

    assertThat(said())
        .isEqualTo(
            "note: GET /api/v0/tokens is sent again (attempt 2): no complete answer within 60 s\n");
  }

  @Test
  void theLastFailureIsNotItsBusiness() {
    log.attempted(attempt(6, "503 busy", "PT60S", Optional.empty()));
    assertThat(said()).isEmpty();
  }

  @Test
  void callsThatWaitTogetherAreToldOnce() {
    for (int i = 0; i < 10; i++) {
      attempt(1, "429 slow down", "PT0.1S", "PT30S");
      now += Duration.ofMillis(100).toNanos();
    }
    assertThat(said().lines()).hasSize(1);

    now += Duration.ofSeconds(30).toNanos();
    attempt(2, "429 slow down", "PT0.1S", "PT30S");
    assertThat(said().lines()).hasSize(2);
  }

  private void attempt(int number, String problem, String took, String wait) {
    log.attempted(attempt(number, problem, took, Optional.of(Duration.parse(wait))));
  }

  private static Attempt attempt(int number, String problem, String took, Optional<Duration> wait) {
    ClusterAddress cluster =
        new ClusterAddress(
            Product.CLUSTERED,
            ClusterUrl.parse("https://localhost"),
            Optional.empty(),
            Optional.empty());
    return new Attempt(
        Endpoints.of(cluster).listTokens(),
        number,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.of(problem),
        Duration.parse(took),
        wait,
        Optional.empty());
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
