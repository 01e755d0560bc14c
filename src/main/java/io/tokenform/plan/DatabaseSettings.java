package io.tokenform.plan;

import io.tokenform.access.database.Database;
import io.tokenform.access.database.Retention;
import java.util.Objects;
import java.util.Optional;

/**
 * The settings of a database that the policy sets, with their values at one moment; an absent one
 * the policy leaves alone.
 *
 * @param retention how long its data is kept
 * @param maxTables how many tables it may have, from 1
 * @param maxColumnsPerTable how many columns each of them may have, from 1
 */
public record DatabaseSettings(
    Optional<Retention> retention,
    Optional<Integer> maxTables,
    Optional<Integer> maxColumnsPerTable) {
  public static final DatabaseSettings NONE =
      new DatabaseSettings(Optional.empty(), Optional.empty(), Optional.empty());

  public DatabaseSettings {
    Objects.requireNonNull(retention, "retention");
    Objects.requireNonNull(maxTables, "maxTables");
    Objects.requireNonNull(maxColumnsPerTable, "maxColumnsPerTable");
  }

  /** All settings of a live database. */
  public static DatabaseSettings of(Database database) {
    return new DatabaseSettings(
        Optional.of(database.retention()),
        Optional.of(database.maxTables()),
        Optional.of(database.maxColumnsPerTable()));
  }

  public boolean isEmpty() {
    return retention.isEmpty() && maxTables.isEmpty() && maxColumnsPerTable.isEmpty();
  }

  /** The same settings as these have values for, as a live database has them. */
  public DatabaseSettings asOf(Database database) {
    return new DatabaseSettings(
        retention.map(value -> database.retention()),
        maxTables.map(value -> database.maxTables()),
        maxColumnsPerTable.map(value -> database.maxColumnsPerTable()));
  }

  /** Whether a live database has these values. */
  public boolean hold(Database database) {
    return equals(asOf(database));
  }

  /** Those of these settings that have another value there, or none. */
  public DatabaseSettings differingFrom(DatabaseSettings other) {
    return new DatabaseSettings(
        retention.filter(value -> !other.retention.equals(retention)),
        maxTables.filter(value -> !other.maxTables.equals(maxTables)),
        maxColumnsPerTable.filter(value -> !other.maxColumnsPerTable.equals(maxColumnsPerTable)));
  }

  /** Whether both have values for the same settings. */
  boolean areSameAs(DatabaseSettings other) {
    return retention.isPresent() == other.retention.isPresent()
        && maxTables.isPresent() == other.maxTables.isPresent()
        && maxColumnsPerTable.isPresent() == other.maxColumnsPerTable.isPresent();
  }

  /** The same settings, where the retention is left alone. */
  public DatabaseSettings withoutRetention() {
    return new DatabaseSettings(Optional.empty(), maxTables, maxColumnsPerTable);
  }

  /** Whether data would go that those settings keep. */
  public boolean loseDataBeside(DatabaseSettings before) {
    return retention.isPresent()
        && before.retention.filter(value -> retention.get().isShorterThan(value)).isPresent();
  }
}
