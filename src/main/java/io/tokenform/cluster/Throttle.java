package io.tokenform.cluster;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Bounds how many calls of one client are in flight. When a server asks for fewer calls, all of
 * them pause and half as many go on afterwards; each time that as many calls have succeeded as may
 * be in flight, one more may be, up to where it began (additive increase, multiplicative decrease,
 * as TCP does it).
 */
final class Throttle {
  private final int most;
  private final Timing timing;
  private final CountDownLatch end;

  @GuardedBy("this")
  private int limit;

  @GuardedBy("this")
  private int inFlight;

  @GuardedBy("this")
  private int successes;

  @GuardedBy("this")
  private long slowdowns;

  @GuardedBy("this")
  private long pausedUntil;

  @GuardedBy("this")
  private boolean paused;

  @GuardedBy("this")
  private long droughtSince;

  @GuardedBy("this")
  private boolean drought;

  /**
   * @param most how many calls may be in flight at first, at least 1
   * @param end ends all pauses when it opens
   */
  Throttle(int most, Timing timing, CountDownLatch end) {
    this.most = most;
    this.timing = timing;
    this.end = end;
    this.limit = most;
  }

  /**
   * Waits until a call may be made; {@link #leave} has to follow.
   *
   * @return how often the server had asked for fewer calls by then
   */
  long enter() throws InterruptedException {
    while (true) {
      Duration pause;
      synchronized (this) {
        pause = pauseLeft();
        if (pause.isZero()) {
          if (inFlight < limit) {
            inFlight++;
            return slowdowns;
          }
          wait();
          continue;
        }
      }
      timing.pause(pause, end);
    }
  }

  synchronized void leave() {
    inFlight--;
    notifyAll();
  }

  synchronized void succeeded() {
    successes++;
    drought = false;
    if (successes >= limit && limit < most) {
      limit++;
      successes = 0;
      notifyAll();
    }
  }

  /**
   * Pauses all calls for that long at least, and halves how many may be in flight, unless that was
   * done since the call was made: calls that were in flight together are told one thing together.
   *
   * @param seen what {@link #enter} answered before the call
   */
  synchronized void slowDown(long seen, Duration pause) {
    if (seen == slowdowns) {
      slowdowns++;
      limit = Math.max(1, limit / 2);
      successes = 0;
    }
    long until = timing.nanoTime() + pause.toNanos();
    if (!paused || until - pausedUntil > 0) {
      paused = true;
      pausedUntil = until;
    }
  }

  /**
   * How long the server has asked for fewer calls without one that succeeded in between; this
   * begins to count when it is first asked for.
   */
  synchronized Duration drought() {
    if (!drought) {
      drought = true;
      droughtSince = timing.nanoTime();
    }
    return Duration.ofNanos(timing.nanoTime() - droughtSince);
  }

  /** How many calls may be in flight now. */
  synchronized int limit() {
    return limit;
  }

  @GuardedBy("this")
  private Duration pauseLeft() {
    if (paused) {
      long left = pausedUntil - timing.nanoTime();
      if (left > 0 && end.getCount() > 0) {
        return Duration.ofNanos(left);
      }
      paused = false;
    }
    return Duration.ZERO;
  }
}
