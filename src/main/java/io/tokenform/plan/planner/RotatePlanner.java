package io.tokenform.plan.planner;

import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.Rotate;
import io.tokenform.policy.DesiredToken;

/** Finds the tokens in use that get a successor. */
final class RotatePlanner implements ChangePlanner<Rotate> {
  @Override
  public Class<Rotate> type() {
    return Rotate.class;
  }

  @Override
  public void plan(PlannedWorld world, Draft draft) {
    for (Lineage lineage : world.lineages()) {
      DesiredToken desired = lineage.desired();
      if (Renewal.isOfUnknownAge(lineage)) {
        draft.add(StateFindings.unknownAge(desired, lineage.inUse().orElseThrow()));
      }
      if (world.renewal(desired.name()).isPresent()) {
        CreatePlanner.making(lineage, world, draft)
            .ifPresent(
                making ->
                    draft.add(
                        Rotate.of(
                            world.endpoints(),
                            desired.name(),
                            desired.where(),
                            world.renewal(desired.name()).orElseThrow(),
                            making,
                            RoleOrigins.of(desired))));
      } else if (world.renewals().containsKey(desired.name())) {
        draft.leftOutThoughDue();
      }
    }
  }
}
