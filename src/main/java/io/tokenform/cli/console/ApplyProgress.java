package io.tokenform.cli.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.Result;
import io.tokenform.report.ProgressText;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Tells a person who waits how far an apply is: on a terminal in one line that changes, in a log in
 * a line every few seconds.
 */
public final class ApplyProgress implements Consumer<Outcome>, AutoCloseable {
  private static final Duration ON_A_TERMINAL = Duration.ofMillis(200);
  private static final Duration IN_A_LOG = Duration.ofSeconds(5);

  private final Console console;
  private final int total;
  private final long start = System.nanoTime();
  private final ScheduledThreadPoolExecutor ticks =
      new ScheduledThreadPoolExecutor(1, ApplyProgress::thread);

  @GuardedBy("this")
  private final Map<Result, Integer> counts = new EnumMap<>(Result.class);

  public ApplyProgress(Console console, int total) {
    this.console = console;
    this.total = total;
    Duration pace = console.canShowProgress() ? ON_A_TERMINAL : IN_A_LOG;
    Future<?> unused =
        ticks.scheduleAtFixedRate(
            this::tell, pace.toMillis(), pace.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void accept(Outcome outcome) {
    counts.merge(outcome.result(), 1, Integer::sum);
  }

  private void tell() {
    String line;
    synchronized (this) {
      Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
      line = ProgressText.render(total, counts, elapsed);
    }
    console.progress(line);
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    try {
      // A line that came later would stand in what is printed next.
      boolean unused = ticks.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    console.endProgress();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "progress");
    thread.setDaemon(true);
    return thread;
  }
}
