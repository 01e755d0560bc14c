package io.tokenform.apply;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.plan.Making;
import io.tokenform.plan.Predecessor;
import io.tokenform.plan.TokenChange;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What creations and rotations have in common. */
final class MakingMaker {
  private MakingMaker() {}

  /** What no longer is as the plan found it. */
  static Optional<Drift> drift(TokenChange change, Making making, Listing live) {
    for (Predecessor predecessor : making.predecessors()) {
      Optional<Token> token = live.token(predecessor.id());
      if (token.filter(predecessor::isStill).isEmpty()) {
        return Optional.of(new Drift.OfToken(change, token));
      }
    }
    Set<TokenId> known =
        making.predecessors().stream().map(Predecessor::id).collect(Collectors.toSet());
    Optional<Token> rival =
        live.named(making.description()).stream()
            .filter(token -> LiveDescription.parse(token.description()).isInUse())
            .filter(token -> !known.contains(token.id()))
            .findFirst();
    return rival.isPresent() ? Optional.of(new Drift.OfToken(change, rival)) : Optional.empty();
  }
}
