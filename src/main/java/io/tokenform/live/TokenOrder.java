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
    Comparator<Token> byField =
        switch (this) {
          case ID -> Comparator.comparing(Token::id);
          case DESCRIPTION -> Comparator.comparing(Token::description);
          case CREATED -> byTime(Token::createdAt);
          case EXPIRES -> byTime(Token::expiresAt);
        };
    return byField.thenComparing(Token::id);
  }

  private static Comparator<Token> byTime(Function<Token, Optional<Instant>> time) {
    return Comparator.comparing(token -> time.apply(token).orElse(Instant.MAX));
  }

  @Override
  public String toString() {
    return word;
  }
}
