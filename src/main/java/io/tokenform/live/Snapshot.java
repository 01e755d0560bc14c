package io.tokenform.live;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Sha256;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Live as it was at an instant. Equal facts give equal snapshots: tokens are by their ids,
 * databases by their names. What is shaped like a secret is masked in it.
 *
 * @param toolVersion the version of tokenform that took it
 * @param takenAt when, by the clock of the machine that took it
 * @param live what the cluster reported
 */
public record Snapshot(String toolVersion, Instant takenAt, Live live) {
  /**
   * @throws IllegalArgumentException if two tokens have one id
   */
  public Snapshot {
    Objects.requireNonNull(toolVersion, "toolVersion");
    Objects.requireNonNull(takenAt, "takenAt");
    live =
        new Live(
            live.cluster(),
            new TokenListing(
                live.tokens().stream()
                    .map(Snapshot::masked)
                    .sorted(Comparator.comparing(token -> token.id().toString()))
                    .toList(),
                live.listing().unreadable().stream()
                    .map(Snapshot::masked)
                    .sorted(
                        Comparator.comparing(
                                (UnreadableToken token) ->
                                    token.id().map(TokenId::toString).orElse(""))
                            .thenComparing(UnreadableToken::number))
                    .toList()),
            List.copyOf(new TreeSet<>(live.databases().stream().map(SecretShapes::mask).toList())));
    Set<Object> ids = new HashSet<>();
    for (Token token : live.tokens()) {
      if (!ids.add(token.id())) {
        throw new IllegalArgumentException("the token " + token.id() + " is there twice");
      }
    }
  }

  /**
   * The digest of what the cluster reported, and of which cluster: the same for two snapshots
   * between which nothing has changed.
   */
  public String digest() {
    Sha256 digest = new Sha256();
    digest.add("live 1");
    digest.add(live.cluster().product().toString());
    add(digest, live.cluster().fixedUrl());
    add(digest, live.cluster().accountId());
    add(digest, live.cluster().clusterId());
    digest.add(Integer.toString(live.databases().size()));
    live.databases().forEach(digest::add);
    for (Token token : live.tokens()) {
      digest.add(token.id().toString());
      digest.add(token.description());
      add(digest, token.createdAt());
      add(digest, token.expiresAt());
      add(digest, token.revokedAt());
      digest.add(Integer.toString(token.permissions().size()));
      for (Permission permission : token.permissions()) {
        digest.add(permission.action().name());
        digest.add(permission.resource());
      }
    }
    for (UnreadableToken token : live.listing().unreadable()) {
      digest.add("unreadable");
      add(digest, token.id());
      add(digest, token.description());
      digest.add(Boolean.toString(token.isRevoked()));
      digest.add(token.why());
    }
    return digest.text();
  }

  /** How many tokens have something that was masked: their descriptions, or names of databases. */
  public long masked() {
    return live.tokens().stream()
        .filter(
            token ->
                SecretShapes.isMasked(token.description())
                    || token.permissions().stream()
                        .anyMatch(permission -> SecretShapes.isMasked(permission.resource())))
        .count();
  }

  private static void add(Sha256 digest, Optional<?> value) {
    digest.add(value.map(present -> "+" + present).orElse("-"));
  }

  private static UnreadableToken masked(UnreadableToken token) {
    return new UnreadableToken(
        token.number(),
        token.id(),
        token.description().map(SecretShapes::mask),
        token.isRevoked(),
        SecretShapes.mask(token.why()));
  }

  private static Token masked(Token token) {
    boolean mayHaveOne =
        SecretShapes.mayBeIn(token.description())
            || token.permissions().stream()
                .anyMatch(permission -> SecretShapes.mayBeIn(permission.resource()));
    return mayHaveOne
        ? new Token(
            token.id(),
            SecretShapes.mask(token.description()),
            Permissions.of(
                token.permissions().stream()
                    .map(
                        permission ->
                            new Permission(
                                permission.action(), SecretShapes.mask(permission.resource())))
                    .toList()),
            token.createdAt(),
            token.expiresAt(),
            token.revokedAt())
        : token;
  }
}
