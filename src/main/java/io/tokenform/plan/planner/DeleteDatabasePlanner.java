package io.tokenform.plan.planner;

import io.tokenform.plan.DatabaseSettings;
import io.tokenform.plan.DeleteDatabase;
import io.tokenform.policy.database.DesiredDatabase;

/** Finds the live databases that the policy wants to be gone. */
final class DeleteDatabasePlanner implements ChangePlanner<DeleteDatabase> {
  @Override
  public Class<DeleteDatabase> type() {
    return DeleteDatabase.class;
  }

  @Override
  public void plan(PlannedWorld world, Draft draft) {
    for (Databases.Entry entry : world.databases().entries()) {
      DesiredDatabase desired = entry.desired();
      if (!desired.isDeleted()) {
        continue;
      }
      if (entry.live().isEmpty()) {
        draft.unchanged(desired.name());
      } else if (world.plansPolicy()) {
        draft.add(
            DeleteDatabase.of(
                world.endpoints(),
                desired.name(),
                desired.deleted().orElseThrow(),
                DatabaseSettings.of(entry.live().get()),
                world.users(desired.name())));
      } else {
        draft.unselected(desired.name());
      }
    }
  }
}
