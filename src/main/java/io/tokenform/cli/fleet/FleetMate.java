package io.tokenform.cli.fleet;

import io.tokenform.access.ClusterAddress;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.Connection;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.FleetCluster;
import io.tokenform.policy.Platform;
import io.tokenform.policy.placement.ClusterName;

/** One cluster of a fleet, for a command that is about it alone. */
public final class FleetMate {
  private final FleetTarget target;

  private FleetMate(FleetTarget target) {
    this.target = target;
  }

  /**
   * The cluster that the options mean.
   *
   * @throws InvalidPolicyException if the fleet file is wrong
   */
  public static FleetMate of(Run run, ClusterOptions options, FleetOption fleet, Platform platform)
      throws InvalidPolicyException {
    FleetSites sites = fleet.sites(run.world());
    FleetCluster cluster = sites.only("this command");
    FleetTarget target =
        new FleetTargets(run, options, fleet, platform).of(cluster, sites.folder());
    return new FleetMate(target);
  }

  public ClusterName name() {
    return target.name();
  }

  /**
   * Makes ready to talk to the cluster, which must be the one that something was recorded of.
   * Whoever asks for the connection closes it.
   *
   * @param what what was recorded, for people
   * @param parallelism how many calls may be in flight at a time
   */
  public Connection connect(Run run, String what, ClusterAddress recorded, int parallelism)
      throws SettingsException, InputException {
    target.settle();
    Connection connection = target.connect(run, parallelism);
    if (!recorded.isSameCluster(connection.address())) {
      connection.close();
      throw new InputException(
          what + " is of another cluster than the one that the fleet file now calls " + name(),
          "correct the fleet file, or leave the fleet out and name the journal's file");
    }
    return connection;
  }
}
