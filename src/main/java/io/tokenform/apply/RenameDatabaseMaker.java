package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.cluster.ApiException;
import io.tokenform.finding.Location;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.plan.RenameDatabase;
import io.tokenform.plan.RenameDatabase.Carried;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.UnwrittenPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Renames databases: first its tokens get access under the new name, so that nobody is without it
 * at any moment, whoever dies when. Undone, it is renamed back in the same way.
 */
final class RenameDatabaseMaker implements ChangeMaker<RenameDatabase> {
  @Override
  public Class<RenameDatabase> type() {
    return RenameDatabase.class;
  }

  @Override
  public Optional<Drift> drift(RenameDatabase change, Listing live) {
    if (!isBefore(change, live.databases())) {
      return Optional.of(
          new Drift.OfDatabase(
              change, live.databases().find(change.from()), isDone(change, live.databases())));
    }
    for (Carried carried : change.carried()) {
      Optional<Token> token = live.token(carried.id());
      if (token.filter(found -> has(found, carried, false)).isEmpty()) {
        // The token has a change of its own, which tells in what it has drifted.
        return Optional.of(
            new Drift.OfDatabase(change, live.databases().find(change.from()), false));
      }
    }
    return Optional.empty();
  }

  private static boolean has(Token token, Carried carried, boolean orMeanwhile) {
    return !token.isRevoked()
        && (token.permissions().equals(carried.before())
            || (orMeanwhile && token.permissions().equals(carried.meanwhile())));
  }

  private static boolean isBefore(RenameDatabase change, DatabaseListing live) {
    return SettledDatabases.is(live, change.from(), change.before()::hold)
        && !SettledDatabases.has(live, change.database());
  }

  private static boolean isDone(RenameDatabase change, DatabaseListing live) {
    return isRenamed(change, live, change.after());
  }

  private static boolean isRenamed(
      RenameDatabase change, DatabaseListing live, DatabaseSettings settings) {
    return SettledDatabases.is(live, change.database(), settings::hold)
        && !SettledDatabases.has(live, change.from());
  }

  @Override
  public Outcome make(RenameDatabase change, Tools tools) {
    Optional<Outcome> obstacle =
        SettledDatabases.obstacle(change, change.from(), live -> isBefore(change, live), tools);
    if (obstacle.isPresent()) {
      return obstacle.get();
    }
    for (Carried carried : change.carried()) {
      Optional<Outcome> failure = carry(change, carried, tools);
      if (failure.isPresent()) {
        return failure.get();
      }
    }
    Outcome renamed =
        SettledDatabases.send(
            change,
            change.from(),
            () -> {
              Database reply =
                  tools.api().renameDatabase(change.from(), change.database(), tools.attempts());
              return reply.name().equals(change.database()) && isShown(change, tools);
            },
            live -> isRenamed(change, live, change.before()),
            live -> isBefore(change, live),
            tools);
    return change.update().isPresent() && renamed instanceof Outcome.Applied
        ? update(change, tools)
        : renamed;
  }

  /**
   * Whether a listing shows the new name. The old one is taken from the users next, so an answer
   * alone is not enough.
   */
  private static boolean isShown(RenameDatabase change, Tools tools) {
    try {
      return isRenamed(change, tools.api().listDatabases(), change.before());
    } catch (ApiException e) {
      // It is asked again, and then nobody knows.
      return false;
    }
  }

  /** Gives a token its access under the new name; what went wrong, if something did. */
  private static Optional<Outcome> carry(RenameDatabase change, Carried carried, Tools tools) {
    try {
      Token live = tools.api().getToken(carried.id());
      if (!live.id().equals(carried.id()) || !has(live, carried, true)) {
        return Optional.of(
            new Outcome.Failed(
                change,
                "the token of \""
                    + carried.token()
                    + "\" has drifted since the plan was made;"
                    + " the database was not renamed",
                Optional.of("run plan again and review what it shows"),
                true,
                OptionalInt.empty()));
      }
      if (!live.permissions().equals(carried.meanwhile())) {
        new SettledCalls(tools.api(), tools.attempts()).update(carried.id(), carried.update());
        if (!tools.api().getToken(carried.id()).permissions().equals(carried.meanwhile())) {
          // Without a look, a wrong answer would leave a user without the database.
          return Optional.of(
              new Outcome.Failed(
                  change,
                  "the cluster does not show the access of \""
                      + carried.token()
                      + "\" under the new name; the database was not renamed",
                  Optional.of("run plan again"),
                  true,
                  OptionalInt.empty()));
        }
      }
      return Optional.empty();
    } catch (ApiException e) {
      return Optional.of(
          e.wasTried()
              ? new Outcome.Failed(change, e.getMessage(), e.hint(), true, e.status())
              : new Outcome.NotAttempted(change));
    } catch (StepFailedException e) {
      return Optional.of(new Outcome.Failed(change, e.getMessage(), e.hint(), true, e.status()));
    }
  }

  private static Outcome update(RenameDatabase change, Tools tools) {
    return SettledDatabases.send(
        change,
        change.database(),
        () -> {
          Database reply =
              tools
                  .api()
                  .updateDatabase(
                      change.database(), change.update().orElseThrow(), tools.attempts());
          return reply.name().equals(change.database()) && change.after().hold(reply);
        },
        live -> isDone(change, live),
        live -> isRenamed(change, live, change.before()),
        tools);
  }

  @Override
  public boolean isUndone(RenameDatabase change, Listing live, Optional<TokenId> id) {
    return isBefore(change, live.databases())
        && change.carried().stream()
            .allMatch(
                carried ->
                    live.token(carried.id())
                        .filter(token -> token.permissions().equals(carried.meanwhile()))
                        .isEmpty());
  }

  /** A rename that did not come to its end is one of an apply, too. */
  @Override
  public boolean isDone(RenameDatabase change, Listing live, Optional<TokenId> id) {
    DatabaseListing databases = live.databases();
    return isDone(change, databases)
        || isRenamed(change, databases, change.before())
        || isBefore(change, databases);
  }

  @Override
  public WayBack undoing(
      RenameDatabase change, Listing live, Optional<TokenId> id, Location where, Instant now) {
    List<DesiredToken> tokens = new ArrayList<>();
    for (Carried carried : change.carried()) {
      if (live.token(carried.id()).filter(token -> !token.isRevoked()).isPresent()) {
        tokens.add(
            UnwrittenPolicy.token(
                carried.token(),
                carried.id(),
                where,
                Optional.empty(),
                Optional.of(carried.before())));
      }
    }
    return SettledDatabases.has(live.databases(), change.from())
            == SettledDatabases.has(live.databases(), change.database())
        ? WayBack.NONE
        : new WayBack(
            tokens,
            Optional.of(
                Undoing.database(
                    change.from(),
                    where,
                    change.before().differingFrom(change.after()),
                    Optional.of(change.database()))));
  }
}
