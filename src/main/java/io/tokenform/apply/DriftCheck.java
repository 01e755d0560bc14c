package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds a plan against what the cluster reports now. */
final class DriftCheck {
  private DriftCheck() {}

  /** The plan's changes whose {@code before} no longer holds, in the plan's order. */
  static List<Drift> of(Plan plan, Collection<Token> live) {
    Map<TokenId, Token> byId = new HashMap<>();
    live.forEach(token -> byId.put(token.id(), token));
    List<Drift> drifts = new ArrayList<>();
    for (Change change : plan.changes()) {
      Optional<Token> token = Optional.ofNullable(byId.get(change.id()));
      if (token.isEmpty() || token.get().isRevoked() || !holds(change, token.get())) {
        drifts.add(new Drift(change, token));
      }
    }
    return drifts;
  }

  private static boolean holds(Change change, Token token) {
    return change.before().equals(change.before().asOf(token));
  }
}
