package io.tokenform.live;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Token;
import io.tokenform.access.TokenListing;
import java.util.List;
import java.util.Objects;

/**
 * What a cluster reports.
 *
 * @param cluster which cluster
 * @param listing its tokens, revoked and expired ones too, in any order
 * @param databases the names of its databases, in any order
 */
public record Live(ClusterAddress cluster, TokenListing listing, List<String> databases) {
  public Live {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(listing, "listing");
    databases = List.copyOf(databases);
  }

  /** A cluster whose tokens can all be read. */
  public Live(ClusterAddress cluster, List<Token> tokens, List<String> databases) {
    this(cluster, TokenListing.of(tokens), databases);
  }

  /** The tokens that can be read. */
  public List<Token> tokens() {
    return listing.tokens();
  }
}
