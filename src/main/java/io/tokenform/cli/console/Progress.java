package io.tokenform.cli.console;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Tells a person who waits how far some work is, to the end of the work: on a terminal in one line
 * that changes, in a log in a line every few seconds.
 */
public final class Progress implements AutoCloseable {
  private static final Duration ON_A_TERMINAL = Duration.ofMillis(200);
  private static final Duration IN_A_LOG = Duration.ofSeconds(5);

  private final Console console;
  private final long start = System.nanoTime();
  private final ScheduledThreadPoolExecutor ticks =
      new ScheduledThreadPoolExecutor(1, Progress::thread);

  /**
   * Begins to tell.
   *
   * @param line how far the work is, by how long it has taken; asked on a thread of its own
   */
  public Progress(Console console, Function<Duration, String> line) {
    this.console = console;
    Duration pace = console.canShowProgress() ? ON_A_TERMINAL : IN_A_LOG;
    Future<?> unused =
        ticks.scheduleAtFixedRate(
            () -> console.progress(line.apply(Duration.ofNanos(System.nanoTime() - start))),
            pace.toMillis(),
            pace.toMillis(),
            TimeUnit.MILLISECONDS);
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
