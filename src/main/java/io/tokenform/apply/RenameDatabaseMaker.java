package io.tokenform.apply;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
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
  private static final String CARRIED_SO_FAR =
      "tokens may have access under the new name already, and the database was not renamed";
  private static final String CARRIED =
      "its tokens have access under the new name, too, and the database was not renamed";
  private static final String RENAMED =
      "the database has its new name, and its settings are as before";

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
    List<Token> joined = live.otherUsers(change.from(), change.users());
    if (!joined.isEmpty()) {
      return Optional.of(
          new Drift.OfDatabase(change, live.databases().find(change.from()), false, joined));
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
    boolean isTouched = false;
    for (Carried carried : change.carried()) {
      Carrying carrying = carry(change, carried, tools);
      isTouched |= carrying.sent();
      if (carrying.failure().isPresent()) {
        return isTouched
            ? touched(carrying.failure().get(), CARRIED_SO_FAR)
            : carrying.failure().get();
      }
    }
    Outcome renamed =
        SettledDatabases.send(
            change,
            change.from(),
            () -> {
              Database reply =
                  tools.api().renameDatabase(change.from(), change.database(), tools.attempts());
              return SettledDatabases.problem(
                  reply.name().equals(change.database()),
                  live -> isRenamed(change, live, change.before()),
                  tools);
            },
            live -> isRenamed(change, live, change.before()),
            live -> isBefore(change, live),
            tools);
    if (renamed instanceof Outcome.Applied) {
      return change.update().isPresent() ? touched(update(change, tools), RENAMED) : renamed;
    }
    return isTouched ? touched(renamed, CARRIED) : renamed;
  }

  /**
   * What became of a change of which a part was made before: whatever its last call did, the
   * cluster is not as before.
   *
   * @param done what was made, in words
   */
  private static Outcome touched(Outcome outcome, String done) {
    if (outcome.mayHaveHappened()) {
      return outcome;
    }
    return new Outcome.Failed(
        outcome.change(),
        outcome.reason().map(why -> why + "; " + done).orElse("it was stopped half-way; " + done),
        outcome.hint().or(() -> Optional.of("run plan again: it shows what is left to do")),
        true,
        outcome.status());
  }

  /**
   * What became of giving a token its access under the new name.
   *
   * @param sent whether the token may have it by now through this change
   * @param failure what went wrong, if something did
   */
  private record Carrying(boolean sent, Optional<Outcome> failure) {}

  /** Gives a token its access under the new name. */
  private static Carrying carry(RenameDatabase change, Carried carried, Tools tools) {
    boolean sent = false;
    try {
      Token live = tools.api().getToken(carried.id());
      if (!live.id().equals(carried.id()) || !has(live, carried, true)) {
        return notCarried(
            false,
            new Outcome.Failed(
                change,
                "the token of \""
                    + carried.token()
                    + "\" has drifted since the plan was made;"
                    + " the database was not renamed",
                Optional.of("run plan again and review what it shows"),
                false,
                OptionalInt.empty()));
      }
      if (live.permissions().equals(carried.meanwhile())) {
        return new Carrying(false, Optional.empty());
      }
      if (tools.stop().isSet()) {
        return notCarried(false, new Outcome.NotAttempted(change));
      }
      new SettledCalls(tools.api(), tools.attempts()).update(carried.id(), carried.update());
      sent = true;
      if (!tools.api().getToken(carried.id()).permissions().equals(carried.meanwhile())) {
        // Without a look, a wrong answer would leave a user without the database.
        return notCarried(
            true,
            new Outcome.Failed(
                change,
                "the cluster does not show the access of \""
                    + carried.token()
                    + "\" under the new name; the database was not renamed",
                Optional.of("run plan again"),
                true,
                OptionalInt.empty()));
      }
      return new Carrying(true, Optional.empty());
    } catch (ApiException e) {
      return notCarried(sent, SettledDatabases.refused(change, e));
    } catch (StepFailedException e) {
      return notCarried(
          e.mayHaveHappened(),
          e.wasTried()
              ? new Outcome.Failed(
                  change, e.getMessage(), e.hint(), e.mayHaveHappened(), e.status())
              : new Outcome.NotAttempted(change));
    }
  }

  private static Carrying notCarried(boolean sent, Outcome failure) {
    return new Carrying(sent, Optional.of(failure));
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
          return SettledDatabases.problem(
              reply.name().equals(change.database()) && change.after().hold(reply));
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
                    live.token(carried.id()).filter(token -> isCarried(token, carried)).isEmpty());
  }

  /**
   * Whether a token is as this change left it, and nobody has touched it since: it has not had its
   * own change, and was not parked or given a successor.
   */
  private static boolean isCarried(Token token, Carried carried) {
    return !token.isRevoked()
        && token.permissions().equals(carried.meanwhile())
        && (carried.isOld()
            ? LiveDescription.parse(token.description()).has(Label.Retiring.class)
            : LiveDescription.parse(token.description()).label().isEmpty());
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
      // What its own change made of it is undone with that, and what people made of it stays.
      if (live.token(carried.id()).filter(token -> isCarried(token, carried)).isPresent()) {
        tokens.add(
            UnwrittenPolicy.token(
                carried.isOld() ? new TokenName(carried.id().toString()) : carried.token(),
                carried.id(),
                where,
                Optional.empty(),
                Optional.of(carried.before())));
      }
    }
    boolean isRenamed = SettledDatabases.has(live.databases(), change.database());
    if (SettledDatabases.has(live.databases(), change.from()) == isRenamed) {
      return WayBack.NONE;
    }
    DatabaseSettings settings = change.before().differingFrom(change.after());
    boolean wouldLose = isRenamed && settings.loseDataBeside(change.after());
    return new WayBack(
        tokens,
        Optional.of(
            Undoing.database(
                change.from(),
                where,
                wouldLose ? settings.withoutRetention() : settings,
                Optional.of(change.database()))),
        wouldLose
            ? Optional.of(
                "the retention stays "
                    + change.after().retention().orElseThrow().text()
                    + ": a database is not renamed and made to lose data in the same plan; shorten"
                    + " it afterwards")
            : Optional.empty());
  }
}
