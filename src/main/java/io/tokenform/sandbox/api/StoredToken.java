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
 * the order of the permissions. Of its secret it has the digest alone.
 *
 * @param description empty only where the seed gave none
 * @param permissions as they were sent, in that order and with their repetitions
 * @param secretDigest empty only where the seed gave none: then no secret opens anything
 * @param activeAt from when on the data side accepts it, where that is later than its creation
 */
public record StoredToken(
    TokenId id,
    Optional<String> description,
    List<Permission> permissions,
    Instant createdAt,
    Optional<Instant> expiresAt,
    Optional<Instant> revokedAt,
    Optional<SecretDigest> secretDigest,
    Optional<Instant> activeAt) {
  public StoredToken {
    permissions = List.copyOf(permissions);
  }

  boolean isRevoked() {
    return revokedAt.isPresent();
  }

  /** Whether the data side accepts its secret, whatever its permissions are. */
  boolean works(Instant now) {
    return !isRevoked() && !isExpired(now) && isActive(now);
  }

  boolean isExpired(Instant now) {
    return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
  }

  boolean isActive(Instant now) {
    return activeAt.isEmpty() || !now.isBefore(activeAt.get());
  }

  /** Whether its permissions allow it, {@code *} understood. */
  boolean allows(Permission permission) {
    return permissions.contains(permission) || permissions.contains(permission.onAllDatabases());
  }

  boolean hasSecret(SecretDigest digest) {
    return secretDigest.isPresent() && secretDigest.get().equals(digest);
  }

  /** This token after a PATCH: what the body leaves out stays. */
  StoredToken patched(TokenBody body) {
    return new StoredToken(
        id,
        body.description().or(() -> description),
        body.permissions().orElse(permissions),
        createdAt,
        expiresAt,
        revokedAt,
        secretDigest,
        activeAt);
  }

  StoredToken revoked(Instant now) {
    return new StoredToken(
        id,
        description,
        permissions,
        createdAt,
        expiresAt,
        Optional.of(now),
        secretDigest,
        activeAt);
  }

  public StoredToken withDescription(String other) {
    return new StoredToken(
        id,
        Optional.of(other),
        permissions,
        createdAt,
        expiresAt,
        revokedAt,
        secretDigest,
        activeAt);
  }

  public StoredToken withPermissions(List<Permission> other) {
    return new StoredToken(
        id, description, other, createdAt, expiresAt, revokedAt, secretDigest, activeAt);
  }

  public StoredToken withExpiry(Optional<Instant> other) {
    return new StoredToken(
        id, description, permissions, createdAt, other, revokedAt, secretDigest, activeAt);
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
