package io.tokenform.expect;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import io.tokenform.live.Live;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** A cluster with these databases, for the tests of this package. */
final class Clusters {
  private static final ClusterAddress ADDRESS =
      new ClusterAddress(
          Product.CLUSTERED,
          ClusterUrl.parse("https://influxdb.example.com"),
          Optional.empty(),
          Optional.empty());

  private Clusters() {}

  static Live with(Collection<String> databases, UnreadableToken... unreadable) {
    return new Live(
        ADDRESS, new TokenListing(List.of(), List.of(unreadable)), List.copyOf(databases));
  }
}
