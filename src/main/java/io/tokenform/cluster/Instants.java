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

  private static final String USUAL = "0000-00-00T00:00:00Z";

  private Instants() {}

  /** The instant that a text means, unless it means none or may mean several. */
  static Optional<Instant> parse(String text) {
    try {
      return Optional.of(isUsual(text) ? usual(text) : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeException e) {
      return OddForm.parse(text);
    }
  }

  /** Whether it is as most servers write an instant: whole seconds, in UTC. */
  private static boolean isUsual(String text) {
    if (text.length() != USUAL.length()) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (USUAL.charAt(i) == '0' ? c < '0' || c > '9' : c != USUAL.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** For a long listing, which has one for each token: the library takes ten times as long. */
  private static Instant usual(String text) {
    return LocalDateTime.of(
            Integer.parseInt(text, 0, 4, 10),
            Integer.parseInt(text, 5, 7, 10),
            Integer.parseInt(text, 8, 10, 10),
            Integer.parseInt(text, 11, 13, 10),
            Integer.parseInt(text, 14, 16, 10),
            Integer.parseInt(text, 17, 19, 10))
        .toInstant(ZoneOffset.UTC);
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
