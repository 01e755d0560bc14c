package io.tokenform.cluster;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads instants as the API promises them, and in other forms that can mean one instant only. */
final class Instants {
  private static final int MOST_DIGITS = 9;

  private static final String USUAL = "0000-00-00T00:00:00";

  private Instants() {}

  /** The instant that a text means, unless it means none or may mean several. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(isUsual(text) ? usual(text) : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return OddForm.parse(text);
    }
  }

  /** Whether it is as most servers write an instant: seconds, perhaps with a fraction, in UTC. */
  private static boolean isUsual(String text) {
    int length = USUAL.length();
    int end = text.length() - 1;
    if (end < length || end > length + 1 + MOST_DIGITS || text.charAt(end) != 'Z') {
      return false;
    }
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (USUAL.charAt(i) == '0' ? c < '0' || c > '9' : c != USUAL.charAt(i)) {
        return false;
      }
    }
    if (end == length) {
      return true;
    }
    for (int i = length + 1; i < end; i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return text.charAt(length) == '.' && end > length + 1;
  }

  /** For a long listing, which has one for each token: the library takes ten times as long. */
  private static Instant usual(String text) {
    return LocalDateTime.of(
            Integer.parseInt(text, 0, 4, 10),
            Integer.parseInt(text, 5, 7, 10),
            Integer.parseInt(text, 8, 10, 10),
            Integer.parseInt(text, 11, 13, 10),
            Integer.parseInt(text, 14, 16, 10),
            Integer.parseInt(text, 17, 19, 10),
            nanos(text))
        .toInstant(ZoneOffset.UTC);
  }

  private static int nanos(String text) {
    int nanos = 0;
    for (int i = 0; i < MOST_DIGITS; i++) {
      int place = USUAL.length() + 1 + i;
      nanos = 10 * nanos + (place < text.length() - 1 ? text.charAt(place) - '0' : 0);
    }
    return nanos;
  }

  /** Apart from the rest, so that the pattern is compiled only where it is needed. */
  private static final class OddForm {
    /** Without an offset from UTC it could be any of many instants. */
    private static final Pattern FORM =
        Pattern.compile(
            "(?<date>\\d{4}-\\d\\d-\\d\\d)[Tt _](?<minute>\\d\\d:\\d\\d):(?<second>\\d\\d)"
                + "(?:[.,](?<fraction>\\d{1,100}))? ?(?:(?<utc>[Zz]|UTC|GMT)"
                + "|(?<hours>[+-]\\d\\d):?(?<minutes>\\d\\d)?)");

    static Optional<Instant> parse(String text) {
      Matcher form = FORM.matcher(text.strip());
      if (!form.matches()) {
        return Optional.empty();
      }
      boolean isLeapSecond = form.group("second").equals("60");
      String fraction = form.group("fraction") == null ? "0" : form.group("fraction");
      String minutes = form.group("minutes") == null ? "00" : form.group("minutes");
      String offset = form.group("utc") != null ? "Z" : form.group("hours") + ":" + minutes;
      try {
        Instant instant =
            OffsetDateTime.parse(
                    form.group("date")
                        + "T"
                        + form.group("minute")
                        + ":"
                        + (isLeapSecond ? "59" : form.group("second"))
                        + "."
                        + fraction.substring(0, Math.min(MOST_DIGITS, fraction.length()))
                        + offset)
                .toInstant();
        // The JDK's clocks have no such second, and count it as the one that follows.
        return Optional.of(isLeapSecond ? instant.plusSeconds(1) : instant);
      } catch (DateTimeException e) {
        return Optional.empty();
      }
    }
  }
}
