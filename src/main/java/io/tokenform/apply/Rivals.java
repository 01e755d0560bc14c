package io.tokenform.apply;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which of two applies that make the same token at once gives way. Each looks after it has
 * made its own, so at least one of them sees the other's.
 */
final class Rivals {
  private Rivals() {}

  /**
   * The token for whose sake another one has to go: one in use that the plan did not know, or
   * another one that is being made and is as old or older. Two of the same age may both give way,
   * and never both go on.
   *
   * @param named the tokens of the same description, labels aside, that are not revoked
   * @param own the token that was just made, as the listing shows it
   * @param known those that the plan knows
   */
  static Optional<Token> of(Collection<Token> named, Token own, Set<TokenId> known) {
    return named.stream()
        .filter(token -> !token.id().equals(own.id()) && !known.contains(token.id()))
        .filter(token -> isRival(token, own))
        .min((one, other) -> one.id().compareTo(other.id()));
  }

  private static boolean isRival(Token token, Token own) {
    Optional<Label> label = LiveDescription.parse(token.description()).label();
    return label.isEmpty() || (label.get() instanceof Label.Pending && !isYounger(token, own));
  }

  private static boolean isYounger(Token token, Token own) {
    return token.createdAt().isPresent()
        && own.createdAt().isPresent()
        && token.createdAt().get().isAfter(own.createdAt().get());
  }
}
