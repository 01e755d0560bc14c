package io.tokenform.sink;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The time that passes between the attempts of a delivery, so that a test needs none. */
interface Timer {
  /** The time of this machine. */
  Timer SYSTEM = new SystemTimer();

  /** A reading of a clock that only runs forward, in nanoseconds. */
  long nanos();

  /** Waits. */
  void pause(Duration duration) throws InterruptedException;

  /** The real one. */
  final class SystemTimer implements Timer {
    private SystemTimer() {}

    @Override
    public long nanos() {
      return System.nanoTime();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
      TimeUnit.NANOSECONDS.sleep(duration.toNanos());
    }
  }
}
