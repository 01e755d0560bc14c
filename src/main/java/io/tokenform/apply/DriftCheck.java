package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Holds a plan against what the cluster reports now. */
final class DriftCheck {
  private DriftCheck() {}

  /** The plan's changes whose {@code before} no longer holds, in the plan's order. */
  static List<Drift> of(Plan plan, Collection<Token> live, Instant now) {
    Listing listing = Listing.of(live, now);
    List<Drift> drifts = new ArrayList<>();
    for (Change change : plan.changes()) {
      Makers.of(change).drift(listing).ifPresent(drifts::add);
    }
    return drifts;
  }
}
