package io.tokenform.plan.planner;

import io.tokenform.access.database.Database;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.plan.UpdateDatabase;
import io.tokenform.policy.database.DesiredDatabase;

/** Finds the live databases whose settings are not what the policy says. */
final class UpdateDatabasePlanner implements ChangePlanner<UpdateDatabase> {
  @Override
  public Class<UpdateDatabase> type() {
    return UpdateDatabase.class;
  }

  @Override
  public void plan(PlannedWorld world, Draft draft) {
    for (Databases.Entry entry : world.databases().entries()) {
      DesiredDatabase desired = entry.desired();
      if (desired.isDeleted() || entry.live().isEmpty()) {
        continue;
      }
      Database live = entry.live().get();
      DatabaseFindings.otherTemplate(desired, live).ifPresent(draft::add);
      DatabaseSettings after = CreateDatabasePlanner.settings(desired);
      DatabaseSettings before = after.asOf(live);
      if (before.equals(after)) {
        draft.unchanged(desired.name());
      } else if (world.plansPolicy()) {
        draft.add(
            UpdateDatabase.of(world.endpoints(), desired.name(), desired.where(), before, after));
      } else {
        draft.unselected(desired.name());
      }
    }
  }
}
