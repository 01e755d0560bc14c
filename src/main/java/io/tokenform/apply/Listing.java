package io.tokenform.apply;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Nonce;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The live tokens as a cluster listed them, found by id and by what stands before their labels. */
public final class Listing {
  private final Map<TokenId, Token> byId = new HashMap<>();
  private final Map<String, List<Token>> byText = new HashMap<>();

  private final DatabaseListing databases;
  private final Instant now;

  private Listing(Collection<Token> tokens, DatabaseListing databases, Instant now) {
    this.databases = databases;
    this.now = now;
    for (Token token : tokens) {
      byId.put(token.id(), token);
      byText
          .computeIfAbsent(
              LiveDescription.parse(token.description()).text(), key -> new ArrayList<>(1))
          .add(token);
    }
  }

  /**
   * A listing of live tokens.
   *
   * @param now the time by which tokens count as expired
   */
  public static Listing of(Collection<Token> tokens, Instant now) {
    return of(tokens, DatabaseListing.of(List.of()), now);
  }

  /**
   * A listing of live tokens and databases.
   *
   * @param now the time by which tokens count as expired
   */
  public static Listing of(Collection<Token> tokens, DatabaseListing databases, Instant now) {
    return new Listing(tokens, databases, now);
  }

  /** The databases; none where nobody has asked for them. */
  DatabaseListing databases() {
    return databases;
  }

  /**
   * The working tokens with a permission on a database by its name that are none of these, by id.
   */
  List<Token> otherUsers(DatabaseName database, Collection<TokenId> known) {
    Set<TokenId> ids = new HashSet<>(known);
    List<Token> others = new ArrayList<>();
    for (Token token : byId.values()) {
      if (token.isActive(now)
          && token.permissions().relyOn(database.value())
          && !ids.contains(token.id())) {
        others.add(token);
      }
    }
    others.sort((one, other) -> one.id().compareTo(other.id()));
    return others;
  }

  Optional<Token> token(TokenId id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Those that work, expired ones not among them, with that description apart from labels. */
  List<Token> named(String text) {
    return byText.getOrDefault(text, List.of()).stream()
        .filter(token -> token.isActive(now))
        .toList();
  }

  /** The one that is being made with a nonce; a revoked one is none. */
  Optional<Token> pending(String text, Nonce nonce) {
    String description = LiveDescription.of(text, new Label.Pending(nonce)).toString();
    return named(text).stream()
        .filter(token -> token.description().equals(description))
        .findFirst();
  }
}
