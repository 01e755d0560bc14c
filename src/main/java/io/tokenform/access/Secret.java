package io.tokenform.access;

import java.util.Objects;
import java.util.OptionalInt;

/** A string that must not be seen: it cannot print itself. */
public final class Secret {
  /** A shorter one would be found in words that have nothing to do with it. */
  public static final int SHORTEST_MASKED = 8;

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

  /** Where a text holds this secret, if it does; one of a few characters is not looked for. */
  public OptionalInt indexIn(String text) {
    int index = value.length() < SHORTEST_MASKED ? -1 : text.indexOf(value);
    return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
  }

  /** The text with {@code [secret]} wherever {@link #indexIn} would find this secret. */
  public String mask(String text) {
    return indexIn(text).isEmpty() ? text : text.replace(value, toString());
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
