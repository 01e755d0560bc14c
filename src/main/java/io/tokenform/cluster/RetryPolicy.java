package io.tokenform.cluster;

import java.time.Duration;
import java.util.Objects;

/**
 * How often and how patiently a call is made again after a failure that may pass.
 *
 * @param attempts how many times in all, at least 1
 * @param firstDelay the wait before the second attempt; each further one waits twice as long
 * @param longestDelay no wait is longer, whatever the server asks for
 * @param sleeper how to wait
 */
public record RetryPolicy(
    int attempts, Duration firstDelay, Duration longestDelay, Sleeper sleeper) {
  /** Waits. */
  @FunctionalInterface
  public interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  /** A call that may be made again. */
  @FunctionalInterface
  interface Call<T> {
    T make() throws ApiException;
  }

  public RetryPolicy {
    Objects.requireNonNull(firstDelay, "firstDelay");
    Objects.requireNonNull(longestDelay, "longestDelay");
    Objects.requireNonNull(sleeper, "sleeper");
    if (attempts < 1) {
      throw new IllegalArgumentException("there is at least one attempt");
    }
    if (firstDelay.isNegative() || longestDelay.isNegative()) {
      throw new IllegalArgumentException("a wait is not shorter than nothing");
    }
  }

  /** Four attempts within about two seconds, or as the server asks, up to half a minute a wait. */
  public static RetryPolicy standard() {
    return new RetryPolicy(
        4, Duration.ofMillis(250), Duration.ofSeconds(30), time -> Thread.sleep(time.toMillis()));
  }

  /**
   * Makes a call until it succeeds, fails for good, or has failed {@link #attempts} times.
   *
   * @throws ApiException the last failure
   */
  <T> T run(Call<T> call) throws ApiException {
    Duration backoff = bounded(firstDelay);
    boolean mayHaveHappened = false;
    for (int attempt = 1; ; attempt++) {
      try {
        return call.make();
      } catch (ApiException e) {
        Duration delay = e.retryAfter().map(this::bounded).orElse(backoff);
        mayHaveHappened |= e.mayHaveHappened();
        if (!e.isTransient() || attempt >= attempts || !waited(delay)) {
          throw mayHaveHappened ? e.afterLostAttempt() : e;
        }
        backoff = bounded(backoff.multipliedBy(2));
      }
    }
  }

  private Duration bounded(Duration delay) {
    return delay.compareTo(longestDelay) > 0 ? longestDelay : delay;
  }

  /** Waits; false when interrupted, which stays noted on the thread. */
  private boolean waited(Duration delay) {
    try {
      sleeper.sleep(delay);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
