package io.tokenform.access;

import java.util.Objects;
import java.util.UUID;

/** A database token's id, as the cluster assigned it. */
public record TokenId(UUID value) implements Comparable<TokenId> {
  public TokenId {
    Objects.requireNonNull(value, "value");
  }

  /**
   * Reads an id in the canonical form of 8-4-4-4-12 hexadecimal digits, in either case.
   *
   * @throws IllegalArgumentException if {@code text} is not a canonical UUID
   */
  public static TokenId parse(String text) {
    return new TokenId(Uuids.parse(text));
  }

  /** By the id's text, which is what people see. */
  @Override
  public int compareTo(TokenId other) {
    // The digits of the two halves are those of two numbers without a sign.
    int first =
        Long.compareUnsigned(value.getMostSignificantBits(), other.value.getMostSignificantBits());
    return first != 0
        ? first
        : Long.compareUnsigned(
            value.getLeastSignificantBits(), other.value.getLeastSignificantBits());
  }

  // Written out: what the compiler would put here costs milliseconds at its first use.
  @Override
  public boolean equals(Object other) {
    return other instanceof TokenId that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    // A UUID's own is one and the same for all ids whose halves count up together.
    return Long.hashCode(31 * value.getMostSignificantBits() + value.getLeastSignificantBits());
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
