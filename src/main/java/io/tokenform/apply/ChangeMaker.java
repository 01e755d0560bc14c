package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.plan.Change;
import io.tokenform.plan.ManagedFields;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Makes one change: sends it, holds the answer against what was asked for, and where the answer was
 * lost asks the cluster what became of it.
 */
final class ChangeMaker {
  private final ManagementApi api;
  private final boolean recheck;

  ChangeMaker(ManagementApi api, boolean recheck) {
    this.api = api;
    this.recheck = recheck;
  }

  Outcome make(Change change, AttemptListener attempts) {
    if (recheck) {
      Optional<Outcome> obstacle = obstacle(change);
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
    }
    try {
      Token reply = api.updateToken(change.id(), change.update(), attempts);
      return mismatch(change, reply)
          .<Outcome>map(why -> answeredWrongly(change, why))
          .orElseGet(() -> new Outcome.Applied(change, false));
    } catch (ApiException e) {
      return e.mayHaveHappened() ? settle(change, e) : refused(change, e);
    }
  }

  /** What stands against making the change, seen just before it. */
  private Optional<Outcome> obstacle(Change change) {
    try {
      Token live = api.getToken(change.id());
      return DriftCheck.holds(change.before(), live)
          ? Optional.empty()
          : Optional.of(new Outcome.Drifted(change, live, false));
    } catch (ApiException e) {
      return Optional.of(refused(change, e));
    }
  }

  private static Outcome refused(Change change, ApiException e) {
    return e.wasTried()
        ? new Outcome.Failed(change, e.getMessage(), e.hint(), false, e.status())
        : new Outcome.NotAttempted(change);
  }

  private static Outcome answeredWrongly(Change change, String why) {
    return new Outcome.Failed(
        change, why, Optional.of("run plan again"), true, OptionalInt.empty());
  }

  /** Finds out what became of a change whose answer was lost. */
  private Outcome settle(Change change, ApiException lost) {
    Token live;
    try {
      live = api.getToken(change.id());
    } catch (ApiException e) {
      return new Outcome.Unknown(
          change,
          lost.getMessage() + "; the change may have been made all the same: " + e.getMessage(),
          e.status());
    }
    if (DriftCheck.holds(change.after(), live)) {
      return new Outcome.Applied(change, true);
    }
    if (DriftCheck.holds(change.before(), live)) {
      return new Outcome.Failed(
          change,
          lost.getMessage() + "; the token was found as before",
          lost.hint(),
          // It may still be on its way.
          true,
          lost.status());
    }
    return new Outcome.Drifted(change, live, true);
  }

  /** How the cluster's answer differs from what was asked for, if it does. */
  private static Optional<String> mismatch(Change change, Token reply) {
    if (!reply.id().equals(change.id())) {
      return Optional.of("the cluster answered with another token, " + reply.id());
    }
    if (reply.isRevoked()) {
      return Optional.of("the answer shows a token that is revoked");
    }
    ManagedFields now = change.after().asOf(reply);
    if (!now.description().equals(change.after().description())) {
      return Optional.of("the answer shows another description than was sent");
    }
    if (!now.permissions().equals(change.after().permissions())) {
      return Optional.of("the answer shows other permissions than were sent");
    }
    return Optional.empty();
  }
}
