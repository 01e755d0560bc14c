package io.tokenform.access;

import java.util.Objects;

/** A token's name: its key in the policy. The cluster does not know it. */
public record TokenName(String value) implements Comparable<TokenName> {
  /**
   * @throws IllegalArgumentException if {@code value} is blank, longer than 128 characters, or
   *     holds a control character
   */
  public TokenName {
    Objects.requireNonNull(value, "value");
    Names.check(value, "a token");
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
