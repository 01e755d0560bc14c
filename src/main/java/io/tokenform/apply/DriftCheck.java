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
    Map<TokenId, Token> byId = byId(live);
    List<Drift> drifts = new ArrayList<>();
    for (Change change : plan.changes()) {
      Optional<Token> token = change.liveId().map(byId::get);
      if (!Makers.of(change).holds(token)) {
        drifts.add(new Drift(change, token));
      }
    }
    return drifts;
  }

  static Map<TokenId, Token> byId(Collection<Token> live) {
    Map<TokenId, Token> byId = new HashMap<>();
    live.forEach(token -> byId.put(token.id(), token));
    return byId;
  }
}
