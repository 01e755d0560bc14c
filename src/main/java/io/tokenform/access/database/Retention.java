package io.tokenform.access.database;

import java.time.Duration;
import java.util.Optional;

/**
 * How long a database keeps its data: a duration, or for ever. The natural order is by length, with
 * {@link #INFINITE} as the longest.
 */
public final class Retention implements Comparable<Retention> {
  /** Nothing is ever deleted because of its age. */
  public static final Retention INFINITE = new Retention(0);

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
    return RetentionText.parse(text);
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
    return RetentionText.forPeople(nanoseconds);
  }

  /** The one form that is written in files: {@code 90d}, {@code 36h}, {@code infinite}. */
  public String text() {
    return RetentionText.canonical(nanoseconds);
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
