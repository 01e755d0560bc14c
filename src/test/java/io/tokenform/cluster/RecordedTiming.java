package io.tokenform.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** Time that passes only by waiting, which takes none; chance that always takes all. */
final class RecordedTiming implements Timing {
  /** Chance that leaves a wait as long as it may be. */
  static final double ALL = 1;

  private final List<Duration> waits;
  private final Supplier<Instant> clock;
  private long now;
  private boolean interrupts;

  /**
   * @param waits collects the waits, also those in which all calls pause
   */
  RecordedTiming(List<Duration> waits) {
    this(waits, Instant::now);
  }

  /** The same, on a day of the test's choice. */
  RecordedTiming(List<Duration> waits, Supplier<Instant> clock) {
    this.waits = waits;
    this.clock = clock;
  }

  @Override
  public synchronized long nanoTime() {
    return now;
  }

  @Override
  public Instant now() {
    return clock.get();
  }

  @Override
  public synchronized void pause(Duration time, CountDownLatch end) throws InterruptedException {
    if (interrupts) {
      throw new InterruptedException();
    }
    waits.add(time);
    now += time.toNanos();
  }

  /** From now on a pause is interrupted at its beginning. */
  synchronized void interruptNextPause() {
    interrupts = true;
  }

  @Override
  public double random() {
    return ALL;
  }
}
