package io.tokenform.plan;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.cluster.DatabaseCreation;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes a database that is not there.
 *
 * @param database its name
 * @param where the place of its name in the policy
 * @param after the settings that the policy states; the others the cluster chooses
 * @param partitionTemplate how its data is divided, for good; absent for the cluster's own way
 * @param steps the call
 */
public record CreateDatabase(
    DatabaseName database,
    Location where,
    DatabaseSettings after,
    Optional<PartitionTemplate> partitionTemplate,
    List<Step> steps)
    implements DatabaseChange {
  public CreateDatabase {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(partitionTemplate, "partitionTemplate");
    steps = List.copyOf(steps);
  }

  /** The creation of a database of a cluster. */
  public static CreateDatabase of(
      Endpoints endpoints,
      DatabaseName database,
      Location where,
      DatabaseSettings after,
      Optional<PartitionTemplate> partitionTemplate) {
    Step call =
        new Step.Call(endpoints.createDatabase(creation(database, after, partitionTemplate)));
    return new CreateDatabase(database, where, after, partitionTemplate, List.of(call));
  }

  /** What is sent. */
  public DatabaseCreation creation() {
    return creation(database, after, partitionTemplate);
  }

  private static DatabaseCreation creation(
      DatabaseName database, DatabaseSettings after, Optional<PartitionTemplate> template) {
    return new DatabaseCreation(
        database,
        after.retention(),
        number(after.maxTables()),
        number(after.maxColumnsPerTable()),
        template);
  }

  static OptionalInt number(Optional<Integer> value) {
    return value.isPresent() ? OptionalInt.of(value.get()) : OptionalInt.empty();
  }

  @Override
  public Kind kind() {
    return Kind.CREATE_DATABASE;
  }

  @Override
  public DatabaseSettings before() {
    return DatabaseSettings.NONE;
  }

  @Override
  public Optional<DatabaseName> appearing() {
    return Optional.of(database);
  }

  @Override
  public boolean losesData() {
    return false;
  }

  @Override
  public Wave wave() {
    return Wave.DATABASES;
  }
}
