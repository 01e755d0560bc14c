package io.tokenform.apply;

import io.tokenform.apply.journal.LockWait;
import java.time.Clock;
import java.util.Objects;
import java.util.Optional;

/**
 * How a plan is carried out.
 *
 * @param parallelism how many changes of a wave are made at a time, at least 1
 * @param recheck whether each token is read just before its change, which is not sent if the token
 *     has drifted
 * @param lockWait how another apply is waited for
 * @param clock the time from which labels and expiries are counted
 * @param deliveries what the makers of tokens need; absent for plans that make none
 */
public record ApplyOptions(
    int parallelism,
    boolean recheck,
    LockWait lockWait,
    Clock clock,
    Optional<Deliveries> deliveries) {
  public ApplyOptions {
    if (parallelism < 1) {
      throw new IllegalArgumentException("there must be at least one change at a time");
    }
    Objects.requireNonNull(lockWait, "lockWait");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(deliveries, "deliveries");
  }

  /** Options for plans that make no tokens. */
  public ApplyOptions(int parallelism, boolean recheck, LockWait lockWait) {
    this(parallelism, recheck, lockWait, Clock.systemUTC(), Optional.empty());
  }

  /** Options that wait for no other apply. */
  public ApplyOptions(int parallelism, boolean recheck) {
    this(parallelism, recheck, LockWait.NONE);
  }
}
