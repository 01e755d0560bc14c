package io.tokenform.apply;

import java.util.Objects;

/**
 * How a plan is carried out.
 *
 * @param parallelism how many changes of a wave are made at a time, at least 1
 * @param recheck whether each token is read just before its change, which is not sent if the token
 *     has drifted
 * @param lockWait how another apply is waited for
 */
public record ApplyOptions(int parallelism, boolean recheck, LockWait lockWait) {
  public ApplyOptions {
    if (parallelism < 1) {
      throw new IllegalArgumentException("there must be at least one change at a time");
    }
    Objects.requireNonNull(lockWait, "lockWait");
  }

  /** Options that wait for no other apply. */
  public ApplyOptions(int parallelism, boolean recheck) {
    this(parallelism, recheck, LockWait.NONE);
  }
}
