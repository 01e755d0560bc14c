package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.finding.Location;
import io.tokenform.plan.CleanUp;
import io.tokenform.plan.Predecessor;
import io.tokenform.policy.DesiredToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finishes or removes what an apply left that did not end. There is nothing to undo. */
final class CleanUpMaker implements TokenMaker<CleanUp> {
  @Override
  public Class<CleanUp> type() {
    return CleanUp.class;
  }

  @Override
  public Optional<Drift> drift(CleanUp change, Listing live) {
    Optional<Token> token = live.token(change.id());
    if (token.filter(found -> holds(change, found)).isEmpty()) {
      return Optional.of(new Drift.OfToken(change, token));
    }
    for (Predecessor predecessor : predecessors(change)) {
      Optional<Token> old = live.token(predecessor.id());
      if (old.filter(predecessor::isStill).isEmpty()) {
        return Optional.of(new Drift.OfToken(change, old));
      }
    }
    return Optional.empty();
  }

  private static List<Predecessor> predecessors(CleanUp change) {
    return change.finish().map(finish -> finish.predecessors()).orElse(List.of());
  }

  private static boolean holds(CleanUp change, Token live) {
    return live.isStill(change.description(), change.permissions());
  }

  @Override
  public Outcome make(CleanUp change, Tools tools) {
    return OldToken.change(
        change,
        change.id(),
        live -> holds(change, live),
        calls -> cleanUp(change, calls, tools),
        tools);
  }

  private static void cleanUp(CleanUp change, SettledCalls calls, Tools tools)
      throws StepFailedException {
    if (change.finish().isEmpty()) {
      calls.revoke(change.id());
      return;
    }
    for (Predecessor predecessor : predecessors(change)) {
      calls.replace(predecessor, change.finish().get(), tools.clock().instant());
    }
    calls.update(change.id(), change.named());
  }

  @Override
  public boolean isAsWanted(CleanUp change, Optional<Token> live) {
    return change.finish().isPresent()
        ? live.filter(
                token ->
                    change.named().description().filter(token.description()::equals).isPresent())
            .isPresent()
        : live.map(Token::isRevoked).orElse(true);
  }

  @Override
  public boolean isUndone(CleanUp change, Optional<Token> live) {
    return true;
  }

  @Override
  public boolean isDone(CleanUp change, Optional<Token> live) {
    return isAsWanted(change, live);
  }

  @Override
  public Optional<DesiredToken> undoing(
      CleanUp change, Optional<Token> live, Location where, Instant now) {
    return Optional.empty();
  }
}
