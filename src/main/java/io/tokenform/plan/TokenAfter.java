package io.tokenform.plan;

import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import java.util.Objects;
import java.util.Optional;

/**
 * What a change makes of one token.
 *
 * @param id its id; absent for the token that the change makes
 * @param use whether it works then, and who uses it
 * @param permissions what it may do then; absent where that stays as it is
 */
public record TokenAfter(Optional<TokenId> id, Use use, Optional<Permissions> permissions) {
  /** Who uses a token. */
  public enum Use {
    /** The same as before. */
    AS_BEFORE,
    /** It is the one in use. */
    CURRENT,
    /** It has a successor, and works for a time. */
    RETIRING,
    /** It has a successor, and no access. */
    RETIRED,
    /** It is revoked. */
    NOBODY
  }

  public TokenAfter {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(use, "use");
    Objects.requireNonNull(permissions, "permissions");
  }

  static TokenAfter made(Permissions permissions) {
    return new TokenAfter(Optional.empty(), Use.CURRENT, Optional.of(permissions));
  }

  static TokenAfter of(TokenId id, Use use) {
    return new TokenAfter(Optional.of(id), use, Optional.empty());
  }

  static TokenAfter of(TokenId id, Use use, Permissions permissions) {
    return new TokenAfter(Optional.of(id), use, Optional.of(permissions));
  }
}
