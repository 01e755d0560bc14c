package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.plan.Change;
import java.util.Objects;
import java.util.Optional;

/**
 * A token that is no longer as a plan found it.
 *
 * @param change the plan's change, with the token as it was
 * @param live the token as it is; absent if it no longer exists on the cluster
 */
public record Drift(Change change, Optional<Token> live) {
  public Drift {
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(live, "live");
  }

  /** Whether somebody, or an earlier apply, has done already what the change would do. */
  public boolean isAsDesired() {
    return Makers.of(change).isAsWanted(live);
  }
}
