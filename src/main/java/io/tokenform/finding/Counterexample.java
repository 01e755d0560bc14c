package io.tokenform.finding;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import java.util.List;
import java.util.Objects;

/**
 * The access by which one sees that an expectation fails.
 *
 * @param isAble whether the token has it and must not; or lacks it and must have it
 * @param action what it can or cannot do
 * @param databases with which databases, {@code *} for the permission on all of them; none for any
 *     database at all
 */
public record Counterexample(boolean isAble, Action action, List<String> databases) {
  public Counterexample {
    Objects.requireNonNull(action, "action");
    databases = List.copyOf(databases);
  }

  /** Its first database, or {@code *} for any. */
  public String database() {
    return databases.isEmpty() ? Permission.ALL_DATABASES : databases.get(0);
  }

  /**
   * Whether a change between these permissions makes it: it gives some access that must not be, or
   * takes some that must be. Without such a change the expectation would not fail by this access;
   * without any other one it would.
   */
  public boolean comesFrom(Permissions before, Permissions after) {
    Permissions having = isAble ? after : before;
    Permissions lacking = isAble ? before : after;
    return databases.isEmpty()
        ? hasAction(having) && !hasAction(lacking)
        : databases.stream()
            .map(database -> new Permission(action, database))
            .anyMatch(access -> having.allows(access) && !lacking.allows(access));
  }

  private boolean hasAction(Permissions permissions) {
    return permissions.stream().anyMatch(permission -> permission.action().equals(action));
  }
}
