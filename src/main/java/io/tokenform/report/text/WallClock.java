package io.tokenform.report.text;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Instants as the clock on the reader's wall showed them. */
public final class WallClock {
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);

  private WallClock() {}

  /** As in {@code 2026-11-26 10:15:00 +01:00} and {@code 2026-11-26 09:15:00 UTC}. */
  public static String of(Instant instant, ZoneId zone) {
    ZonedDateTime time = instant.atZone(zone);
    ZoneOffset offset = time.getOffset();
    return SECONDS.format(time) + " " + (offset.equals(ZoneOffset.UTC) ? "UTC" : offset.toString());
  }
}
