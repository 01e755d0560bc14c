package io.tokenform.live;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Sha256;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.access.database.PartitionPart;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Live as it was at an instant. Equal facts give equal snapshots: tokens are by their ids,
 * databases by their names. Databases that cannot be read are in it by their names alone. What is
 * shaped like a secret is masked in it.
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
            masked(live.databaseListing()));
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
    for (Database database : live.databaseListing().databases()) {
      digest.add("database");
      digest.add(database.name().value());
      digest.add(Long.toString(database.retention().nanoseconds()));
      digest.add(Integer.toString(database.maxTables()));
      digest.add(Integer.toString(database.maxColumnsPerTable()));
      if (database.partitionTemplate().isPresent()) {
        List<PartitionPart> parts = database.partitionTemplate().get().parts();
        digest.add(Integer.toString(parts.size()));
        for (PartitionPart part : parts) {
          digest.add(part.toString());
        }
      }
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

  /**
   * Of a database that cannot be read only the name is kept, and likewise of one that has something
   * that is shaped like a secret.
   */
  private static DatabaseListing masked(DatabaseListing listing) {
    SortedSet<String> names = new TreeSet<>();
    for (String name : listing.names()) {
      names.add(SecretShapes.mask(name));
    }
    SortedMap<String, Database> databases = new TreeMap<>();
    for (Database database : listing.databases()) {
      if (!mayHaveSecret(database)) {
        databases.put(database.name().value(), database);
      }
    }
    return new DatabaseListing(List.copyOf(names), List.copyOf(databases.values()), List.of());
  }

  private static boolean mayHaveSecret(Database database) {
    return SecretShapes.mayBeIn(database.name().value())
        || (database.partitionTemplate().isPresent()
            && SecretShapes.mayBeIn(database.partitionTemplate().get().toString()));
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
