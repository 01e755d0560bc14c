package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.finding.Location;
import io.tokenform.plan.TokenChange;
import io.tokenform.policy.DesiredToken;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes changes of tokens of one kind: whatever has become of one, the token itself tells.
 *
 * @param <C> the kind
 */
interface TokenMaker<C extends TokenChange> extends ChangeMaker<C> {
  /** Whether live is already as the change wants it, in all that the policy says. */
  boolean isAsWanted(C change, Optional<Token> live);

  /** Whether live is as it was before the change, in all that the change was about. */
  boolean isUndone(C change, Optional<Token> live);

  /** Whether live is as the change left it, in all that the change was about. */
  boolean isDone(C change, Optional<Token> live);

  /**
   * What a policy has to want for the token to be as before the change; absent where that is not
   * known or cannot be.
   *
   * @param where the place of the change in its journal
   * @param now when it is undone
   */
  Optional<DesiredToken> undoing(C change, Optional<Token> live, Location where, Instant now);

  /** The same as {@link #isAsWanted}. */
  default boolean isAnyAsWanted(TokenChange change, Optional<Token> live) {
    return isAsWanted(type().cast(change), live);
  }

  @Override
  default boolean isUndone(C change, Listing live, Optional<TokenId> id) {
    return isUndone(change, id.flatMap(live::token));
  }

  @Override
  default boolean isDone(C change, Listing live, Optional<TokenId> id) {
    return isDone(change, id.flatMap(live::token));
  }

  @Override
  default WayBack undoing(
      C change, Listing live, Optional<TokenId> id, Location where, Instant now) {
    return new WayBack(
        undoing(change, id.flatMap(live::token), where, now).stream().toList(),
        Optional.empty(),
        Optional.empty());
  }
}
