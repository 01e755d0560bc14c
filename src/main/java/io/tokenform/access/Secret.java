package io.tokenform.access;

import java.util.Objects;

/** A string that must not be seen: it cannot print itself. */
public final class Secret {
  private final String value;

  private Secret(String value) {
    this.value = Objects.requireNonNull(value, "value");
  }

  public static Secret of(String value) {
    return new Secret(value);
  }

  /** The string itself, for the one place that sends it. */
  public String reveal() {
    return value;
  }

  /** The text with {@code [secret]} wherever it holds this secret. */
  public String mask(String text) {
    return value.isEmpty() ? text : text.replace(value, toString());
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
