package io.tokenform.fleet;

import io.tokenform.finding.SourceText;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.ClusterSelector;
import io.tokenform.policy.placement.Places;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The inventory of several clusters, as a fleet file says it. */
public final class Fleet {
  private final SourceText source;
  private final List<FleetWave> waves;
  private final List<FleetCluster> clusters;
  private final Places places;
  private final Map<ClusterName, Integer> waveOf = new HashMap<>();

  /**
   * @param clusters in the order of the file; their names are unique, and so are the clusters that
   *     they mean; at least one
   * @param waves in their order; each cluster is in one of them
   */
  Fleet(SourceText source, List<FleetCluster> clusters, List<FleetWave> waves) {
    this.source = source;
    this.clusters = List.copyOf(clusters);
    this.waves = List.copyOf(waves);
    this.places = new Places(clusters.stream().map(FleetCluster::place).toList());
    for (FleetWave wave : waves) {
      wave.clusters().forEach(cluster -> waveOf.put(cluster.name(), wave.number()));
    }
    if (clusters.isEmpty()
        || waveOf.size() != clusters.size()
        || waves.stream().mapToInt(wave -> wave.clusters().size()).sum() != clusters.size()) {
      throw new IllegalArgumentException("each cluster must be in one wave");
    }
  }

  /** The fleet file. */
  public SourceText source() {
    return source;
  }

  /** All clusters, in the order of the file. */
  public List<FleetCluster> clusters() {
    return clusters;
  }

  /** The waves in which they are applied; a fleet without any has one. */
  public List<FleetWave> waves() {
    return waves;
  }

  /** The number of a cluster's wave, from 1. */
  public int waveOf(FleetCluster cluster) {
    return waveOf.get(cluster.name());
  }

  /** The clusters as selectors see them. */
  public Places places() {
    return places;
  }

  /**
   * The clusters that one of the selectors means, in the order of the file.
   *
   * @param only all clusters where there are none
   */
  public List<FleetCluster> select(List<ClusterSelector> only) {
    return clusters.stream()
        .filter(cluster -> ClusterSelector.anySelects(only, cluster.place()))
        .toList();
  }
}
