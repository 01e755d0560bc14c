package io.tokenform.sandbox.api;

import java.time.DateTimeException;
import java.time.Instant;

/** A date in a JSON text. */
public final class DateJson {
  private DateJson() {}

  public static Instant read(JsonInput json) throws InvalidJsonException {
    try {
      return Rfc3339.parse(json.string());
    } catch (DateTimeException e) {
      throw json.problem("must be an RFC 3339 date such as 2030-12-31T23:59:59Z");
    }
  }
}
