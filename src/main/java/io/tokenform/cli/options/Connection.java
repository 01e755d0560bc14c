package io.tokenform.cli.options;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Secret;
import io.tokenform.access.TokenListing;
import io.tokenform.access.database.DatabaseListing;
import io.tokenform.cli.console.Console;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.HttpManagementApi;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.finding.Diagnostic;
import io.tokenform.planfile.SnapshotSource;
import io.tokenform.policy.Policy;
import io.tokenform.sandbox.Sandbox;
import java.util.Optional;

/** A cluster to talk to, and the sandbox behind it where there is one; both end with it. */
public final class Connection implements LiveReader {
  private final ClusterAddress address;
  private final Secret managementToken;
  private final ManagementApi api;
  private final Optional<Sandbox> sandbox;

  public Connection(
      ClusterAddress address, Secret token, ClientOptions options, Optional<Sandbox> sandbox) {
    this.address = address;
    this.managementToken = token;
    this.api = new HttpManagementApi(address, token, options);
    this.sandbox = sandbox;
  }

  @Override
  public ClusterAddress address() {
    return address;
  }

  ManagementApi api() {
    return api;
  }

  @Override
  public TokenListing listing() throws ApiException {
    return api.listTokens();
  }

  @Override
  public DatabaseListing databaseListing() throws ApiException {
    return api.listDatabases();
  }

  @Override
  public Optional<SnapshotSource> snapshot() {
    return Optional.empty();
  }

  @Override
  public Optional<Diagnostic> disclosed(Policy policy, Console console) {
    return ManagementTokens.disclosed(policy, managementToken, console);
  }

  @Override
  public void close() {
    try {
      api.close();
    } finally {
      sandbox.ifPresent(Sandbox::close);
    }
  }
}
