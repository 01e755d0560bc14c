package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.cluster.ApiException;
import io.tokenform.plan.TokenChange;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;

/**
 * Changes of a single token that is there: a look first where that is wanted, and then the calls.
 */
final class OldToken {
  private OldToken() {}

  /** The calls of a change. */
  @FunctionalInterface
  interface Work {
    void on(SettledCalls calls) throws StepFailedException;
  }

  /** The outcome where a look at a token, before anything was sent, shows another one. */
  static Outcome foreign(TokenChange change, TokenId other) {
    return new Outcome.Failed(
        change,
        "asked about the token, the cluster answered with another one, "
            + other
            + "; the change was not sent",
        Optional.of("find out what stands between here and the cluster"),
        false,
        OptionalInt.empty());
  }

  /**
   * Makes the change.
   *
   * @param holds whether the token is still as the plan found it
   */
  static Outcome change(
      TokenChange change, TokenId id, Predicate<Token> holds, Work work, Tools tools) {
    return change(change, id, false, holds, work, tools);
  }

  /**
   * The same.
   *
   * @param mayBeUnreadable whether the change is right for a token that cannot be read, too
   */
  static Outcome change(
      TokenChange change,
      TokenId id,
      boolean mayBeUnreadable,
      Predicate<Token> holds,
      Work work,
      Tools tools) {
    try {
      if (tools.recheck() || change.isIrreversible()) {
        Token live = tools.api().getToken(id);
        if (!live.id().equals(id)) {
          return foreign(change, live.id());
        }
        if (!holds.test(live)) {
          return new Outcome.Drifted(change, live, false);
        }
      }
    } catch (ApiException e) {
      if (!mayBeUnreadable || !e.isUnpromised()) {
        return e.wasTried()
            ? new Outcome.Failed(change, e.getMessage(), e.hint(), false, e.status())
            : new Outcome.NotAttempted(change);
      }
    }
    try {
      work.on(new SettledCalls(tools.api(), tools.attempts()));
      return new Outcome.Applied(change, false);
    } catch (StepFailedException e) {
      return new Outcome.Failed(change, e.getMessage(), e.hint(), e.mayHaveHappened(), e.status());
    }
  }
}
