package io.tokenform.policy.database;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.policy.placement.Placement;
import java.util.Objects;
import java.util.Optional;

/**
 * What the policy says of one database. An absent setting is left as it is on the cluster, and is
 * the cluster's own choice where the database is created.
 *
 * @param name its key in the policy, which is its name on the cluster
 * @param where the place of that key
 * @param retention how long its data is kept
 * @param maxTables how many tables it may have, from 1
 * @param maxColumnsPerTable how many columns each of them may have, from 1
 * @param partitionTemplate how its data is divided; it counts when the database is created, and
 *     cannot be changed later
 * @param deleted the place of {@code state: deleted}; absent for a database that is to be there.
 *     Then nothing is said of its settings and of former names
 * @param renamed the name that it had before, which no other entry has
 * @param placement on which clusters of a fleet it is, where it says so; a database of a policy for
 *     one cluster is on it, and says nothing of others
 */
public record DesiredDatabase(
    DatabaseName name,
    Location where,
    Optional<Located<Retention>> retention,
    Optional<Located<Integer>> maxTables,
    Optional<Located<Integer>> maxColumnsPerTable,
    Optional<Located<PartitionTemplate>> partitionTemplate,
    Optional<Location> deleted,
    Optional<Located<DatabaseName>> renamed,
    Optional<Placement> placement) {
  public DesiredDatabase {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(retention, "retention");
    Objects.requireNonNull(maxTables, "maxTables");
    Objects.requireNonNull(maxColumnsPerTable, "maxColumnsPerTable");
    Objects.requireNonNull(partitionTemplate, "partitionTemplate");
    Objects.requireNonNull(deleted, "deleted");
    Objects.requireNonNull(renamed, "renamed");
    Objects.requireNonNull(placement, "placement");
  }

  /** One that only has to be there. */
  public static DesiredDatabase of(DatabaseName name, Location where) {
    return new DesiredDatabase(
        name,
        where,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Whether it is to be deleted. */
  public boolean isDeleted() {
    return deleted.isPresent();
  }

  /** The same as a cluster of a fleet has it, on which it is. */
  DesiredDatabase here() {
    return placement.isEmpty()
        ? this
        : new DesiredDatabase(
            name,
            where,
            retention,
            maxTables,
            maxColumnsPerTable,
            partitionTemplate,
            deleted,
            renamed,
            Optional.empty());
  }
}
