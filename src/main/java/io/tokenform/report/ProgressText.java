package io.tokenform.report;

import io.tokenform.apply.journal.Result;
import io.tokenform.report.text.Counts;
import java.time.Duration;
import java.util.Map;

/** How far an apply is, in one line for a person who waits. */
public final class ProgressText {
  /** Before this time a rate says nothing. */
  private static final Duration SHORTEST = Duration.ofMillis(500);

  private ProgressText() {}

  /**
   * The line, without a line break, as in {@code 120 of 500 applied, 2 failed, 48/s, about 8 s
   * left}.
   *
   * @param total how many changes there are
   * @param counts how many outcomes of each kind there are so far
   * @param elapsed the time since the first was sent
   */
  public static String render(int total, Map<Result, Integer> counts, Duration elapsed) {
    int applied = counts.getOrDefault(Result.APPLIED, 0);
    StringBuilder line = new StringBuilder();
    line.append(Counts.number(applied)).append(" of ").append(Counts.number(total));
    line.append(" applied");
    int done = 0;
    for (Result result : Result.values()) {
      int count = counts.getOrDefault(result, 0);
      done += count;
      if (result != Result.APPLIED && count > 0) {
        line.append(", ").append(Counts.number(count)).append(' ').append(result);
      }
    }
    if (done > 0 && done < total && elapsed.compareTo(SHORTEST) >= 0) {
      double perSecond = done * 1000.0 / elapsed.toMillis();
      line.append(", ").append(rate(perSecond)).append("/s, about ");
      line.append(time((long) Math.ceil((total - done) / perSecond))).append(" left");
    }
    return line.toString();
  }

  private static String rate(double perSecond) {
    return perSecond >= 10
        ? Counts.number((int) Math.round(perSecond))
        : Math.round(perSecond * 10) / 10.0 + "";
  }

  private static String time(long seconds) {
    if (seconds < 90) {
      return seconds + " s";
    }
    long minutes = (seconds + 30) / 60;
    return minutes < 90 ? minutes + " min" : (minutes + 30) / 60 + " h";
  }
}
