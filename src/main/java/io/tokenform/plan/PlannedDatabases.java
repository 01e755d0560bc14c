package io.tokenform.plan;

import io.tokenform.access.database.DatabaseName;
import java.util.List;

/**
 * The databases of the policy that a plan does not change.
 *
 * @param unchanged those that are as the policy says, by name
 * @param unselected those that the plan is not about, by name
 */
public record PlannedDatabases(List<DatabaseName> unchanged, List<DatabaseName> unselected) {
  /** Of a policy that says nothing of databases. */
  public static final PlannedDatabases NONE = new PlannedDatabases(List.of(), List.of());

  public PlannedDatabases {
    unchanged = List.copyOf(unchanged);
    unselected = List.copyOf(unselected);
  }

  public boolean isEmpty() {
    return unchanged.isEmpty() && unselected.isEmpty();
  }
}
