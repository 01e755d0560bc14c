package io.tokenform.apply;

import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.cluster.ApiException;
import io.tokenform.plan.DatabaseChange;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Calls about databases whose answers are not taken on trust: one that was lost, or does not show
 * what was asked for, is settled by a listing, which is all that the API has to look at one.
 */
final class SettledDatabases {
  static final int NOT_FOUND = 404;

  private static final String OTHER = "the answer shows something other than what was asked for";

  /** Before each look at the listing. */
  private static final List<Duration> PAUSES =
      List.of(Duration.ZERO, Duration.ofMillis(200), Duration.ofMillis(800));

  private SettledDatabases() {}

  /** What the cluster answers to one call. */
  @FunctionalInterface
  interface Call {
    /** Sends it, and answers what is wrong with the answer, if something is. */
    Optional<String> send() throws ApiException;
  }

  /**
   * Sends a call and settles it.
   *
   * @param about which database is looked at afterwards
   * @param isDone whether a listing shows what was asked for
   * @param isBefore whether a listing shows all as it was before
   */
  static Outcome send(
      DatabaseChange change,
      DatabaseName about,
      Call call,
      Predicate<DatabaseListing> isDone,
      Predicate<DatabaseListing> isBefore,
      Tools tools) {
    String why;
    Optional<String> hint;
    OptionalInt status;
    boolean isGone = false;
    try {
      Optional<String> problem = call.send();
      if (problem.isEmpty()) {
        return new Outcome.Applied(change, false);
      }
      why = problem.get();
      hint = Optional.of("run plan again");
      status = OptionalInt.empty();
    } catch (ApiException e) {
      isGone = e.status().orElse(0) == NOT_FOUND;
      if (!e.mayHaveHappened() && !isGone) {
        return refused(change, e);
      }
      why = e.getMessage();
      hint = e.hint();
      status = e.status();
    }
    DatabaseListing live;
    try {
      live = tools.api().listDatabases();
    } catch (ApiException e) {
      return new Outcome.Unknown(
          change, why + "; the change may still have been made: " + e.getMessage(), e.status());
    }
    if (isDone.test(live)) {
      return new Outcome.Applied(change, true);
    }
    if (isBefore.test(live)) {
      // It may still be on its way.
      return new Outcome.Failed(
          change, why + "; the database was found as before", hint, !isGone, status);
    }
    return new Outcome.DatabaseDrifted(change, live.find(about), true);
  }

  /**
   * What is wrong with an answer, if something is: it, or what a listing shows after it. What comes
   * next rests on these changes, and there are so few that a listing for each costs nothing. One
   * that lags behind is given a second.
   *
   * @param isRight whether the answer shows what was asked for
   */
  static Optional<String> problem(boolean isRight, Predicate<DatabaseListing> isDone, Tools tools) {
    if (!isRight) {
      return Optional.of(OTHER);
    }
    try {
      for (Duration pause : PAUSES) {
        Thread.sleep(pause.toMillis());
        if (isDone.test(tools.api().listDatabases())) {
          return Optional.empty();
        }
      }
    } catch (ApiException e) {
      // The listing is repeated; if it fails again, the outcome is unknown.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return Optional.of("the answer says that it was done, and the listing does not show it");
  }

  /** The same of a call of which the answer alone tells. */
  static Optional<String> problem(boolean isRight) {
    return isRight ? Optional.empty() : Optional.of(OTHER);
  }

  static Outcome refused(DatabaseChange change, ApiException e) {
    return e.wasTried()
        ? new Outcome.Failed(change, e.getMessage(), e.hint(), false, e.status())
        : new Outcome.NotAttempted(change);
  }

  /**
   * What stands against making a change, seen just before it; nothing where nobody looks. A change
   * that loses data is always preceded by a look.
   *
   * @param about which database is looked at
   */
  static Optional<Outcome> obstacle(
      DatabaseChange change, DatabaseName about, Predicate<DatabaseListing> isBefore, Tools tools) {
    if (!tools.recheck() && !change.isIrreversible()) {
      return Optional.empty();
    }
    try {
      DatabaseListing live = tools.api().listDatabases();
      return isBefore.test(live)
          ? Optional.empty()
          : Optional.of(new Outcome.DatabaseDrifted(change, live.find(about), false));
    } catch (ApiException e) {
      return Optional.of(refused(change, e));
    }
  }

  /** Whether there is a database of that name, readable or not. */
  static boolean has(DatabaseListing live, DatabaseName name) {
    return live.names().contains(name.value());
  }

  /** Whether the database of that name is there and is such. */
  static boolean is(DatabaseListing live, DatabaseName name, Predicate<Database> such) {
    return live.find(name).filter(such).isPresent();
  }
}
