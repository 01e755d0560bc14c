package io.tokenform.apply;

import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.finding.Location;
import io.tokenform.plan.Change;
import io.tokenform.plan.Parts;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes changes of one kind, and knows the way back from them.
 *
 * @param <C> the kind
 */
interface ChangeMaker<C extends Change> extends Parts.Part<C> {
  /** How live differs from what the change found, in what it rests on; nothing if it does not. */
  Optional<Drift> drift(C change, Listing live);

  /**
   * Sends a change, holds the answer against what was asked for, and where the answer was lost asks
   * the cluster what became of it.
   */
  Outcome make(C change, Tools tools);

  /**
   * Whether live is as it was before the change, in all that the change was about.
   *
   * @param id the token that it was about or made, where that is known
   */
  boolean isUndone(C change, Listing live, Optional<TokenId> id);

  /**
   * Whether live is as the change left it, in all that the change was about.
   *
   * @param id the token that it was about or made, where that is known
   */
  boolean isDone(C change, Listing live, Optional<TokenId> id);

  /**
   * What a policy has to want for things to be as before the change; nothing where that is not
   * known or cannot be.
   *
   * @param id the token that it was about or made, where that is known
   * @param where the place of the change in its journal
   * @param now when it is undone
   */
  WayBack undoing(C change, Listing live, Optional<TokenId> id, Location where, Instant now);

  /** Why nothing can undo such a change, once it was made; absent where something can. */
  default Optional<String> isFinal(C change) {
    return Optional.empty();
  }
}
