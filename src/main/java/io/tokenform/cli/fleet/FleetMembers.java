package io.tokenform.cli.fleet;

import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.ClusterOptions;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cluster.ClientOptions;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.policy.Platform;
import io.tokenform.policy.placement.ClusterName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The chosen clusters of a fleet, each with the way to what it reports. */
public final class FleetMembers {
  private FleetMembers() {}

  /**
   * Sees to it that management tokens go to no host that only the fleet file names, which may ask
   * at the terminal; where they may not, going the way fails.
   *
   * @return in the order of the fleet file
   */
  static List<FleetMember> reachable(
      Run run,
      ClusterOptions options,
      FleetOption fleet,
      FleetInventory inventory,
      Platform platform) {
    return reachable(new FleetTargets(run, options, fleet, platform).of(inventory), inventory);
  }

  /** The same by ways that are going to be gone once more. */
  static List<FleetMember> reachable(Map<ClusterName, FleetTarget> ways, FleetInventory inventory) {
    List<FleetMember> members = new ArrayList<>();
    for (ClusterPolicy policy : inventory.clusters()) {
      members.add(new FleetMember(policy, way(ways.get(policy.name()))));
    }
    return members;
  }

  /**
   * The same, or with snapshots of a folder in the place of the clusters, where one is given: then
   * no cluster is asked, and no management token is needed.
   */
  static List<FleetMember> readable(
      Run run,
      ClusterOptions options,
      LiveOption live,
      FleetOption fleet,
      FleetInventory inventory,
      Platform platform) {
    if (!live.isGiven()) {
      live.refuseAge();
      return reachable(run, options, fleet, inventory, platform);
    }
    live.requireFolder(run.world());
    FleetTargets targets = new FleetTargets(run, options, fleet, platform);
    List<FleetMember> members = new ArrayList<>();
    for (ClusterPolicy policy : inventory.clusters()) {
      FleetTarget target = targets.of(policy.cluster(), inventory);
      members.add(
          new FleetMember(policy, teller -> live.of(teller, policy.name(), target.target())));
    }
    return members;
  }

  private static FleetMember.Way way(FleetTarget target) {
    try {
      target.settle();
    } catch (SettingsException e) {
      return teller -> {
        throw e;
      };
    }
    return teller -> target.connect(teller, ClientOptions.DEFAULT_PARALLELISM);
  }
}
