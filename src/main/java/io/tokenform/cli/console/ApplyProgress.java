package io.tokenform.cli.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.Result;
import io.tokenform.report.ProgressText;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;

/** Tells a person who waits how far an apply is. */
public final class ApplyProgress implements Consumer<Outcome>, AutoCloseable {
  private final int total;
  private final Progress progress;

  @GuardedBy("this")
  private final Map<Result, Integer> counts = new EnumMap<>(Result.class);

  /**
   * @param total how many changes there are
   */
  public ApplyProgress(Console console, int total) {
    this.total = total;
    this.progress = new Progress(console, this::line);
  }

  @Override
  public synchronized void accept(Outcome outcome) {
    counts.merge(outcome.result(), 1, Integer::sum);
  }

  private synchronized String line(Duration elapsed) {
    return ProgressText.render(total, counts, elapsed);
  }

  @Override
  public void close() {
    progress.close();
  }
}
