package io.tokenform.plan.verb;

import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.policy.DesiredToken;
import java.util.Objects;
import java.util.Optional;

/**
 * A live token that a verb is about.
 *
 * @param token the token
 * @param desired what the policy says of it, where there is a policy that means it or has meant it
 */
public record Named(Token token, Optional<DesiredToken> desired) {
  public Named {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(desired, "desired");
  }

  /** Its name in the policy, or else what people call it. */
  public TokenName name() {
    return desired.map(DesiredToken::name).orElseGet(() -> Typed.name(token));
  }
}
