package io.tokenform.sandbox.api;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A token as the sandbox keeps it: unlike {@link Token} with what a client may not rely on, such as
 * the order of the permissions. Its access token is not part of it, for nothing keeps that.
 *
 * @param description empty only where the seed gave none
 * @param permissions as they were sent, in that order and with their repetitions
 */
public record StoredToken(
    TokenId id,
    Optional<String> description,
    List<Permission> permissions,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt) {
  public StoredToken {
    permissions = List.copyOf(permissions);
  }

  boolean isRevoked() {
    return revokedAt.isPresent();
  }

  /** This token after a PATCH: what the body leaves out stays. */
  StoredToken patched(TokenBody body) {
    return new StoredToken(
        id,
        body.description().or(() -> description),
        body.permissions().orElse(permissions),
        createdAt,
        expiresAt,
        revokedAt);
  }

  StoredToken revoked(Instant now) {
    return new StoredToken(id, description, permissions, createdAt, expiresAt, Optional.of(now));
  }

  public Token token() {
    return new Token(
        id,
        description.orElse(""),
        Permissions.of(permissions),
        Optional.of(createdAt),
        expiresAt,
        revokedAt);
  }
}
