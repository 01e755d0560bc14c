package io.tokenform.sandbox.fault;

import java.time.Duration;
import java.util.Random;

/** How long requests are held up. */
sealed interface Delay {
  Duration draw(Random lots);

  /** Whether it is not always the same. */
  boolean varies();

  record Fixed(Duration length) implements Delay {
    @Override
    public Duration draw(Random lots) {
      return length;
    }

    @Override
    public boolean varies() {
      return false;
    }
  }

  /** Any length in between, each as likely. */
  record Uniform(Duration shortest, Duration longest) implements Delay {
    @Override
    public Duration draw(Random lots) {
      double part = lots.nextDouble();
      return shortest.plus(times(longest.minus(shortest), part));
    }

    @Override
    public boolean varies() {
      return true;
    }
  }

  /** Mostly short, now and then long: {@value #CAP} times the mean at most. */
  record Exponential(Duration mean) implements Delay {
    private static final int CAP = 20;

    @Override
    public Duration draw(Random lots) {
      // 1 - x lies in (0, 1], whose logarithm exists.
      return times(mean, Math.min(CAP, -Math.log(1 - lots.nextDouble())));
    }

    @Override
    public boolean varies() {
      return true;
    }
  }

  private static Duration times(Duration duration, double factor) {
    return Duration.ofNanos(Math.round(duration.toNanos() * factor));
  }
}
