package io.tokenform.policy.database;

import io.tokenform.finding.Located;
import java.util.Objects;
import java.util.Optional;

/**
 * A database of one file of a policy.
 *
 * @param name its key
 * @param database what is said of it, unless that could not be read
 */
public record DatabaseEntry(Located<String> name, Optional<DesiredDatabase> database) {
  public DatabaseEntry {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(database, "database");
  }
}
