package io.tokenform.cluster;

import io.tokenform.access.database.Retention;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What to change of a database. An absent field stays as it is, and is not sent (Management API,
 * PATCH databases).
 *
 * @param maxTables from 1
 * @param maxColumnsPerTable from 1
 */
public record DatabaseUpdate(
    Optional<Retention> retention, OptionalInt maxTables, OptionalInt maxColumnsPerTable) {
  /**
   * @throws IllegalArgumentException if nothing would change, which the API refuses, or a limit is
   *     less than 1
   */
  public DatabaseUpdate {
    Objects.requireNonNull(retention, "retention");
    check("maxTables", maxTables);
    check("maxColumnsPerTable", maxColumnsPerTable);
    if (retention.isEmpty() && maxTables.isEmpty() && maxColumnsPerTable.isEmpty()) {
      throw new IllegalArgumentException("an update changes at least one field");
    }
  }

  static void check(String field, OptionalInt limit) {
    if (limit.isPresent() && limit.getAsInt() < 1) {
      throw new IllegalArgumentException(field + " must be at least 1, not " + limit.getAsInt());
    }
  }
}
