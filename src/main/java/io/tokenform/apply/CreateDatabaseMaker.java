package io.tokenform.apply;

import io.tokenform.access.TokenId;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.finding.Location;
import io.tokenform.plan.CreateDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes databases that are not there. Nothing deletes one that may hold data by now. */
final class CreateDatabaseMaker implements ChangeMaker<CreateDatabase> {
  @Override
  public Class<CreateDatabase> type() {
    return CreateDatabase.class;
  }

  @Override
  public Optional<Drift> drift(CreateDatabase change, Listing live) {
    return SettledDatabases.has(live.databases(), change.database())
        ? Optional.of(
            new Drift.OfDatabase(
                change, live.databases().find(change.database()), isMade(change, live.databases())))
        : Optional.empty();
  }

  private static boolean isMade(CreateDatabase change, DatabaseListing live) {
    return SettledDatabases.is(
        live,
        change.database(),
        database ->
            change.after().hold(database)
                && (change.partitionTemplate().isEmpty()
                    || PartitionTemplate.areAlike(
                        change.partitionTemplate(), database.partitionTemplate())));
  }

  @Override
  public Outcome make(CreateDatabase change, Tools tools) {
    Optional<Outcome> obstacle =
        SettledDatabases.obstacle(
            change,
            change.database(),
            live -> !SettledDatabases.has(live, change.database()),
            tools);
    return obstacle.isPresent()
        ? obstacle.get()
        : SettledDatabases.send(
            change,
            change.database(),
            () -> {
              Database reply = tools.api().createDatabase(change.creation(), tools.attempts());
              return SettledDatabases.problem(
                  isMade(change, DatabaseListing.of(List.of(reply))),
                  live -> isMade(change, live),
                  tools);
            },
            live -> isMade(change, live),
            live -> !SettledDatabases.has(live, change.database()),
            tools);
  }

  @Override
  public boolean isUndone(CreateDatabase change, Listing live, Optional<TokenId> id) {
    return !SettledDatabases.has(live.databases(), change.database());
  }

  @Override
  public boolean isDone(CreateDatabase change, Listing live, Optional<TokenId> id) {
    return isMade(change, live.databases());
  }

  @Override
  public WayBack undoing(
      CreateDatabase change, Listing live, Optional<TokenId> id, Location where, Instant now) {
    return WayBack.NONE;
  }

  @Override
  public Optional<String> isFinal(CreateDatabase change) {
    return Optional.of(
        "a new database is not deleted by a rollback, since it may hold data; a policy with state:"
            + " deleted does it");
  }
}
