package io.tokenform.apply;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.finding.Location;
import io.tokenform.plan.Retire;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.UnwrittenPolicy;
import java.time.Instant;
import java.util.Optional;

/** Takes the access of old tokens. Undone, one works for another overlap. */
final class RetireMaker implements TokenMaker<Retire> {
  @Override
  public Class<Retire> type() {
    return Retire.class;
  }

  @Override
  public Optional<Drift> drift(Retire change, Listing live) {
    Optional<Token> token = live.token(change.id());
    return token.filter(found -> holds(change, found)).isPresent() && hasSuccessor(change, live)
        ? Optional.empty()
        : Optional.of(new Drift.OfToken(change, token));
  }

  /** Without a token in use, the old one may be the last that works. */
  private static boolean hasSuccessor(Retire change, Listing live) {
    return live.named(change.text()).stream()
        .anyMatch(token -> LiveDescription.parse(token.description()).isInUse());
  }

  private static boolean holds(Retire change, Token live) {
    return live.isStill(change.description(), change.permissions());
  }

  @Override
  public Outcome make(Retire change, Tools tools) {
    return OldToken.change(
        change,
        change.id(),
        live -> holds(change, live),
        calls -> calls.update(change.id(), change.update(tools.clock().instant())),
        tools);
  }

  @Override
  public boolean isAsWanted(Retire change, Optional<Token> live) {
    return live.filter(token -> hasLabel(token, Label.Retired.class)).isPresent();
  }

  @Override
  public boolean isUndone(Retire change, Optional<Token> live) {
    return live.filter(
            token ->
                hasLabel(token, Label.Retiring.class)
                    && token.permissions().equals(change.permissions()))
        .isPresent();
  }

  @Override
  public boolean isDone(Retire change, Optional<Token> live) {
    return live.filter(
            token ->
                !token.isRevoked()
                    && hasLabel(token, Label.Retired.class)
                    && token.permissions().isEmpty())
        .isPresent();
  }

  private static boolean hasLabel(Token token, Class<? extends Label> label) {
    return LiveDescription.parse(token.description()).has(label);
  }

  @Override
  public Optional<DesiredToken> undoing(
      Retire change, Optional<Token> live, Location where, Instant now) {
    return live.filter(token -> !token.isRevoked())
        .map(
            token ->
                UnwrittenPolicy.token(
                    Undoing.name(change),
                    change.id(),
                    where,
                    Optional.of(
                        LiveDescription.of(
                                change.text(), new Label.Retiring(now.plus(change.overlap())))
                            .toString()),
                    Optional.of(change.permissions())));
  }
}
