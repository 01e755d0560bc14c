package io.tokenform.access;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** A string that must not be seen: it cannot print itself. */
public final class Secret {
  /** A shorter one would be found in words that have nothing to do with it. */
  public static final int SHORTEST_MASKED = 8;

  /** No cluster makes a shorter one, which could be guessed. */
  private static final int SHORTEST_MADE = 16;

  /** Names and words are shorter than this. */
  private static final int LONGEST_WORDS = 64;

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

  /**
   * Why nobody would make such a secret, as part of a sentence; absent for one that somebody may
   * have made. Masking it would hide what is no secret: an id, a name, a word.
   */
  public Optional<String> weakness() {
    if (value.length() < SHORTEST_MADE) {
      return Optional.of("it has fewer than " + SHORTEST_MADE + " characters");
    }
    if (value.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      return Optional.of("it has blanks, or characters that are not ASCII");
    }
    if (value.length() < LONGEST_WORDS
        && (value.chars().noneMatch(Character::isDigit)
            || value.chars().noneMatch(Character::isLetter))) {
      return Optional.of("it has no digits, or no letters");
    }
    return Uuids.isIn(value) ? Optional.of("it has an id in it") : Optional.empty();
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
