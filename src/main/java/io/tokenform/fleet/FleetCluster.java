package io.tokenform.fleet;

import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.policy.ClusterSection;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import java.util.List;
import java.util.Objects;

/**
 * One cluster of a fleet.
 *
 * @param place its name and its labels
 * @param where the place of its name in the fleet file
 * @param cluster which cluster it is
 * @param files the paths of its policy's files and directories, relative to the fleet file's
 *     folder; at least one
 */
public record FleetCluster(
    Place place, Location where, ClusterSection cluster, List<Located<String>> files) {
  public FleetCluster {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(cluster, "cluster");
    files = List.copyOf(files);
    if (files.isEmpty()) {
      throw new IllegalArgumentException("a cluster without files");
    }
  }

  public ClusterName name() {
    return place.name();
  }
}
