package io.tokenform.cli.fleet;

import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.policy.placement.ClusterName;
import java.util.Objects;

/**
 * A cluster of a fleet with the way to what it reports.
 *
 * @param policy the cluster with its policy, or with what is wrong with that
 * @param way how its live tokens are read
 */
record FleetMember(ClusterPolicy policy, Way way) {
  FleetMember {
    Objects.requireNonNull(policy, "policy");
    Objects.requireNonNull(way, "way");
  }

  /** How live is read; may be gone on any thread. */
  @FunctionalInterface
  interface Way {
    /**
     * Whoever asks for it closes it.
     *
     * @param teller through what it speaks: others may speak at the same time
     */
    LiveReader open(Run teller) throws SettingsException, InputException;
  }

  ClusterName name() {
    return policy.name();
  }
}
