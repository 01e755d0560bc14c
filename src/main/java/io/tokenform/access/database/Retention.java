package io.tokenform.access.database;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a database keeps its data: a duration, or for ever. The natural order is by length, with
 * {@link #INFINITE} as the longest.
 */
public final class Retention implements Comparable<Retention> {
  /** Nothing is ever deleted because of its age. */
  public static final Retention INFINITE = new Retention(0);

  private static final String WORD = "infinite";

  private static final Pattern FORM =
      Pattern.compile("(?:[0-9]{1,19}(?:\\.[0-9]{1,9})?(?:ns|us|ms|mo|[smhdwy]))+");
  private static final Pattern TERM = Pattern.compile("([0-9.]+)([a-z]+)");

  private static final long SECOND = 1_000_000_000L;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;

  /** The units that are written, from the largest on. */
  private static final Unit[] UNITS = {
    new Unit("d", "day", DAY),
    new Unit("h", "hour", HOUR),
    new Unit("m", "minute", MINUTE),
    new Unit("s", "second", SECOND),
    new Unit("ms", "millisecond", 1_000_000),
    new Unit("us", "microsecond", 1_000),
    new Unit("ns", "nanosecond", 1),
  };

  private record Unit(String letters, String word, long nanoseconds) {}

  private final long nanoseconds;

  private Retention(long nanoseconds) {
    this.nanoseconds = nanoseconds;
  }

  /**
   * The retention that the API calls by this number of nanoseconds (Management API,
   * ClusterDatabaseRetentionPeriod: 0 is infinite).
   *
   * @throws IllegalArgumentException if it is negative
   */
  public static Retention ofNanoseconds(long nanoseconds) {
    if (nanoseconds < 0) {
      throw new IllegalArgumentException("a retention must not be negative");
    }
    return nanoseconds == 0 ? INFINITE : new Retention(nanoseconds);
  }

  /**
   * A retention of this length.
   *
   * @throws IllegalArgumentException if it is not longer than nothing, or longer than 292 years
   */
  public static Retention of(Duration duration) {
    if (duration.isNegative() || duration.isZero()) {
      throw new IllegalArgumentException("a retention must be longer than nothing");
    }
    try {
      return new Retention(duration.toNanos());
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("a retention must not be longer than 292 years", e);
    }
  }

  /**
   * Reads a retention: {@code infinite}, or what influxctl takes, which is one or several numbers,
   * each with a unit, that add up, as in {@code 90d}, {@code 2.5d} or {@code 1y6mo}. Units are
   * {@code m}, {@code h}, {@code d}, {@code w}, {@code mo} (30 days) and {@code y} (365 days), and
   * besides {@code s}, {@code ms}, {@code us} and {@code ns}. Nothing, such as {@code 0d}, is
   * infinite, as influxctl has it.
   *
   * @throws IllegalArgumentException if the text is none
   */
  public static Retention parse(String text) {
    if (text.equals(WORD)) {
      return INFINITE;
    }
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a retention such as 90d, 12h or " + WORD);
    }
    BigDecimal sum = BigDecimal.ZERO;
    Matcher term = TERM.matcher(text);
    while (term.find()) {
      sum = sum.add(new BigDecimal(term.group(1)).multiply(BigDecimal.valueOf(unit(term.group(2)))));
    }
    if (sum.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is longer than 292 years, the longest retention; write " + WORD);
    }
    try {
      return ofNanoseconds(sum.longValueExact());
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

  public boolean isInfinite() {
    return nanoseconds == 0;
  }

  /** What the API calls it: 0 for infinite. */
  public long nanoseconds() {
    return nanoseconds;
  }

  /** How long it is; absent for infinite. */
  public Optional<Duration> duration() {
    return isInfinite() ? Optional.empty() : Optional.of(Duration.ofNanos(nanoseconds));
  }

  /**
   * Whether data may go that the other one keeps. Every duration is shorter than {@link #INFINITE}.
   */
  public boolean isShorterThan(Retention other) {
    return compareTo(other) < 0;
  }

  @Override
  public int compareTo(Retention other) {
    // With one taken away, 0 becomes the largest of the numbers without a sign.
    return Long.compareUnsigned(nanoseconds - 1, other.nanoseconds - 1);
  }

  /** For people: {@code 90 days}, {@code 1 hour}, {@code infinite}. */
  public String forPeople() {
    if (isInfinite()) {
      return WORD;
    }
    Unit unit = largestUnit();
    long number = nanoseconds / unit.nanoseconds();
    return number + " " + unit.word() + (number == 1 ? "" : "s");
  }

  /** The one form that is written in files: {@code 90d}, {@code 36h}, {@code infinite}. */
  public String text() {
    if (isInfinite()) {
      return WORD;
    }
    Unit unit = largestUnit();
    return nanoseconds / unit.nanoseconds() + unit.letters();
  }

  /** The largest unit of which it is a whole number. */
  private Unit largestUnit() {
    int i = 0;
    while (nanoseconds % UNITS[i].nanoseconds() != 0) {
      i++;
    }
    return UNITS[i];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Retention that && nanoseconds == that.nanoseconds;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(nanoseconds);
  }

  /** The same as {@link #text}. */
  @Override
  public String toString() {
    return text();
  }
}
