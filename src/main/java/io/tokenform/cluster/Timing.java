package io.tokenform.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/** Time and chance as retries meet them, so that a test can bring its own. */
public interface Timing {
  /** The real ones. */
  Timing REAL =
      new Timing() {
        @Override
        public long nanoTime() {
          return System.nanoTime();
        }

        @Override
        public Instant now() {
          return Instant.now();
        }

        @Override
        public void pause(Duration time, CountDownLatch end) throws InterruptedException {
          boolean unused = end.await(time.toNanos(), TimeUnit.NANOSECONDS);
        }

        @Override
        public double random() {
          return ThreadLocalRandom.current().nextDouble();
        }
      };

  /** A time in nanoseconds that only grows. */
  long nanoTime();

  /** What time it is, to be held against a time that a server names. */
  Instant now();

  /** Waits for that long, or until {@code end} opens. */
  void pause(Duration time, CountDownLatch end) throws InterruptedException;

  /** A number from 0 up to but not including 1. */
  double random();
}
