package io.tokenform.plan;

import io.tokenform.access.Address;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.finding.Subject;
import java.util.Optional;

/** One thing that a plan does to a database. By itself it gives and takes no permission. */
public sealed interface DatabaseChange extends Change
    permits CreateDatabase, UpdateDatabase, RenameDatabase, DeleteDatabase {
  /** The database's name in the policy; for one that is renamed, the new one. */
  DatabaseName database();

  /** The settings as they are, of those that the policy sets; none for one that is not there. */
  DatabaseSettings before();

  /** The same settings with their new values; none for one that is deleted. */
  DatabaseSettings after();

  @Override
  boolean losesData();

  /** What becomes of the data that goes, as in {@code would be deleted with all its data}. */
  default String loss() {
    return "would keep its data for "
        + after().retention().orElseThrow().forPeople()
        + " instead of "
        + before().retention().orElseThrow().forPeople()
        + ", and what is older would be lost";
  }

  /** The name that there is a database of afterwards and was none before, if there is one. */
  default Optional<DatabaseName> appearing() {
    return Optional.empty();
  }

  /** The name that there is no database of any more, if there is one. */
  default Optional<DatabaseName> vanishing() {
    return Optional.empty();
  }

  /** The name that takes the place of the one that vanishes, where the data is still there. */
  default Optional<DatabaseName> successor() {
    return vanishing().isPresent() ? appearing() : Optional.empty();
  }

  @Override
  default Optional<DatabaseChange> ofDatabase() {
    return Optional.of(this);
  }

  @Override
  default String name() {
    return database().value();
  }

  @Override
  default Address address() {
    return Address.ofDatabase(database().value());
  }

  @Override
  default Optional<TokenId> liveId() {
    return Optional.empty();
  }

  @Override
  default Effect effect() {
    return Effect.NEUTRAL;
  }

  @Override
  default Subject subject() {
    return Subject.ofDatabase(database().value());
  }

  @Override
  default boolean isIrreversible() {
    return losesData();
  }

  @Override
  default boolean isAboutOldGeneration() {
    return false;
  }

  @Override
  default Permissions gained() {
    return Permissions.NONE;
  }

  @Override
  default Permissions lost() {
    return Permissions.NONE;
  }

  @Override
  default Permissions accessGained() {
    return Permissions.NONE;
  }

  @Override
  default Permissions accessLost() {
    return Permissions.NONE;
  }

  @Override
  default boolean losesAllAccess() {
    return false;
  }
}
