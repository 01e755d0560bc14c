package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.cluster.ApiException;
import io.tokenform.plan.Change;
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

  /**
   * Makes the change.
   *
   * @param holds whether the token is still as the plan found it
   */
  static Outcome change(Change change, TokenId id, Predicate<Token> holds, Work work, Tools tools) {
    try {
      if (tools.recheck() || change.isIrreversible()) {
        Token live = tools.api().getToken(id);
        if (!holds.test(live)) {
          return new Outcome.Drifted(change, live, false);
        }
      }
    } catch (ApiException e) {
      return e.wasTried()
          ? new Outcome.Failed(change, e.getMessage(), e.hint(), false, e.status())
          : new Outcome.NotAttempted(change);
    }
    try {
      work.on(new SettledCalls(tools.api(), tools.attempts()));
      return new Outcome.Applied(change, false);
    } catch (StepFailedException e) {
      return new Outcome.Failed(change, e.getMessage(), e.hint(), e.mayHaveHappened(), e.status());
    }
  }
}
