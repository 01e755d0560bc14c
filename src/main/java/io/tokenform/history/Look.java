package io.tokenform.history;

import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;

/**
 * What the tokens could do at an instant.
 *
 * @param at when somebody looked
 * @param tokens the tokens that were there
 */
record Look(Instant at, Map<TokenId, Permissions> tokens) {
  Look {
    Objects.requireNonNull(at, "at");
    tokens = Map.copyOf(tokens);
  }

  /** What a token could do; none where it was not there. */
  Permissions of(TokenId id) {
    return tokens.getOrDefault(id, Permissions.NONE);
  }
}
