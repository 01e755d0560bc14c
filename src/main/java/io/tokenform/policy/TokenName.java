package io.tokenform.policy;

import java.util.Objects;

/** A token's name: its key in the policy. The cluster does not know it. */
public record TokenName(String value) implements Comparable<TokenName> {
  /** The longest name, in characters. */
  public static final int MAX_LENGTH = 128;

  /**
   * @throws IllegalArgumentException if {@code value} is blank, longer than {@value #MAX_LENGTH}
   *     characters, or holds a control character
   */
  public TokenName {
    Objects.requireNonNull(value, "value");
    if (value.isBlank()) {
      throw new IllegalArgumentException("a token's name is not blank");
    }
    if (value.codePointCount(0, value.length()) > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "a token's name has at most " + MAX_LENGTH + " characters");
    }
    if (value.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a token's name has no control characters");
    }
  }

  @Override
  public int compareTo(TokenName other) {
    return value.compareTo(other.value);
  }

  // Written out: what the compiler would put here costs milliseconds at its first use.
  @Override
  public boolean equals(Object other) {
    return other instanceof TokenName that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
