package io.tokenform.cluster;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * When a call that failed is made again, and after which wait. The waits are random between nothing
 * and a bound that doubles each time ("full jitter"), so that workers which failed together do not
 * come back together.
 *
 * @param attempts how often a call is made in all while it fails, at least 1. An answer 429 is no
 *     failure of this kind: the server lives and wants fewer calls. It may say so until the
 *     deadline has passed without a single success of any call. With 1, nothing is made again.
 * @param base the bound of the first wait
 * @param cap no bound is higher
 * @param deadline how long one call may take with all its attempts and waits
 */
public record RetryPolicy(int attempts, Duration base, Duration cap, Duration deadline) {
  private static final int TOO_MANY_REQUESTS = 429;

  private static final RetryPolicy STANDARD =
      new RetryPolicy(6, Duration.ofMillis(200), Duration.ofSeconds(10), Duration.ofSeconds(300));

  public RetryPolicy {
    Objects.requireNonNull(base, "base");
    Objects.requireNonNull(cap, "cap");
    Objects.requireNonNull(deadline, "deadline");
    if (attempts < 1) {
      throw new IllegalArgumentException("there must be at least one attempt");
    }
    if (base.isNegative() || cap.isNegative() || deadline.isNegative()) {
      throw new IllegalArgumentException("a wait must not be negative");
    }
  }

  /** Six attempts, which take about three seconds while nothing answers; five minutes at most. */
  public static RetryPolicy standard() {
    return STANDARD;
  }

  public RetryPolicy withAttempts(int count) {
    return new RetryPolicy(count, base, cap, deadline);
  }

  /**
   * The wait before the next attempt, or nothing if there is none. What the server asks for is
   * waited for in full or not at all: asked earlier, it would refuse again. A call that the server
   * may have acted on is repeated only where that does no harm: never a POST, which could leave a
   * second token whose secret nobody has.
   *
   * @param failure how the last attempt failed
   * @param failures how many attempts have failed so far, answers 429 aside
   * @param refusals how many answers 429 there were so far
   * @param elapsed the time since the call began, or for an answer 429 since the first of them
   *     after the last success of any call
   * @param random where in its range the wait lies, from 0 up to but not including 1
   */
  Optional<Duration> waitAfter(
      ApiException failure, int failures, int refusals, Duration elapsed, double random) {
    boolean repeatable = failure.request().method().isIdempotent() || !failure.mayHaveHappened();
    boolean exhausted = attempts == 1 || failures >= attempts;
    if (!failure.isTransient() || !repeatable || exhausted) {
      return Optional.empty();
    }
    Duration wait =
        failure
            .retryAfter()
            .orElseGet(() -> backoff(asksForFewerCalls(failure) ? refusals : failures, random));
    return Optional.of(wait).filter(time -> elapsed.plus(time).compareTo(deadline) <= 0);
  }

  /** Whether the server asked all who call it to slow down. */
  static boolean asksForFewerCalls(ApiException failure) {
    return failure.status().orElse(0) == TOO_MANY_REQUESTS;
  }

  private Duration backoff(int times, double random) {
    Duration bound = shorter(base, cap);
    for (int i = 1; i < times && bound.compareTo(cap) < 0; i++) {
      bound = shorter(bound.multipliedBy(2), cap);
    }
    return Duration.ofNanos((long) (bound.toNanos() * random));
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }
}
