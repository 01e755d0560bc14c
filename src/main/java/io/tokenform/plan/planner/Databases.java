package io.tokenform.plan.planner;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.live.Live;
import io.tokenform.plan.Due;
import io.tokenform.plan.PlanOptions;
import io.tokenform.policy.Policy;
import io.tokenform.policy.database.DesiredDatabase;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The selected databases of the policy, each with what is live of it.
 *
 * @param entries those of which it is clear what is to be done, in the policy's order
 * @param renamed the new names of those that get one, by their old ones
 */
record Databases(List<Entry> entries, Map<String, DatabaseName> renamed) {
  /** Of a policy that says nothing of databases. */
  static final Databases NONE = new Databases(List.of(), Map.of());

  /**
   * A database of the policy.
   *
   * @param desired what the policy says
   * @param live the database of that name, where it is there
   * @param former the database of its former name, where that is there and is to be renamed
   */
  record Entry(DesiredDatabase desired, Optional<Database> live, Optional<Database> former) {
    boolean isRenamed() {
      return live.isEmpty() && former.isPresent();
    }
  }

  Databases {
    entries = List.copyOf(entries);
  }

  /**
   * Finds the databases of the policy.
   *
   * @param draft hears what cannot be planned, and of all databases that are not selected, whether
   *     they differ or not: nobody compares these
   */
  static Databases of(Policy policy, Live live, PlanOptions options, Draft draft) {
    Set<String> names = new HashSet<>(live.databases());
    List<Entry> entries = new ArrayList<>();
    Map<String, DatabaseName> renamed = new TreeMap<>();
    for (DesiredDatabase desired : policy.databases()) {
      if (!options.selection().includes(desired.name())) {
        draft.unselected(desired.name());
        continue;
      }
      Optional<Database> found = live.databaseListing().find(desired.name());
      boolean isThere = names.contains(desired.name().value());
      Optional<DatabaseName> formerName = desired.renamed().map(located -> located.value());
      boolean isFormerThere = formerName.isPresent() && names.contains(formerName.get().value());
      if (isThere && isFormerThere) {
        draft.add(DatabaseFindings.bothNames(desired));
      } else if (isThere && found.isEmpty()) {
        unknown(desired, desired.name(), live, draft);
      } else if (isFormerThere && live.databaseListing().find(formerName.get()).isEmpty()) {
        unknown(desired, formerName.get(), live, draft);
      } else {
        Entry entry =
            new Entry(
                desired,
                found,
                isThere ? Optional.empty() : formerName.flatMap(live.databaseListing()::find));
        entries.add(entry);
        if (entry.isRenamed() && options.due() != Due.ONLY) {
          renamed.put(formerName.get().value(), desired.name());
        }
      }
    }
    return new Databases(entries, renamed);
  }

  /** What is said of a database of which only the name is known. */
  private static void unknown(DesiredDatabase desired, DatabaseName name, Live live, Draft draft) {
    live.databaseListing()
        .findUnreadable(name)
        .ifPresentOrElse(
            unreadable -> draft.add(DatabaseFindings.unreadable(desired, unreadable)),
            () -> draft.add(DatabaseFindings.unknownSettings(desired, name)));
  }

  /**
   * What a token may do between the renames and its own change; absent where it gains nothing under
   * a new name.
   *
   * @param before what it may do now
   * @param after what it may do then; absent where that stays
   */
  Optional<Permissions> meanwhile(Permissions before, Optional<Permissions> after) {
    if (renamed.isEmpty() || after.isEmpty()) {
      return Optional.empty();
    }
    List<Permission> carried = new ArrayList<>();
    for (Permission permission : before) {
      DatabaseName name = renamed.get(permission.resource());
      if (name != null) {
        Permission same = new Permission(permission.action(), name.value());
        // By what is allowed: a permission on all databases may replace the one on the old name.
        if (after.get().allows(same) && !before.allows(same)) {
          carried.add(same);
        }
      }
    }
    return carried.isEmpty() && !getsNewName(before, after.get())
        ? Optional.empty()
        : Optional.of(before.union(Permissions.of(carried)));
  }

  /** The same permissions, those on databases that are renamed under their new names. */
  Permissions underNewNames(Permissions permissions) {
    return renamed.isEmpty()
        ? permissions
        : permissions.under(name -> renamed.containsKey(name) ? renamed.get(name).value() : name);
  }

  private boolean getsNewName(Permissions before, Permissions after) {
    for (Permission permission : after.minus(before)) {
      if (isNewName(permission.resource())) {
        return true;
      }
    }
    return false;
  }

  /** Whether a database gets that name with this plan. */
  boolean isNewName(String name) {
    for (DatabaseName each : renamed.values()) {
      if (each.value().equals(name)) {
        return true;
      }
    }
    return false;
  }
}
