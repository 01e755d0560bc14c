package io.tokenform.live;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.Token;
import io.tokenform.access.TokenListing;
import io.tokenform.access.database.DatabaseListing;
import java.util.List;
import java.util.Objects;

/**
 * What a cluster reports.
 *
 * @param cluster which cluster
 * @param listing its tokens, revoked and expired ones too, in any order
 * @param databaseListing its databases, in any order. An older snapshot has their names alone: then
 *     a name is neither among those that can be read nor among the others, and nothing is known of
 *     the settings
 */
public record Live(ClusterAddress cluster, TokenListing listing, DatabaseListing databaseListing) {
  public Live {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(listing, "listing");
    Objects.requireNonNull(databaseListing, "databaseListing");
  }

  /** A cluster of whose databases only the names are known. */
  public Live(ClusterAddress cluster, TokenListing listing, List<String> databases) {
    this(cluster, listing, new DatabaseListing(databases, List.of(), List.of()));
  }

  /** A cluster whose tokens can all be read, and of whose databases only the names are known. */
  public Live(ClusterAddress cluster, List<Token> tokens, List<String> databases) {
    this(cluster, TokenListing.of(tokens), databases);
  }

  /** The tokens that can be read. */
  public List<Token> tokens() {
    return listing.tokens();
  }

  /** The names of its databases, those that cannot be read too, in any order. */
  public List<String> databases() {
    return databaseListing.names();
  }
}
