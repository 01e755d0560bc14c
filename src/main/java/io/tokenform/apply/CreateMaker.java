package io.tokenform.apply;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.finding.Location;
import io.tokenform.plan.Create;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.UnwrittenPolicy;
import java.time.Instant;
import java.util.Optional;

/** Makes tokens that are not there. Undone is such a change by parking what it made. */
final class CreateMaker implements TokenMaker<Create> {
  private static final String REASON = "its creation was rolled back";

  @Override
  public Class<Create> type() {
    return Create.class;
  }

  @Override
  public Optional<Drift> drift(Create change, Listing live) {
    return MakingMaker.drift(change, change.making(), live);
  }

  @Override
  public Outcome make(Create change, Tools tools) {
    return new TokenMaking(change, change.making(), tools).make();
  }

  @Override
  public boolean isAsWanted(Create change, Optional<Token> live) {
    return live.filter(
            token ->
                token.description().equals(change.making().description())
                    && token.permissions().equals(change.making().permissions()))
        .isPresent();
  }

  @Override
  public boolean isUndone(Create change, Optional<Token> live) {
    return live.isEmpty()
        || live.get().isRevoked()
        || LiveDescription.parse(live.get().description()).has(Label.Parked.class);
  }

  @Override
  public boolean isDone(Create change, Optional<Token> live) {
    return isAsWanted(change, live);
  }

  @Override
  public Optional<DesiredToken> undoing(
      Create change, Optional<Token> live, Location where, Instant now) {
    return live.filter(token -> !token.isRevoked())
        .map(
            token ->
                UnwrittenPolicy.token(
                    change.token(),
                    token.id(),
                    where,
                    Optional.of(
                        LiveDescription.of(
                                change.making().description(), new Label.Parked(now, REASON))
                            .toString()),
                    Optional.of(Permissions.NONE)));
  }
}
