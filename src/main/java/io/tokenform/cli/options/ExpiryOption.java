package io.tokenform.cli.options;

import io.tokenform.access.Durations;
import io.tokenform.policy.Expiry;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads when a token expires: an instant as RFC 3339 has it, or a duration from its making. */
public final class ExpiryOption implements ITypeConverter<Expiry> {
  /** What begins like a date is meant as an instant, and anything else as a duration. */
  private static final Pattern BEGINS_LIKE_A_DATE = Pattern.compile("[0-9]{4}-");

  @Override
  public Expiry convert(String text) {
    if (BEGINS_LIKE_A_DATE.matcher(text).lookingAt()) {
      return instant(text);
    }
    try {
      Duration duration = Durations.parse(text);
      if (!duration.isZero()) {
        return new Expiry.After(duration);
      }
    } catch (IllegalArgumentException e) {
      // Said below, as for a duration of nothing.
    }
    throw new TypeConversionException(
        "\""
            + text
            + "\" is neither an instant such as 2027-01-31T00:00:00Z nor a duration such as 90d");
  }

  private static Expiry instant(String text) {
    try {
      return new Expiry.At(OffsetDateTime.parse(text.toUpperCase(Locale.ROOT)).toInstant());
    } catch (DateTimeException e) {
      throw new TypeConversionException(
          "\""
              + text
              + "\" is not an instant such as 2027-01-31T00:00:00Z: RFC 3339 has the date, T, the"
              + " time and its offset from UTC");
    }
  }
}
