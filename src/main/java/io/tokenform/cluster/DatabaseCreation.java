package io.tokenform.cluster;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A database to be made. What is absent is not sent, so that the cluster's own default holds: its
 * description and its prose name different ones (Management API, POST databases).
 *
 * @param maxTables from 1
 * @param maxColumnsPerTable from 1
 * @param partitionTemplate fixed from then on
 */
public record DatabaseCreation(
    DatabaseName name,
    Optional<Retention> retention,
    OptionalInt maxTables,
    OptionalInt maxColumnsPerTable,
    Optional<PartitionTemplate> partitionTemplate) {
  /**
   * @throws IllegalArgumentException if a limit is less than 1
   */
  public DatabaseCreation {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(retention, "retention");
    Objects.requireNonNull(partitionTemplate, "partitionTemplate");
    DatabaseUpdate.check("maxTables", maxTables);
    DatabaseUpdate.check("maxColumnsPerTable", maxColumnsPerTable);
  }

  /** A database of which the cluster decides everything but the name. */
  public static DatabaseCreation of(DatabaseName name) {
    return new DatabaseCreation(
        name, Optional.empty(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
  }
}
