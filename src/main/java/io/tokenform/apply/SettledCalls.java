package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.plan.Predecessor;
import io.tokenform.plan.Succession;
import java.time.Instant;
import java.util.Optional;

/**
 * Calls whose answers are not taken on trust: one that was lost, or does not show what was asked
 * for, is settled by a look at the token.
 */
final class SettledCalls {
  static final String DESCRIPTION_HINT =
      "if it always changes descriptions so, write in the policy what it makes of this one";

  private static final int NOT_FOUND = 404;

  private final ManagementApi api;
  private final AttemptListener attempts;

  SettledCalls(ManagementApi api, AttemptListener attempts) {
    this.api = api;
    this.attempts = attempts;
  }

  /**
   * Changes a token; when this returns, the cluster shows what was asked for.
   *
   * @throws StepFailedException if it does not, or nobody knows
   */
  void update(TokenId id, TokenUpdate update) throws StepFailedException {
    StepFailedException problem;
    try {
      if (shows(api.updateToken(id, update, attempts), id, update)) {
        return;
      }
      problem =
          new StepFailedException(
              "the answer does not show what was asked for of " + id, "run plan again", 0, true);
    } catch (ApiException e) {
      problem = StepFailedException.of(e);
      if (!e.mayHaveHappened()) {
        throw problem;
      }
    }
    Token live;
    try {
      live = api.getToken(id);
    } catch (ApiException e) {
      throw problem;
    }
    if (shows(live, id, update)) {
      return;
    }
    Optional<String> wanted = update.description();
    TokenUpdate asNamed = new TokenUpdate(Optional.of(live.description()), update.permissions());
    if (wanted.isPresent() && shows(live, id, asNamed)) {
      throw StepFailedException.rewritten(
          otherDescription(wanted.get(), live.description()), DESCRIPTION_HINT);
    }
    throw problem;
  }

  /** What is wrong where a cluster makes something else of a description. */
  static String otherDescription(String wanted, String kept) {
    return "the cluster has the description "
        + Shown.beside(kept, wanted)
        + " and not "
        + Shown.beside(wanted, kept);
  }

  /**
   * Gives a predecessor its label, as it is now: somebody may have parked it, or given it a label,
   * since the plan was made.
   *
   * @throws StepFailedException if it has none afterwards, or nobody knows
   */
  void replace(Predecessor predecessor, Succession succession, Instant now)
      throws StepFailedException {
    Token live;
    try {
      live = api.getToken(predecessor.id());
    } catch (ApiException e) {
      if (e.status().orElse(0) == NOT_FOUND) {
        return;
      }
      throw StepFailedException.of(e);
    }
    if (!live.id().equals(predecessor.id())) {
      throw new StepFailedException(
          "the cluster answered with another token, " + live.id(), "run plan again", 0, false);
    }
    if (!Predecessor.isReplaced(live, succession)) {
      update(live.id(), Predecessor.of(live).replacedBy(succession, now));
    }
  }

  private static boolean shows(Token token, TokenId id, TokenUpdate update) {
    return token.id().equals(id)
        && !token.isRevoked()
        && update.description().filter(text -> !text.equals(token.description())).isEmpty()
        && update.permissions().filter(set -> !set.equals(token.permissions())).isEmpty();
  }

  /**
   * Revokes a token; when this returns, it is revoked, or the cluster no longer knows it.
   *
   * @throws StepFailedException if it is not, or nobody knows
   */
  void revoke(TokenId id) throws StepFailedException {
    StepFailedException problem = null;
    try {
      api.revokeToken(id, attempts);
    } catch (ApiException e) {
      if (e.status().orElse(0) == NOT_FOUND) {
        return;
      }
      problem = StepFailedException.of(e);
      if (!e.mayHaveHappened()) {
        throw problem;
      }
    }
    try {
      Token live = api.getToken(id);
      if (live.id().equals(id) && live.isRevoked()) {
        return;
      }
    } catch (ApiException e) {
      if (e.status().orElse(0) == NOT_FOUND) {
        return;
      }
      if (problem == null) {
        problem = StepFailedException.of(e);
      }
    }
    throw problem == null
        ? new StepFailedException(
            "the cluster answered that " + id + " is revoked, and still shows it as working",
            "run plan again",
            0,
            true)
        : problem;
  }
}
