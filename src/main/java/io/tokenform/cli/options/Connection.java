package io.tokenform.cli.options;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Secret;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.HttpManagementApi;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.live.Live;
import io.tokenform.sandbox.Sandbox;
import java.util.Optional;

/** A cluster to talk to, and the sandbox behind it where there is one; both end with it. */
public final class Connection implements AutoCloseable {
  private final ClusterAddress address;
  private final Secret managementToken;
  private final ManagementApi api;
  private final Optional<Sandbox> sandbox;

  Connection(
      ClusterAddress address, Secret token, ClientOptions options, Optional<Sandbox> sandbox) {
    this.address = address;
    this.managementToken = token;
    this.api = new HttpManagementApi(address, token, options);
    this.sandbox = sandbox;
  }

  public ClusterAddress address() {
    return address;
  }

  /** What opens the cluster. */
  Secret managementToken() {
    return managementToken;
  }

  ManagementApi api() {
    return api;
  }

  /** Asks the cluster for its tokens and its databases. */
  public Live live() throws ApiException {
    return new Live(address, api.listTokens(), api.listDatabases());
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
