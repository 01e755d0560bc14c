package io.tokenform.access;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A live database token, as the cluster reports it.
 *
 * @param id the id that the cluster gave it
 * @param description what people call it; empty where the cluster gave none
 * @param permissions what it may do
 * @param createdAt when it was made, where that is known
 * @param expiresAt when it stops working, where it does
 * @param revokedAt when it was revoked, where it was; that cannot be undone
 */
public record Token(
    TokenId id,
    String description,
    Permissions permissions,
    Optional<Instant> createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt) {
  public Token {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(permissions, "permissions");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(expiresAt, "expiresAt");
    Objects.requireNonNull(revokedAt, "revokedAt");
  }

  /** A token of which it is not known when it was made. */
  public Token(
      TokenId id,
      String description,
      Permissions permissions,
      Optional<Instant> expiresAt,
      Optional<Instant> revokedAt) {
    this(id, description, permissions, Optional.empty(), expiresAt, revokedAt);
  }

  /** Whether it is not revoked, and has just this description and these permissions. */
  public boolean isStill(String description, Permissions permissions) {
    return !isRevoked()
        && this.description.equals(description)
        && this.permissions.equals(permissions);
  }

  public boolean isRevoked() {
    return revokedAt.isPresent();
  }

  public boolean isExpired(Instant now) {
    return expiresAt.isPresent() && !expiresAt.get().isAfter(now);
  }

  /** Whether the token works: neither revoked nor expired. */
  public boolean isActive(Instant now) {
    return !isRevoked() && !isExpired(now);
  }

  /** Whether it works, and if not why. A token that was revoked and has expired was revoked. */
  public TokenStatus status(Instant now) {
    if (isRevoked()) {
      return TokenStatus.REVOKED;
    }
    return isExpired(now) ? TokenStatus.EXPIRED : TokenStatus.ACTIVE;
  }
}
