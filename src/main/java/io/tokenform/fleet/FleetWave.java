package io.tokenform.fleet;

import java.util.List;

/**
 * Clusters that are applied together, before those of the next wave.
 *
 * @param number from 1
 * @param clusters in the order of the fleet file; at least one
 */
public record FleetWave(int number, List<FleetCluster> clusters) {
  public FleetWave {
    clusters = List.copyOf(clusters);
    if (number < 1 || clusters.isEmpty()) {
      throw new IllegalArgumentException("a wave without a number or clusters");
    }
  }
}
