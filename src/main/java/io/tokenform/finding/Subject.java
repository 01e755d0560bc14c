package io.tokenform.finding;

import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import java.util.Objects;
import java.util.Optional;

/** What a finding is about. Whatever a finding has to do with is found by this, not by its text. */
public sealed interface Subject {
  /** A token of the policy. */
  static Subject of(TokenName name) {
    return new OfToken(Optional.of(name), Optional.empty());
  }

  /** A token of the policy and the live token that it means. */
  static Subject of(TokenName name, TokenId id) {
    return new OfToken(Optional.of(name), Optional.of(id));
  }

  /** A live token that the policy does not name. */
  static Subject of(TokenId id) {
    return new OfToken(Optional.empty(), Optional.of(id));
  }

  /** A database, or what the policy takes for one. */
  static Subject ofDatabase(String name) {
    return new OfDatabase(name);
  }

  /** The policy's name of the token that it is, if it is one that has such. */
  default Optional<TokenName> token() {
    return Optional.empty();
  }

  /** The name of the database that it is, if it is one. */
  default Optional<String> database() {
    return Optional.empty();
  }

  /**
   * A token.
   *
   * @param name its name in the policy, where that has one for it
   * @param id the id of the live token, where that is known
   */
  record OfToken(Optional<TokenName> name, Optional<TokenId> id) implements Subject {
    /**
     * @throws IllegalArgumentException if there is neither a name nor an id
     */
    public OfToken {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(id, "id");
      if (name.isEmpty() && id.isEmpty()) {
        throw new IllegalArgumentException("a token has a name or an id");
      }
    }

    @Override
    public Optional<TokenName> token() {
      return name;
    }
  }

  /** A database by its name. */
  record OfDatabase(String name) implements Subject {
    public OfDatabase {
      Objects.requireNonNull(name, "name");
    }

    @Override
    public Optional<String> database() {
      return Optional.of(name);
    }
  }
}
