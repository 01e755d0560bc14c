package io.tokenform.report.text;

import java.time.Duration;

/** How long ago something was, for people. */
public final class Age {
  private Age() {}

  /** As in {@code 5 minutes}, {@code 3 hours} or {@code 12 days}; what is left over is cut off. */
  public static String of(Duration age) {
    if (age.toDays() > 1) {
      return Counts.number((int) Math.min(age.toDays(), Integer.MAX_VALUE)) + " days";
    }
    if (age.toHours() > 1) {
      return age.toHours() + " hours";
    }
    return age.toMinutes() > 0
        ? Counts.of((int) age.toMinutes(), "minute", "minutes")
        : "less than a minute";
  }
}
