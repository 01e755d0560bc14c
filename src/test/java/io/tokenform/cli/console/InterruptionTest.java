package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.cli.Waiting;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(900)
class InterruptionTest {
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CountDownLatch readable = new CountDownLatch(1);

  /** Its error output takes nothing until it is readable, as a pipe that is full. */
  private final Console console =
      new Console(
          new World(
              InputStream.nullInputStream(),
              new ByteArrayOutputStream(),
              new ByteArrayOutputStream() {
                @Override
                public synchronized void write(byte[] bytes, int offset, int length) {
                  try {
                    readable.await();
                  } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                  }
                  err.write(bytes, offset, length);
                }
              },
              Terminals.none(),
              Map.of(),
              Path.of(""),
              Clock.systemUTC(),
              Interrupts.NONE));

  private final Interruption interruption = new Interruption(console);

  @Test
  void whatAnInterruptSaysIsSaidBeforeTheEnd() throws Exception {
    Thread signal = start(interruption::first);
    assertThat(Waiting.reached(signal)).isTrue();

    Thread apply = start(interruption::ended);

    assertThat(Waiting.reached(apply)).isTrue();
    readable.countDown();
    apply.join();
    assertThat(said()).startsWith("note: interrupted: waiting up to 20 s");
  }

  @Test
  void afterTheEndThereIsNothingToInterrupt() {
    readable.countDown();
    interruption.ended();

    interruption.first();
    interruption.told();
    interruption.second();

    assertThat(said()).isEmpty();
  }

  @Test
  void theSecondTimeEndsWhatIsInFlight() {
    readable.countDown();
    interruption.first();

    interruption.second();

    assertThat(said()).contains("note: interrupted", "error: stopped at once");
  }

  @Test
  void nothingIsWaitedForWhereNobodyAsked() {
    interruption.ended();

    assertThat(said()).isEmpty();
  }

  private static Thread start(Runnable work) {
    Thread thread = new Thread(work, "work");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private String said() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
