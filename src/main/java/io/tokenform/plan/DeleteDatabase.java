package io.tokenform.plan;

import io.tokenform.access.TokenId;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Deletes a live database with all its data.
 *
 * @param database its name
 * @param where the place in the policy that asks for it
 * @param before its settings
 * @param users the working tokens with a permission on it when this was planned, by id: one that
 *     has joined since says that somebody needs it
 * @param steps the call
 */
public record DeleteDatabase(
    DatabaseName database,
    Location where,
    DatabaseSettings before,
    List<TokenId> users,
    List<Step> steps)
    implements DatabaseChange {
  public DeleteDatabase {
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(before, "before");
    users = List.copyOf(users);
    steps = List.copyOf(steps);
  }

  /** The deletion of a database of a cluster. */
  public static DeleteDatabase of(
      Endpoints endpoints,
      DatabaseName database,
      Location where,
      DatabaseSettings before,
      List<TokenId> users) {
    return new DeleteDatabase(
        database, where, before, users, List.of(new Step.Call(endpoints.deleteDatabase(database))));
  }

  @Override
  public Kind kind() {
    return Kind.DELETE_DATABASE;
  }

  @Override
  public DatabaseSettings after() {
    return DatabaseSettings.NONE;
  }

  @Override
  public Optional<DatabaseName> vanishing() {
    return Optional.of(database);
  }

  @Override
  public boolean losesData() {
    return true;
  }

  @Override
  public String loss() {
    return "would be deleted with all its data";
  }

  @Override
  public Wave wave() {
    return Wave.LOSSES;
  }
}
