package io.tokenform.access;

import java.util.Objects;

/**
 * What a change is about, as plans, journals and people name it: {@code token.grafana}. It is known
 * before the cluster has given an id.
 *
 * @param type what kind of thing it is
 * @param name its key in the policy, or the id of a generation
 */
public record Address(Type type, String name) implements Comparable<Address> {
  private static final char SEPARATOR = '.';

  /** The kinds of things that have addresses, in the order in which they are sorted. */
  public enum Type {
    /** A token of the policy; the name is its key there. */
    TOKEN("token"),
    /** One of the live tokens that a token of the policy has had; the name is its id. */
    GENERATION("generation"),
    /** A database; the name is its key in the policy, the new one where it is renamed. */
    DATABASE("database");

    private final String word;

    Type(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  public Address {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(name, "name");
  }

  /** The address of a token. */
  public static Address of(TokenName token) {
    return new Address(Type.TOKEN, token.value());
  }

  /** The address of a generation. */
  public static Address of(TokenId generation) {
    return new Address(Type.GENERATION, generation.toString());
  }

  /** The address of a database. */
  public static Address ofDatabase(String name) {
    return new Address(Type.DATABASE, name);
  }

  /**
   * Reads an address; the name is what stands behind the first full stop, and may have more.
   *
   * @throws IllegalArgumentException if the text is no address
   */
  public static Address parse(String text) {
    int end = text.indexOf(SEPARATOR);
    for (Type type : Type.values()) {
      if (end >= 0 && text.substring(0, end).equals(type.word)) {
        // The same rule as for the name of a token.
        return new Address(type, new TokenName(text.substring(end + 1)).value());
      }
    }
    throw new IllegalArgumentException(
        "an address has the form token.NAME, generation.ID or database.NAME");
  }

  /** By type, then by name. */
  @Override
  public int compareTo(Address other) {
    int byType = type.compareTo(other.type);
    return byType == 0 ? name.compareTo(other.name) : byType;
  }

  // Written out: what the compiler would put here costs milliseconds at its first use.
  @Override
  public boolean equals(Object other) {
    return other instanceof Address that && type == that.type && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return 31 * type.hashCode() + name.hashCode();
  }

  @Override
  public String toString() {
    return type.word + SEPARATOR + name;
  }
}
