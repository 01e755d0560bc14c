package io.tokenform.access.database;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The forms of a retention. They are apart from it, since a run that only lists databases needs
 * none of this.
 */
final class RetentionText {
  private static final String INFINITE = "infinite";

  private static final Pattern FORM =
      Pattern.compile("(?:[0-9]{1,19}(?:\\.[0-9]{1,9})?(?:ns|us|ms|mo|[smhdwy]))+");
  private static final Pattern TERM = Pattern.compile("([0-9.]+)([a-z]+)");

  private static final int LONGEST = 256;

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  private RetentionText() {}

  /** A unit that is written, from the largest on. */
  private enum Unit {
    DAYS("d", "day", DAY),
    HOURS("h", "hour", HOUR),
    MINUTES("m", "minute", MINUTE),
    SECONDS("s", "second", SECOND),
    MILLISECONDS("ms", "millisecond", 1_000_000),
    MICROSECONDS("us", "microsecond", 1_000),
    NANOSECONDS("ns", "nanosecond", 1);

    private final String letters;
    private final String word;
    private final long nanoseconds;

    Unit(String letters, String word, long nanoseconds) {
      this.letters = letters;
      this.word = word;
      this.nanoseconds = nanoseconds;
    }

    /** The largest one of which it is a whole number. */
    static Unit largestOf(long nanoseconds) {
      for (Unit unit : values()) {
        if (nanoseconds % unit.nanoseconds == 0) {
          return unit;
        }
      }
      return NANOSECONDS;
    }
  }

  static Retention parse(String text) {
    if (text.equals(INFINITE)) {
      return Retention.INFINITE;
    }
    if (text.length() > LONGEST || !FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a retention such as 90d, 12h or " + INFINITE);
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher term = TERM.matcher(text);
    while (term.find()) {
      BigDecimal number = new BigDecimal(term.group(1));
      sum = sum.add(number.multiply(BigDecimal.valueOf(unit(term.group(2)))));
    }
    if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is longer than 292 years, the longest retention; write " + INFINITE);
    }
    try {
      return Retention.ofNanoseconds(sum.longValueExact());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a whole number of nanoseconds", e);
    }
  }

  private static long unit(String letters) {
    return switch (letters) {
      case "y" -> 365 * DAY;
      case "mo" -> 30 * DAY;
      case "w" -> 7 * DAY;
      case "d" -> DAY;
      case "h" -> HOUR;
      case "m" -> MINUTE;
      case "s" -> SECOND;
      case "ms" -> 1_000_000;
      case "us" -> 1_000;
      default -> 1;
    };
  }

  static String canonical(long nanoseconds) {
    if (nanoseconds == 0) {
      return INFINITE;
    }
    Unit unit = Unit.largestOf(nanoseconds);
    return nanoseconds / unit.nanoseconds + unit.letters;
  }

  static String forPeople(long nanoseconds) {
    if (nanoseconds == 0) {
      return INFINITE;
    }
    Unit unit = Unit.largestOf(nanoseconds);
    long number = nanoseconds / unit.nanoseconds;
    return number + " " + unit.word + (number == 1 ? "" : "s");
  }
}
