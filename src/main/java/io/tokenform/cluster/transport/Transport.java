package io.tokenform.cluster.transport;

import java.util.Objects;
import java.util.Optional;

/**
 * What lies between here and a cluster.
 *
 * @param proxy the proxy to go through, if any
 * @param trust whom TLS trusts and who it says is here, where Java's own ways will not do
 */
public record Transport(Optional<HttpProxy> proxy, Optional<Trust> trust) {
  public Transport {
    Objects.requireNonNull(proxy, "proxy");
    Objects.requireNonNull(trust, "trust");
  }

  /** Straight to the cluster, trusting whom Java trusts. */
  public static Transport direct() {
    return new Transport(Optional.empty(), Optional.empty());
  }
}
