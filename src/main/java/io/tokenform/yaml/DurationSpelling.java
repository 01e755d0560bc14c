package io.tokenform.yaml;

import io.tokenform.access.Durations;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What somebody meant who wrote a duration in another form, such as that of ISO 8601. */
public final class DurationSpelling {
  private static final long MINUTE = 60;
  private static final long HOUR = 60 * MINUTE;
  private static final long DAY = 24 * HOUR;
  private static final long WEEK = 7 * DAY;

  /** A month and a year have no fixed length; a rotation does not need one. */
  private static final long MONTH = 30 * DAY;

  private static final long YEAR = 365 * DAY;

  private static final Map<String, Long> UNITS =
      Map.ofEntries(
          Map.entry("s", 1L),
          Map.entry("sec", 1L),
          Map.entry("second", 1L),
          Map.entry("m", MINUTE),
          Map.entry("min", MINUTE),
          Map.entry("minute", MINUTE),
          Map.entry("h", HOUR),
          Map.entry("hr", HOUR),
          Map.entry("hour", HOUR),
          Map.entry("d", DAY),
          Map.entry("day", DAY),
          Map.entry("w", WEEK),
          Map.entry("wk", WEEK),
          Map.entry("week", WEEK),
          Map.entry("mo", MONTH),
          Map.entry("month", MONTH),
          Map.entry("y", YEAR),
          Map.entry("yr", YEAR),
          Map.entry("year", YEAR));

  private static final Pattern PART =
      Pattern.compile("([0-9]{1,10}(?:[.,][0-9]{1,6})?)\\s?([a-z]{1,8})[\\s,]{0,2}");

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

  private static final Pattern ISO =
      Pattern.compile(
          "p(?:([0-9]{1,6})y)?(?:([0-9]{1,6})m)?(?:([0-9]{1,6})w)?(?:([0-9]{1,6})d)?"
              + "(?:t(?:([0-9]{1,6})h)?(?:([0-9]{1,6})m)?(?:([0-9]{1,9})s)?)?");

  private static final List<Long> ISO_UNITS = List.of(YEAR, MONTH, WEEK, DAY, HOUR, MINUTE, 1L);

  /** The longest text that is looked at. */
  private static final int LONGEST = 60;

  private DurationSpelling() {}

  /**
   * The duration as a policy has it.
   *
   * @param unit that of a number alone
   */
  public static Optional<String> of(String text, char unit) {
    if (text.length() > LONGEST) {
      return Optional.empty();
    }
    String lower = text.strip().toLowerCase(Locale.ROOT);
    String withUnit = NUMBER.matcher(lower).matches() ? lower + unit : lower;
    return iso(withUnit)
        .or(() -> parts(withUnit))
        .filter(seconds -> seconds > 0 && seconds <= Durations.LONGEST.toSeconds())
        .map(seconds -> Durations.text(Duration.ofSeconds(seconds)));
  }

  private static Optional<Long> iso(String text) {
    Matcher matcher = ISO.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    long seconds = 0;
    for (int i = 0; i < ISO_UNITS.size(); i++) {
      String number = matcher.group(i + 1);
      seconds += number == null ? 0 : Long.parseLong(number) * ISO_UNITS.get(i);
    }
    return Optional.of(seconds);
  }

  /** A number with a unit, or several of them, as in {@code 1 day 12 hours}. */
  private static Optional<Long> parts(String text) {
    Matcher matcher = PART.matcher(text);
    BigDecimal seconds = BigDecimal.ZERO;
    int end = 0;
    while (end < text.length() && matcher.region(end, text.length()).lookingAt()) {
      Optional<Long> unit = unit(matcher.group(2));
      if (unit.isEmpty()) {
        return Optional.empty();
      }
      BigDecimal number = new BigDecimal(matcher.group(1).replace(',', '.'));
      seconds = seconds.add(number.multiply(BigDecimal.valueOf(unit.get())));
      end = matcher.end();
    }
    boolean isWhole = seconds.stripTrailingZeros().scale() <= 0;
    return end == text.length() && isWhole ? Optional.of(seconds.longValue()) : Optional.empty();
  }

  private static Optional<Long> unit(String word) {
    return Optional.ofNullable(UNITS.get(word))
        .or(
            () ->
                word.length() > 2 && word.endsWith("s")
                    ? Optional.ofNullable(UNITS.get(word.substring(0, word.length() - 1)))
                    : Optional.empty());
  }
}
