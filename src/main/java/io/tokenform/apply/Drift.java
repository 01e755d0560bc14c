package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.plan.Change;
import io.tokenform.plan.TokenChange;
import java.util.Objects;
import java.util.Optional;

/** Something that is no longer as a plan found it. */
public sealed interface Drift {
  /** The plan's change, with what it is about as that was. */
  Change change();

  /** Whether somebody, or an earlier apply, has done already what the change would do. */
  boolean isAsDesired();

  /** The token as it is; absent if it no longer exists on the cluster, or it is none. */
  default Optional<Token> live() {
    return Optional.empty();
  }

  /** It, where it is a token. */
  default Optional<OfToken> ofToken() {
    return Optional.empty();
  }

  /**
   * A token that is no longer as a plan found it.
   *
   * @param change the plan's change, with the token as it was
   * @param live the token as it is; absent if it no longer exists on the cluster
   */
  record OfToken(TokenChange change, Optional<Token> live) implements Drift {
    public OfToken {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(live, "live");
    }

    @Override
    public boolean isAsDesired() {
      return Makers.ofToken(change).isAnyAsWanted(change, live);
    }

    @Override
    public Optional<OfToken> ofToken() {
      return Optional.of(this);
    }
  }
}
