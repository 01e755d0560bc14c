package io.tokenform.policy;

import io.tokenform.access.Durations;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Findings;
import io.tokenform.finding.Located;
import io.tokenform.yaml.DurationSpelling;
import io.tokenform.yaml.Values;
import io.tokenform.yaml.YamlNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations and instants, and says how to write those that are written in another form. */
final class TimesParser {
  private static final String INSTANT_FORM = "write an instant as 2027-01-31T00:00:00Z";

  /** The form of RFC 3339. */
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}(?:\\.[0-9]{1,9})?"
              + "(?:[Zz]|[+-][0-9]{2}:[0-9]{2})");

  private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

  /** Nearly that form: a blank in the place of the T, no seconds, or another offset or none. */
  private static final Pattern NEARLY =
      Pattern.compile(
          "(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})(?:[Tt]|\\s{1,3})(?<time>[0-9]{2}:[0-9]{2})"
              + "(?<seconds>:[0-9]{2}(?:\\.[0-9]{1,9})?)?\\s{0,3}"
              + "(?<offset>[Zz]|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?)?");

  /** What begins like a date is meant as an instant, and anything else as a duration. */
  private static final Pattern BEGINS_LIKE_A_DATE = Pattern.compile("[0-9]{4}-[0-9]");

  private static final Pattern NEVER =
      Pattern.compile("never|none|no|infinite|infinity|forever", Pattern.CASE_INSENSITIVE);

  /** What people think of in seconds; the others are days to them. */
  private static final Set<String> IN_SECONDS = Set.of("settle", "timeout");

  private final Findings findings;

  TimesParser(Findings findings) {
    this.findings = findings;
  }

  /** A duration, which may be nothing, as in {@code 0s}. */
  Optional<Located<Duration>> duration(YamlNode node, String key) {
    return text(node, key, "a duration").flatMap(text -> duration(text, key));
  }

  /** A duration that is longer than nothing. */
  Optional<Located<Duration>> positiveDuration(YamlNode node, String key) {
    return duration(node, key).filter(duration -> isPositive(duration, key));
  }

  /** An instant, to the nanosecond. */
  Optional<Located<Instant>> instant(YamlNode node, String key) {
    return string(node, key + " must be an instant", INSTANT_FORM)
        .flatMap(text -> instant(text, key));
  }

  /** A duration from the making of a token, or an instant. */
  Optional<Located<Expiry>> expiry(YamlNode node, String key) {
    return text(node, key, "a duration or an instant").flatMap(text -> expiry(text, key));
  }

  private Optional<Located<Expiry>> expiry(Located<String> text, String key) {
    if (BEGINS_LIKE_A_DATE.matcher(text.value()).lookingAt()) {
      return instant(text, key)
          .map(instant -> new Located<>(new Expiry.At(instant.value()), text.where()));
    }
    if (NEVER.matcher(text.value()).matches()) {
      findings.add(
          Diagnostic.error(
                  Code.BAD_DURATION,
                  text.where(),
                  "\"" + text.value() + "\" is neither a duration nor an instant")
              .hint("remove the key " + key + "; a token without it does not expire"));
      return Optional.empty();
    }
    return duration(text, key)
        .filter(duration -> isPositive(duration, key))
        .map(duration -> new Located<>(new Expiry.After(duration.value()), text.where()));
  }

  private boolean isPositive(Located<Duration> duration, String key) {
    if (!duration.value().isZero()) {
      return true;
    }
    findings.add(
        Diagnostic.error(Code.BAD_DURATION, duration.where(), key + " must be longer than nothing")
            .hint("write a duration such as 90d, or remove the key " + key));
    return false;
  }

  private Optional<Located<String>> text(YamlNode node, String key, String what) {
    String hint =
        node instanceof YamlNode.Scalar scalar && scalar.isNumber()
            ? DurationSpelling.of(scalar.text(), unit(key))
                .map(right -> "a number needs its unit; write " + right)
                .orElse("write a whole number and its unit: s, m, h or d, as in 90d")
            : "write a duration as 90d, 48h, 15m or 30s";
    return string(node, key + " must be " + what, hint);
  }

  /** The unit of a number that was written without any. */
  private static char unit(String key) {
    return IN_SECONDS.contains(key) ? 's' : 'd';
  }

  private Optional<Located<String>> string(YamlNode node, String expected, String hint) {
    if (node instanceof YamlNode.Scalar scalar && scalar.isString()) {
      return Optional.of(new Located<>(scalar.text(), scalar.where()));
    }
    findings.add(
        (Values.isNull(node)
                ? Values.missingValue(node, expected)
                : Values.wrongType(node, expected))
            .hint(hint));
    return Optional.empty();
  }

  private Optional<Located<Duration>> duration(Located<String> text, String key) {
    try {
      return Optional.of(new Located<>(Durations.parse(text.value()), text.where()));
    } catch (IllegalArgumentException e) {
      findings.add(
          Diagnostic.error(Code.BAD_DURATION, text.where(), e.getMessage())
              .hint(
                  DurationSpelling.of(text.value(), unit(key))
                      .map(right -> "write " + key + ": " + right)
                      .orElse("write a whole number and its unit: s, m, h or d, as in 90d")));
      return Optional.empty();
    }
  }

  private Optional<Located<Instant>> instant(Located<String> text, String key) {
    Optional<Instant> instant =
        RFC_3339.matcher(text.value()).matches() ? parsed(text.value()) : Optional.empty();
    if (instant.isEmpty()) {
      findings.add(badInstant(text, key));
    }
    return instant.map(value -> new Located<>(value, text.where()));
  }

  private static Optional<Instant> parsed(String text) {
    try {
      return Optional.of(
          OffsetDateTime.parse(
                  text.toUpperCase(Locale.ROOT), DateTimeFormatter.ISO_OFFSET_DATE_TIME)
              .toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Diagnostic badInstant(Located<String> text, String key) {
    String quoted = "\"" + text.value() + "\"";
    Matcher nearly = NEARLY.matcher(text.value());
    String message = quoted + " is not an instant such as 2027-01-31T00:00:00Z";
    String hint = "write the date, T, the time and its offset from UTC, as in 2027-01-31T00:00:00Z";
    if (RFC_3339.matcher(text.value()).matches()) {
      message = quoted + " has the form of an instant, but there is no such one";
      hint = "correct the date, the time or the offset from UTC";
    } else if (DATE.matcher(text.value()).matches()) {
      message = quoted + " is a date without a time";
      hint =
          isDate(text.value())
              ? "write "
                  + key
                  + ": "
                  + text.value()
                  + "T00:00:00Z for the beginning of that day in"
                  + " UTC"
              : "there is no such date";
    } else if (nearly.matches()) {
      boolean hasNoOffset = nearly.group("offset") == null;
      message = hasNoOffset ? quoted + " has no offset from UTC" : message;
      String right = right(nearly);
      if (parsed(right).isPresent()) {
        hint =
            "write "
                + key
                + ": "
                + right
                + (hasNoOffset ? ", or another offset than that of UTC, such as +01:00" : "");
      }
    }
    return Diagnostic.error(Code.BAD_INSTANT, text.where(), message).hint(hint);
  }

  private static boolean isDate(String text) {
    try {
      LocalDate.parse(text);
      return true;
    } catch (DateTimeException e) {
      return false;
    }
  }

  private static String right(Matcher nearly) {
    String seconds = nearly.group("seconds");
    return nearly.group("date")
        + "T"
        + nearly.group("time")
        + (seconds == null ? ":00" : seconds)
        + rightOffset(nearly.group("offset"));
  }

  private static String rightOffset(String offset) {
    if (offset == null || Character.isLetter(offset.charAt(0))) {
      return "Z";
    }
    String digits = offset.replace(":", "");
    return digits.substring(0, 3) + ":" + (digits.length() > 3 ? digits.substring(3) : "00");
  }
}
