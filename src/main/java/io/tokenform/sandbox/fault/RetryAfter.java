package io.tokenform.sandbox.fault;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;

/** Whether and how an error says when to come back. */
sealed interface RetryAfter {
  String HEADER = "Retry-After";

  Map<String, String> headers(Clock clock);

  /** It does not say. */
  record Unsaid() implements RetryAfter {
    @Override
    public Map<String, String> headers(Clock clock) {
      return Map.of();
    }
  }

  /** In so many seconds. */
  record Seconds(int seconds) implements RetryAfter {
    @Override
    public Map<String, String> headers(Clock clock) {
      return Map.of(HEADER, Integer.toString(seconds));
    }
  }

  /** At a date that lies so far ahead, and up to a second more, for that is as fine as they are. */
  record Date(Duration ahead) implements RetryAfter {
    // RFC 9110, 5.6.7; the JDK's own formatter writes a day of one digit.
    private static final DateTimeFormatter HTTP_DATE =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    @Override
    public Map<String, String> headers(Clock clock) {
      Instant time = clock.instant().plus(ahead);
      Instant second = time.truncatedTo(ChronoUnit.SECONDS);
      return Map.of(HEADER, HTTP_DATE.format(second.equals(time) ? time : second.plusSeconds(1)));
    }
  }
}
