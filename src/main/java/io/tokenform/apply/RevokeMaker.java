package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.access.UnreadableToken;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.finding.Location;
import io.tokenform.plan.Revoke;
import io.tokenform.policy.DesiredToken;
import java.time.Instant;
import java.util.Optional;

/** Revokes tokens. There is no way back. */
final class RevokeMaker implements TokenMaker<Revoke> {
  @Override
  public Class<Revoke> type() {
    return Revoke.class;
  }

  @Override
  public Optional<Drift> drift(Revoke change, Listing live) {
    Optional<Token> token = live.token(change.id());
    return token.filter(found -> holds(change, found)).isPresent()
        ? Optional.empty()
        : Optional.of(new Drift.OfToken(change, token));
  }

  private static boolean holds(Revoke change, Token live) {
    return live.isStill(change.description(), change.permissions());
  }

  @Override
  public Outcome make(Revoke change, Tools tools) {
    return OldToken.change(
        change,
        change.id(),
        change.permissions().equals(UnreadableToken.ANYTHING),
        live -> holds(change, live),
        calls -> calls.revoke(change.id()),
        tools);
  }

  @Override
  public boolean isAsWanted(Revoke change, Optional<Token> live) {
    return live.map(Token::isRevoked).orElse(true);
  }

  @Override
  public boolean isUndone(Revoke change, Optional<Token> live) {
    return live.filter(token -> !token.isRevoked()).isPresent();
  }

  @Override
  public boolean isDone(Revoke change, Optional<Token> live) {
    return live.map(Token::isRevoked).orElse(true);
  }

  @Override
  public Optional<DesiredToken> undoing(
      Revoke change, Optional<Token> live, Location where, Instant now) {
    return Optional.empty();
  }

  @Override
  public Optional<String> isFinal(Revoke change) {
    return Optional.of("a revocation cannot be undone");
  }
}
