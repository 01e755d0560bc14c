package io.tokenform.apply.journal;

import java.time.Duration;
import java.util.Objects;

/**
 * How an apply waits for another one that keeps its journal in the same folder.
 *
 * @param limit how long at most; zero does not wait at all
 * @param pause how long until the lock is tried again, at least a millisecond
 * @param silence how long it waits before it says so
 * @param listener told once, when the silence is over and the lock is still taken
 */
public record LockWait(Duration limit, Duration pause, Duration silence, Runnable listener) {
  /** Refuses at once. */
  public static final LockWait NONE =
      new LockWait(Duration.ZERO, Duration.ofMillis(100), Duration.ZERO, () -> {});

  public LockWait {
    Objects.requireNonNull(silence, "silence");
    Objects.requireNonNull(listener, "listener");
    if (limit.isNegative()) {
      throw new IllegalArgumentException("limit must not be negative");
    }
    if (pause.toMillis() < 1) {
      throw new IllegalArgumentException("pause must be at least a millisecond");
    }
  }
}
