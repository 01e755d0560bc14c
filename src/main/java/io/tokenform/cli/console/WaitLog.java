package io.tokenform.cli.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.cluster.Attempt;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.report.text.Printable;
import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Says on standard error that the run waits for the cluster, why and how long, where that takes
 * more than a few seconds. Calls that wait at the same time are told once, by the one that is the
 * first.
 */
public final class WaitLog implements AttemptListener {
  /** A shorter silence makes nobody wonder. */
  private static final long LONGEST_SILENCE = Duration.ofSeconds(3).toNanos();

  private final Console console;
  private final LongSupplier nanoTime;

  @GuardedBy("this")
  private long toldUntil;

  /**
   * @param nanoTime a time in nanoseconds that only grows
   */
  public WaitLog(Console console, LongSupplier nanoTime) {
    this.console = console;
    this.nanoTime = nanoTime;
    this.toldUntil = nanoTime.getAsLong();
  }

  @Override
  public void attempted(Attempt attempt) {
    if (attempt.retryIn().isPresent() && isNews(attempt.took(), attempt.retryIn().get())) {
      console.noteNow(text(attempt, attempt.retryIn().get()));
    }
  }

  private synchronized boolean isNews(Duration took, Duration wait) {
    long now = nanoTime.getAsLong();
    long silentSince = Math.max(toldUntil, now - took.toNanos());
    long until = now + wait.toNanos();
    if (until - silentSince < LONGEST_SILENCE) {
      return false;
    }
    toldUntil = until;
    return true;
  }

  /** The problem comes last: it may be the server's words. */
  private static String text(Attempt attempt, Duration wait) {
    String again = attempt.request() + " is sent again (attempt " + (attempt.number() + 1) + ")";
    long seconds = (wait.toMillis() + 999) / 1000;
    return (wait.toMillis() < 1000 ? again : "waiting " + seconds + " s before " + again)
        + attempt.problem().map(text -> ": " + Printable.line(text)).orElse("");
  }
}
