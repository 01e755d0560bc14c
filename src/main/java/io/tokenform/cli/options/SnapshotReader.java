package io.tokenform.cli.options;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.TokenListing;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.cli.console.Console;
import io.tokenform.finding.Diagnostic;
import io.tokenform.live.Snapshot;
import io.tokenform.planfile.SnapshotSource;
import io.tokenform.policy.Policy;
import java.util.Objects;
import java.util.Optional;

/**
 * A snapshot in the place of a cluster.
 *
 * @param taken what the cluster reported once
 * @param source the same in short
 */
record SnapshotReader(Snapshot taken, SnapshotSource source) implements LiveReader {
  SnapshotReader {
    Objects.requireNonNull(taken, "taken");
    Objects.requireNonNull(source, "source");
  }

  SnapshotReader(Snapshot taken) {
    this(taken, new SnapshotSource(taken.takenAt(), taken.digest()));
  }

  @Override
  public ClusterAddress address() {
    return taken.live().cluster();
  }

  @Override
  public TokenListing listing() {
    return taken.live().listing();
  }

  @Override
  public DatabaseListing databaseListing() {
    return taken.live().databaseListing();
  }

  @Override
  public Optional<SnapshotSource> snapshot() {
    return Optional.of(source);
  }

  @Override
  public Optional<Diagnostic> disclosed(Policy policy, Console console) {
    return policy.disclosing(console.masking(), "a secret that this run was given");
  }

  @Override
  public void close() {
    // There is nothing to end.
  }
}
