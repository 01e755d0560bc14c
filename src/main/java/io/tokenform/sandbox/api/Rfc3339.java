package io.tokenform.sandbox.api;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.regex.Pattern;

/** The dates of the Management API, such as {@code 2023-12-21T17:32:28.000Z}. */
public final class Rfc3339 {
  // The JDK's own parser also takes a time without seconds and an offset without minutes.
  private static final Pattern FORM =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\d[Tt]\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?([Zz]|[+-]\\d\\d:\\d\\d)");
  private static final DateTimeFormatter MILLISECONDS =
      new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
  private static final int LAST_YEAR = 9999;

  private Rfc3339() {}

  /**
   * @throws DateTimeException if {@code text} is not a date and time as RFC 3339 has it, or is one
   *     that cannot be written in UTC with a year of four digits
   */
  static Instant parse(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new DateTimeException("not of the form 2030-12-31T23:59:59Z");
    }
    OffsetDateTime utc =
        OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).withOffsetSameInstant(ZoneOffset.UTC);
    if (utc.getYear() < 0 || utc.getYear() > LAST_YEAR) {
      throw new DateTimeException("not in the years 0000 to 9999 of UTC");
    }
    return utc.toInstant();
  }

  /**
   * In UTC, with three digits after the second as the vendor's examples have, or more if needed.
   */
  public static String format(Instant instant) {
    boolean wholeMilliseconds = instant.truncatedTo(ChronoUnit.MILLIS).equals(instant);
    return (wholeMilliseconds ? MILLISECONDS : DateTimeFormatter.ISO_INSTANT).format(instant);
  }
}
