package io.tokenform.cluster;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;

/**
 * The wait that a server asks for with {@code Retry-After}, in seconds or as a date (RFC 9110,
 * 10.2.3).
 *
 * @param asked how long it is; a date that is past asks for none
 * @param until when it ends, by the clock of this machine
 */
record RetryAfter(Duration asked, Instant until) {
  /** One digit or more, and no bound to what they say. */
  private static final Pattern SECONDS = Pattern.compile("[0-9]+");

  private static final BigInteger LONGEST = BigInteger.valueOf(Integer.MAX_VALUE);

  private static final Duration MINUTES = Duration.ofMinutes(2);
  private static final Duration HOURS = Duration.ofHours(2);
  private static final Duration DAYS = Duration.ofDays(2);

  /** What an answer asks for, if anything that can be read. */
  static Optional<RetryAfter> of(ClassicHttpResponse response, Instant now) {
    Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
    if (header == null || header.getValue() == null) {
      return Optional.empty();
    }
    String value = header.getValue().strip();
    if (SECONDS.matcher(value).matches()) {
      return Optional.of(
          of(Duration.ofSeconds(new BigInteger(value).min(LONGEST).longValue()), now));
    }
    Instant date = DateUtils.parseStandardDate(value);
    if (date == null) {
      return Optional.empty();
    }
    // The server's own clock says how far that is, where it shows it: ours may be off.
    Instant theirs = DateUtils.parseStandardDate(response, HttpHeaders.DATE);
    Duration wait = Duration.between(theirs == null ? now : theirs, date);
    return Optional.of(of(wait.isNegative() ? Duration.ZERO : wait, now));
  }

  private static RetryAfter of(Duration wait, Instant now) {
    return new RetryAfter(wait, now.plus(wait));
  }

  /** When it ends, as in {@code 2026-11-26 10:24:07 UTC}, never too early. */
  String hour() {
    Instant whole = until.plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
    String text = whole.atOffset(ZoneOffset.UTC).toLocalDateTime().toString();
    // A time without seconds is written without them.
    return text.replace('T', ' ') + (text.length() == 16 ? ":00" : "") + " UTC";
  }

  /** How long it is, as in {@code 90 s} and {@code 60 min}. */
  String length() {
    if (asked.compareTo(MINUTES) < 0) {
      return asked.plusNanos(999_999_999).toSeconds() + " s";
    }
    if (asked.compareTo(HOURS) < 0) {
      return Math.round(asked.toSeconds() / 60.0) + " min";
    }
    return asked.compareTo(DAYS) < 0
        ? Math.round(asked.toMinutes() / 60.0) + " h"
        : Math.round(asked.toHours() / 24.0) + " days";
  }
}
