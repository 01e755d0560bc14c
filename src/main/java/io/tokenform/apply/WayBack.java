package io.tokenform.apply;

import io.tokenform.policy.DesiredToken;
import java.util.Objects;
import java.util.Optional;

/**
 * What a policy has to want for things to be as before a change.
 *
 * @param token a token as it was; absent where the change was about none, or there is no way back
 */
record WayBack(Optional<DesiredToken> token) {
  /** Where there is none. */
  static final WayBack NONE = new WayBack(Optional.empty());

  WayBack {
    Objects.requireNonNull(token, "token");
  }

  boolean isPresent() {
    return token.isPresent();
  }
}
