package io.tokenform.plan.planner;

import java.util.List;

/** The planners of the changes of databases; a policy that has none does not load them. */
final class DatabasePlanners {
  /** One for each kind. */
  private static final List<ChangePlanner<?>> KINDS =
      List.of(
          new CreateDatabasePlanner(),
          new UpdateDatabasePlanner(),
          new RenameDatabasePlanner(),
          new DeleteDatabasePlanner());

  private DatabasePlanners() {}

  /** Adds to the draft what the policy asks for of its databases. */
  static void plan(PlannedWorld world, Draft draft) {
    KINDS.forEach(kind -> kind.plan(world, draft));
    for (Databases.Entry entry : world.databases().entries()) {
      boolean getsName = !entry.desired().isDeleted() && entry.live().isEmpty();
      if (getsName && world.plansPolicy()) {
        DatabaseFindings.unusualName(entry.desired()).ifPresent(draft::add);
      }
    }
  }
}
