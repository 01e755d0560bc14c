package io.tokenform.cli.options;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.TokenListing;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.cli.console.Console;
import io.tokenform.cluster.ApiException;
import io.tokenform.finding.Diagnostic;
import io.tokenform.live.Live;
import io.tokenform.planfile.SnapshotSource;
import io.tokenform.policy.Policy;
import java.util.List;
import java.util.Optional;

/** Where live is read from, to the end of a command: a cluster, or a snapshot of one. */
public interface LiveReader extends AutoCloseable {
  ClusterAddress address();

  /** All live tokens, revoked and expired ones too, in any order. */
  TokenListing listing() throws ApiException;

  /** All databases, in any order. */
  DatabaseListing databaseListing() throws ApiException;

  /** The names of all databases, in any order. */
  default List<String> databases() throws ApiException {
    return databaseListing().names();
  }

  /** Which snapshot it is, if it is one. */
  Optional<SnapshotSource> snapshot();

  /** What is wrong with a policy that repeats a secret that this run was given. */
  Optional<Diagnostic> disclosed(Policy policy, Console console);

  /** Tokens and databases. */
  default Live live() throws ApiException {
    return new Live(address(), listing(), databaseListing());
  }

  @Override
  void close();
}
