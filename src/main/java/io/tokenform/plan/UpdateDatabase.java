package io.tokenform.plan;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.cluster.DatabaseUpdate;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Location;
import java.util.List;
import java.util.Objects;

/**
 * Turns the settings of one live database into what the policy says, with one call.
 *
 * @param database its name
 * @param where the place of its name in the policy
 * @param before the settings that the policy states, as they are
 * @param after the same with their new values
 * @param steps the call
 */
public record UpdateDatabase(
    DatabaseName database,
    Location where,
    DatabaseSettings before,
    DatabaseSettings after,
    List<Step> steps)
    implements DatabaseChange {
  /**
   * @throws IllegalArgumentException if {@code before} and {@code after} are not about the same
   *     settings
   */
  public UpdateDatabase {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    steps = List.copyOf(steps);
    if (!before.areSameAs(after)) {
      throw new IllegalArgumentException(
          "a change has the old and the new value of each of its settings");
    }
  }

  /**
   * The update of a database of a cluster.
   *
   * @throws IllegalArgumentException as the constructor, and if nothing differs
   */
  public static UpdateDatabase of(
      Endpoints endpoints,
      DatabaseName database,
      Location where,
      DatabaseSettings before,
      DatabaseSettings after) {
    Step call = new Step.Call(endpoints.updateDatabase(database, difference(before, after)));
    return new UpdateDatabase(database, where, before, after, List.of(call));
  }

  /** The settings that differ, with their new values. */
  public DatabaseUpdate update() {
    return difference(before, after);
  }

  static DatabaseUpdate difference(DatabaseSettings before, DatabaseSettings after) {
    DatabaseSettings changed = after.differingFrom(before);
    return new DatabaseUpdate(
        changed.retention(),
        CreateDatabase.number(changed.maxTables()),
        CreateDatabase.number(changed.maxColumnsPerTable()));
  }

  @Override
  public Kind kind() {
    return Kind.UPDATE_DATABASE;
  }

  @Override
  public boolean losesData() {
    return after.loseDataBeside(before);
  }

  /** What loses data comes last: by then all else has been done, or the plan has stopped. */
  @Override
  public Wave wave() {
    return losesData() ? Wave.LOSSES : Wave.DATABASES;
  }
}
