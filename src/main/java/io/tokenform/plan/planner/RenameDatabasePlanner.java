package io.tokenform.plan.planner;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.plan.RenameDatabase;
import io.tokenform.policy.database.DesiredDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the live databases that the policy calls otherwise, and the tokens that use them. */
final class RenameDatabasePlanner implements ChangePlanner<RenameDatabase> {
  @Override
  public Class<RenameDatabase> type() {
    return RenameDatabase.class;
  }

  @Override
  public void plan(PlannedWorld world, Draft draft) {
    for (Databases.Entry entry : world.databases().entries()) {
      DesiredDatabase desired = entry.desired();
      if (!entry.isRenamed()) {
        continue;
      }
      if (!world.plansPolicy()) {
        draft.unselected(desired.name());
        continue;
      }
      Database live = entry.former().orElseThrow();
      DatabaseFindings.otherTemplate(desired, live).ifPresent(draft::add);
      DatabaseSettings after = CreateDatabasePlanner.settings(desired);
      if (after.loseDataBeside(after.asOf(live))) {
        // A rename is made early, and what loses data comes last.
        draft.add(DatabaseFindings.renamedAndShortened(desired, live));
        after = after.withoutRetention();
      }
      draft.add(
          RenameDatabase.of(
              world.endpoints(),
              live.name(),
              desired.name(),
              desired.where(),
              after.asOf(live),
              after,
              carried(world, live.name(), desired.name()),
              world.users(live.name())));
    }
  }

  /** The tokens of the policy that use a database and get access under its new name before. */
  private static List<RenameDatabase.Carried> carried(
      PlannedWorld world, DatabaseName from, DatabaseName to) {
    List<RenameDatabase.Carried> carried = new ArrayList<>();
    for (PlannedWorld.Entry entry : world.entries()) {
      Token live = entry.live();
      Optional<Permissions> meanwhile =
          world
              .databases()
              .meanwhile(live.permissions(), UpdatePlanner.permissions(entry.desired(), live));
      if (meanwhile.isPresent() && getsAccess(live.permissions(), meanwhile.get(), from, to)) {
        carried.add(
            new RenameDatabase.Carried(
                entry.desired().name(),
                live.id(),
                // In a rollback, it may be one.
                LiveDescription.parse(live.description()).has(Label.Retiring.class),
                live.permissions(),
                meanwhile.get()));
      }
    }
    for (Lineage lineage : world.lineages()) {
      for (Token old : UpdatePlanner.narrowed(lineage, world)) {
        Optional<Permissions> meanwhile =
            world
                .databases()
                .meanwhile(old.permissions(), Optional.of(UpdatePlanner.kept(lineage, old, world)));
        if (meanwhile.isPresent() && getsAccess(old.permissions(), meanwhile.get(), from, to)) {
          carried.add(
              new RenameDatabase.Carried(
                  lineage.desired().name(), old.id(), true, old.permissions(), meanwhile.get()));
        }
      }
    }
    carried.sort(RenameDatabasePlanner::byToken);
    return carried;
  }

  private static int byToken(RenameDatabase.Carried one, RenameDatabase.Carried other) {
    int byName = one.token().compareTo(other.token());
    return byName != 0 ? byName : one.id().compareTo(other.id());
  }

  private static boolean getsAccess(
      Permissions before, Permissions meanwhile, DatabaseName from, DatabaseName to) {
    for (Permission permission : meanwhile.minus(before)) {
      if (permission.resource().equals(to.value())
          && before.contains(new Permission(permission.action(), from.value()))) {
        return true;
      }
    }
    return false;
  }
}
