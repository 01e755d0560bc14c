package io.tokenform.access.database;

import java.util.Objects;
import java.util.Optional;

/**
 * A database, as the cluster reports it.
 *
 * @param name its key on the cluster
 * @param retention how long it keeps its data
 * @param maxTables how many tables it may have, at least 1
 * @param maxColumnsPerTable how many columns each of them may have, at least 1
 * @param partitionTemplate how its data is partitioned; absent for the cluster's own way, by day
 */
public record Database(
    DatabaseName name,
    Retention retention,
    int maxTables,
    int maxColumnsPerTable,
    Optional<PartitionTemplate> partitionTemplate) {
  /**
   * @throws IllegalArgumentException if a limit is less than 1
   */
  public Database {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(retention, "retention");
    Objects.requireNonNull(partitionTemplate, "partitionTemplate");
    if (maxTables < 1) {
      throw new IllegalArgumentException("maxTables must be at least 1, not " + maxTables);
    }
    if (maxColumnsPerTable < 1) {
      throw new IllegalArgumentException(
          "maxColumnsPerTable must be at least 1, not " + maxColumnsPerTable);
    }
  }

  // Written out: what the compiler would put here costs milliseconds at its first use.
  @Override
  public boolean equals(Object other) {
    return other instanceof Database that
        && name.equals(that.name)
        && retention.equals(that.retention)
        && maxTables == that.maxTables
        && maxColumnsPerTable == that.maxColumnsPerTable
        && partitionTemplate.equals(that.partitionTemplate);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
