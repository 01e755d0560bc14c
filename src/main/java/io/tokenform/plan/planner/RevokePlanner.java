package io.tokenform.plan.planner;

import io.tokenform.access.Address;
import io.tokenform.access.Token;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.plan.Revoke;
import io.tokenform.policy.DesiredToken;
import java.util.Optional;

/** Finds the tokens that the policy wants revoked, and those without access whose time is over. */
final class RevokePlanner implements ChangePlanner<Revoke> {
  @Override
  public Class<Revoke> type() {
    return Revoke.class;
  }

  @Override
  public void plan(PlannedWorld world, Draft draft) {
    for (PlannedWorld.Ending ending : world.endings()) {
      plan(ending, world, draft);
    }
    for (Lineage lineage : world.lineages()) {
      for (Token old : lineage.others().retired()) {
        if (!old.permissions().isEmpty()) {
          draft.add(StateFindings.retiredWithAccess(lineage.desired(), old));
        } else if (RetirePlanner.isDue(old, world.options().now())) {
          if (world.plansDue()) {
            draft.add(
                revoke(world, Address.of(old.id()), lineage.desired(), old, Optional.empty()));
          } else {
            draft.leftOutThoughDue();
          }
        }
      }
    }
  }

  private static void plan(PlannedWorld.Ending ending, PlannedWorld world, Draft draft) {
    DesiredToken desired = ending.desired();
    if (ending.inUse().isEmpty() && ending.others().isEmpty()) {
      draft.unchanged(desired.name());
      return;
    }
    if (!world.plansPolicy()) {
      draft.unselected(desired.name());
      return;
    }
    Optional<String> reason = desired.lifecycle().reason().map(Located::value);
    ending
        .inUse()
        .ifPresent(
            token -> draft.add(revoke(world, Address.of(desired.name()), desired, token, reason)));
    ending
        .others()
        .forEach(token -> draft.add(revoke(world, Address.of(token.id()), desired, token, reason)));
  }

  private static Revoke revoke(
      PlannedWorld world,
      Address address,
      DesiredToken desired,
      Token token,
      Optional<String> reason) {
    Location where = desired.lifecycle().revoked().orElse(desired.where());
    return Revoke.of(
        world.endpoints(),
        address,
        desired.name(),
        token.id(),
        where,
        token.description(),
        token.permissions(),
        reason);
  }
}
