package io.tokenform.access;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people write them: a whole number and one unit, as in {@code 90d}. */
public final class Durations {
  /** A little less than 28 years. */
  public static final Duration LONGEST = Duration.ofDays(9_999);

  private static final Pattern FORM = Pattern.compile("([0-9]{1,10})([smhd])");

  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private Durations() {}

  /**
   * Reads a duration: seconds {@code s}, minutes {@code m}, hours {@code h}, or days {@code d} of
   * 24 hours.
   *
   * @throws IllegalArgumentException if the text is none, or longer than {@link #LONGEST}
   */
  public static Duration parse(String text) {
    Matcher matcher = FORM.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a duration such as 90d, 48h, 15m or 30s");
    }
    long number = Long.parseLong(matcher.group(1));
    Duration duration = Duration.ofSeconds(number * unit(matcher.group(2).charAt(0)));
    if (duration.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is longer than " + text(LONGEST) + ", the longest duration");
    }
    return duration;
  }

  private static long unit(char letter) {
    return switch (letter) {
      case 'd' -> DAY;
      case 'h' -> HOUR;
      case 'm' -> MINUTE;
      default -> 1;
    };
  }

  /** The duration in the largest unit that gives a whole number; parts of a second are left out. */
  public static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds % DAY == 0 && seconds != 0) {
      return seconds / DAY + "d";
    }
    if (seconds % HOUR == 0 && seconds != 0) {
      return seconds / HOUR + "h";
    }
    return seconds % MINUTE == 0 && seconds != 0 ? seconds / MINUTE + "m" : seconds + "s";
  }
}
