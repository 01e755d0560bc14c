package io.tokenform.apply;

import io.tokenform.access.TokenId;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.finding.Location;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.plan.UpdateDatabase;
import java.time.Instant;
import java.util.Optional;

/** Changes settings of databases. Undone, they are as before; data that is gone stays away. */
final class UpdateDatabaseMaker implements ChangeMaker<UpdateDatabase> {
  @Override
  public Class<UpdateDatabase> type() {
    return UpdateDatabase.class;
  }

  @Override
  public Optional<Drift> drift(UpdateDatabase change, Listing live) {
    return has(change, live.databases(), change.before())
        ? Optional.empty()
        : Optional.of(
            new Drift.OfDatabase(
                change,
                live.databases().find(change.database()),
                has(change, live.databases(), change.after())));
  }

  private static boolean has(
      UpdateDatabase change, DatabaseListing live, DatabaseSettings settings) {
    return SettledDatabases.is(live, change.database(), settings::hold);
  }

  @Override
  public Outcome make(UpdateDatabase change, Tools tools) {
    Optional<Outcome> obstacle =
        SettledDatabases.obstacle(
            change, change.database(), live -> has(change, live, change.before()), tools);
    return obstacle.isPresent()
        ? obstacle.get()
        : SettledDatabases.send(
            change,
            change.database(),
            () -> {
              Database reply =
                  tools.api().updateDatabase(change.database(), change.update(), tools.attempts());
              return SettledDatabases.problem(
                  reply.name().equals(change.database()) && change.after().hold(reply));
            },
            live -> has(change, live, change.after()),
            live -> has(change, live, change.before()),
            tools);
  }

  @Override
  public boolean isUndone(UpdateDatabase change, Listing live, Optional<TokenId> id) {
    return has(change, live.databases(), change.before().differingFrom(change.after()));
  }

  @Override
  public boolean isDone(UpdateDatabase change, Listing live, Optional<TokenId> id) {
    return has(change, live.databases(), change.after().differingFrom(change.before()));
  }

  @Override
  public WayBack undoing(
      UpdateDatabase change, Listing live, Optional<TokenId> id, Location where, Instant now) {
    return live.databases().find(change.database()).isEmpty()
        ? WayBack.NONE
        : WayBack.of(
            Undoing.database(
                change.database(),
                where,
                change.before().differingFrom(change.after()),
                Optional.empty()));
  }
}
