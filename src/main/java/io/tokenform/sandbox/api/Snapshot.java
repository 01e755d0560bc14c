package io.tokenform.sandbox.api;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All that a seed file or a state file holds.
 *
 * @param databases in the order of the listing, deleted ones too; no id twice, and no name twice of
 *     those that are there
 * @param tokens in the order of the listing, no id twice
 * @param seedDigest the SHA-256 of the seed that this state grew from, in hexadecimal
 */
public record Snapshot(
    UUID accountId,
    UUID clusterId,
    List<StoredDatabase> databases,
    List<StoredToken> tokens,
    Optional<String> seedDigest) {
  public static final UUID DEFAULT_ACCOUNT =
      UUID.fromString("aaaaaaaa-0000-4000-8000-000000000001");
  public static final UUID DEFAULT_CLUSTER =
      UUID.fromString("cccccccc-0000-4000-8000-000000000001");

  /** The largest file with a seed or a state that is read, in bytes. */
  public static final int LARGEST_FILE = 64 << 20;

  public Snapshot {
    databases = List.copyOf(databases);
    tokens = List.copyOf(tokens);
  }

  public static Snapshot empty() {
    return new Snapshot(DEFAULT_ACCOUNT, DEFAULT_CLUSTER, List.of(), List.of(), Optional.empty());
  }

  public Snapshot withSeedDigest(String digest) {
    return new Snapshot(accountId, clusterId, databases, tokens, Optional.of(digest));
  }

  Snapshot with(List<StoredDatabase> changedDatabases, List<StoredToken> changedTokens) {
    return new Snapshot(accountId, clusterId, changedDatabases, changedTokens, seedDigest);
  }
}
