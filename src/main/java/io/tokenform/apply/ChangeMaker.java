package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.finding.Location;
import io.tokenform.plan.Change;
import io.tokenform.plan.Parts;
import io.tokenform.policy.DesiredToken;
import java.util.Optional;

/**
 * Makes changes of one kind, and knows the way back from them.
 *
 * @param <C> the kind
 */
interface ChangeMaker<C extends Change> extends Parts.Part<C> {
  /**
   * Whether live is still as the change found it.
   *
   * @param live the change's token; absent where the cluster does not have it
   */
  boolean holds(C change, Optional<Token> live);

  /**
   * Sends a change, holds the answer against what was asked for, and where the answer was lost asks
   * the cluster what became of it.
   *
   * @param recheck whether to look first, and send nothing if the change no longer {@link #holds}
   */
  Outcome make(C change, ManagementApi api, boolean recheck, AttemptListener attempts);

  /** Whether live is already as the change wants it, in all that the policy says. */
  boolean isAsWanted(C change, Optional<Token> live);

  /** Whether live is as it was before the change, in all that the change was about. */
  boolean isUndone(C change, Optional<Token> live);

  /** Whether live is as the change left it, in all that the change was about. */
  boolean isDone(C change, Optional<Token> live);

  /**
   * What a policy has to want for things to be as before the change; absent where that is not known
   * or cannot be.
   *
   * @param where the place of the change in its journal
   */
  Optional<DesiredToken> undoing(C change, Optional<Token> live, Location where);
}
