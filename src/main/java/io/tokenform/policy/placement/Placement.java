package io.tokenform.policy.placement;

import io.tokenform.access.TokenId;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * On which clusters of a fleet a token is, and under which id.
 *
 * @param where the place of the first key that says something of it
 * @param clusters those that are meant by one of these; every cluster where there are none
 * @param ids the ids that are known, by cluster; elsewhere the token is found by its description
 */
public record Placement(
    Location where, List<Located<ClusterSelector>> clusters, SortedMap<ClusterName, Id> ids) {
  /**
   * The id on one cluster.
   *
   * @param key the place of the cluster's name
   */
  public record Id(Location key, Located<TokenId> id) {
    public Id {
      Objects.requireNonNull(key, "key");
      Objects.requireNonNull(id, "id");
    }
  }

  public Placement {
    Objects.requireNonNull(where, "where");
    clusters = List.copyOf(clusters);
    ids = Collections.unmodifiableSortedMap(new TreeMap<>(ids));
  }

  /** Whether the token is on a cluster. */
  public boolean covers(Place place) {
    return clusters.isEmpty() || clusters.stream().anyMatch(one -> one.value().selects(place));
  }

  /** The token's id on a cluster, where it is known. */
  public Optional<Located<TokenId>> id(ClusterName cluster) {
    return Optional.ofNullable(ids.get(cluster)).map(Id::id);
  }
}
