package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.finding.Location;
import io.tokenform.plan.Rotate;
import io.tokenform.policy.DesiredToken;
import java.time.Instant;
import java.util.Optional;

/** Makes successors of tokens in use. There is no way back: a new secret was handed over. */
final class RotateMaker implements TokenMaker<Rotate> {
  @Override
  public Class<Rotate> type() {
    return Rotate.class;
  }

  @Override
  public Optional<Drift> drift(Rotate change, Listing live) {
    return MakingMaker.drift(change, change.making(), live);
  }

  @Override
  public Outcome make(Rotate change, Tools tools) {
    return new TokenMaking(change, change.making(), tools).make();
  }

  @Override
  public boolean isAsWanted(Rotate change, Optional<Token> live) {
    return false;
  }

  @Override
  public boolean isUndone(Rotate change, Optional<Token> live) {
    return false;
  }

  @Override
  public boolean isDone(Rotate change, Optional<Token> live) {
    return false;
  }

  @Override
  public Optional<DesiredToken> undoing(
      Rotate change, Optional<Token> live, Location where, Instant now) {
    return Optional.empty();
  }

  @Override
  public Optional<String> isFinal(Rotate change) {
    return Optional.of("a rotation is not rolled back: the new secret has been handed over");
  }
}
