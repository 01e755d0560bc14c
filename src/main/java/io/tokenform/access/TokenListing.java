package io.tokenform.access;

import java.util.List;

/**
 * What a cluster answers when it is asked for its tokens. No id is in it twice.
 *
 * @param tokens the tokens that can be read, in the cluster's order
 * @param unreadable the others, likewise
 */
public record TokenListing(List<Token> tokens, List<UnreadableToken> unreadable) {
  public TokenListing {
    tokens = List.copyOf(tokens);
    unreadable = List.copyOf(unreadable);
  }

  /** A listing in which every token can be read. */
  public static TokenListing of(List<Token> tokens) {
    return new TokenListing(tokens, List.of());
  }
}
