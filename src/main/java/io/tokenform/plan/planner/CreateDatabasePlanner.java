package io.tokenform.plan.planner;

import io.tokenform.finding.Located;
import io.tokenform.plan.CreateDatabase;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.policy.database.DesiredDatabase;

/** Finds the databases of the policy that are not there. */
final class CreateDatabasePlanner implements ChangePlanner<CreateDatabase> {
  @Override
  public Class<CreateDatabase> type() {
    return CreateDatabase.class;
  }

  @Override
  public void plan(PlannedWorld world, Draft draft) {
    for (Databases.Entry entry : world.databases().entries()) {
      DesiredDatabase desired = entry.desired();
      if (desired.isDeleted() || entry.live().isPresent() || entry.isRenamed()) {
        continue;
      }
      if (!world.plansPolicy()) {
        draft.unselected(desired.name());
        continue;
      }
      draft.add(
          CreateDatabase.of(
              world.endpoints(),
              desired.name(),
              desired.where(),
              settings(desired),
              desired.partitionTemplate().map(Located::value)));
    }
  }

  /** The settings that the policy states. */
  static DatabaseSettings settings(DesiredDatabase desired) {
    return new DatabaseSettings(
        desired.retention().map(Located::value),
        desired.maxTables().map(Located::value),
        desired.maxColumnsPerTable().map(Located::value));
  }
}
