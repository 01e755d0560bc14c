package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.finding.Location;
import io.tokenform.plan.DeleteDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deletes databases. There is no way back. */
final class DeleteDatabaseMaker implements ChangeMaker<DeleteDatabase> {
  @Override
  public Class<DeleteDatabase> type() {
    return DeleteDatabase.class;
  }

  @Override
  public Optional<Drift> drift(DeleteDatabase change, Listing live) {
    List<Token> joined = live.otherUsers(change.database(), change.users());
    return isAsBefore(change, live.databases()) && joined.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Drift.OfDatabase(
                change,
                live.databases().find(change.database()),
                !SettledDatabases.has(live.databases(), change.database()),
                joined));
  }

  private static boolean isAsBefore(DeleteDatabase change, DatabaseListing live) {
    return SettledDatabases.is(live, change.database(), change.before()::hold);
  }

  @Override
  public Outcome make(DeleteDatabase change, Tools tools) {
    Optional<Outcome> obstacle =
        SettledDatabases.obstacle(
            change, change.database(), live -> isAsBefore(change, live), tools);
    return obstacle.isPresent()
        ? obstacle.get()
        : SettledDatabases.send(
            change,
            change.database(),
            () -> {
              tools.api().deleteDatabase(change.database(), tools.attempts());
              return SettledDatabases.problem(
                  true, live -> !SettledDatabases.has(live, change.database()), tools);
            },
            live -> !SettledDatabases.has(live, change.database()),
            live -> isAsBefore(change, live),
            tools);
  }

  @Override
  public boolean isUndone(DeleteDatabase change, Listing live, Optional<TokenId> id) {
    return SettledDatabases.has(live.databases(), change.database());
  }

  @Override
  public boolean isDone(DeleteDatabase change, Listing live, Optional<TokenId> id) {
    return !SettledDatabases.has(live.databases(), change.database());
  }

  @Override
  public WayBack undoing(
      DeleteDatabase change, Listing live, Optional<TokenId> id, Location where, Instant now) {
    return WayBack.NONE;
  }

  @Override
  public Optional<String> isFinal(DeleteDatabase change) {
    return Optional.of(
        "tokenform cannot undo the deletion of a database; tokens get no permission on it back");
  }
}
