package io.tokenform.fleet;

import java.util.Objects;

/**
 * The share of one machine in the work on a fleet.
 *
 * @param shard which share it is
 * @param waves in how many waves the clusters of all shares are, at least one
 */
public record FleetShare(Shard shard, int waves) {
  public FleetShare {
    Objects.requireNonNull(shard, "shard");
    if (waves < 1) {
      throw new IllegalArgumentException("clusters in no wave");
    }
  }

  /** Whether a machine that applies it alone keeps the order of the waves. */
  public boolean keepsWaves() {
    return waves == 1;
  }
}
