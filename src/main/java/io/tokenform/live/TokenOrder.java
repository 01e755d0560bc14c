package io.tokenform.live;

import io.tokenform.access.Token;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;

/** The orders in which live tokens are listed. Tokens that are alike in one stand by their ids. */
public enum TokenOrder {
  ID("id"),
  DESCRIPTION("description"),
  /** The oldest first, and last those of which it is not known when they were made. */
  CREATED("created"),
  /** Those that expire first come first, and last those that never do. */
  EXPIRES("expires");

  private final String word;

  TokenOrder(String word) {
    this.word = word;
  }

  public Comparator<Token> comparator() {
    return switch (this) {
      case ID -> TokenOrder::byId;
      case DESCRIPTION ->
          (one, other) -> elseById(one.description().compareTo(other.description()), one, other);
      case CREATED -> byTime(Token::createdAt);
      case EXPIRES -> byTime(Token::expiresAt);
    };
  }

  private static Comparator<Token> byTime(Function<Token, Optional<Instant>> time) {
    return (one, other) ->
        elseById(
            time.apply(one).orElse(Instant.MAX).compareTo(time.apply(other).orElse(Instant.MAX)),
            one,
            other);
  }

  private static int elseById(int inField, Token one, Token other) {
    return inField != 0 ? inField : byId(one, other);
  }

  private static int byId(Token one, Token other) {
    return one.id().compareTo(other.id());
  }

  @Override
  public String toString() {
    return word;
  }
}
