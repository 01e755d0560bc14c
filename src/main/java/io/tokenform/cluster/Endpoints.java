package io.tokenform.cluster;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.TokenId;
import java.util.Optional;
import java.util.UUID;

/** The requests of the Management API for one cluster; the one place that knows its paths. */
public final class Endpoints {
  private static final String BASE = "/api/v0";

  private final String prefix;

  private Endpoints(String prefix) {
    this.prefix = prefix;
  }

  /** Those of a cluster. */
  public static Endpoints of(ClusterAddress address) {
    return address.accountId().isPresent()
        ? cloudDedicated(address.accountId().get(), address.clusterId().orElseThrow())
        : clustered();
  }

  static Endpoints cloudDedicated(UUID accountId, UUID clusterId) {
    return new Endpoints(BASE + "/accounts/" + accountId + "/clusters/" + clusterId);
  }

  static Endpoints clustered() {
    return new Endpoints(BASE);
  }

  public Request listTokens() {
    return Request.get(prefix + "/tokens");
  }

  public Request listDatabases() {
    return Request.get(prefix + "/databases");
  }

  public Request getToken(TokenId id) {
    return Request.get(prefix + "/tokens/" + id);
  }

  public Request updateToken(TokenId id, TokenUpdate update) {
    return new Request(
        Method.PATCH, prefix + "/tokens/" + id, Optional.of(TokenJson.write(update)));
  }
}
