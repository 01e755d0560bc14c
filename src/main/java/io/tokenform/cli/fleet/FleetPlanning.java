package io.tokenform.cli.fleet;

import io.tokenform.apply.journal.Journals;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.Version;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.JournalOption;
import io.tokenform.cli.options.LiveOption;
import io.tokenform.cli.options.LiveReader;
import io.tokenform.cli.options.Planning;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetCluster;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.plan.PendingFates;
import io.tokenform.plan.PlanOptions;
import io.tokenform.planfile.SourceDigests;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.policy.placement.ClusterName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The way from the options of a command that plans to the plans of a fleet. */
public final class FleetPlanning {
  private final Run run;
  private final Planning planning;
  private final FleetOption fleet;
  private Optional<Platform> platform = Optional.empty();

  public FleetPlanning(Run run, Planning planning, FleetOption fleet) {
    this.run = run;
    this.planning = planning;
    this.fleet = fleet;
  }

  /** Reads the fleet file and the policies, and holds these against the platform file. */
  public FleetInventory inventory() throws InvalidPolicyException {
    planning.refusePolicy();
    return fleet.read(run.world()).within(platform());
  }

  /** Reads the platform file, once: it may be a pipe. */
  public Platform platform() throws InvalidPolicyException {
    if (platform.isEmpty()) {
      platform = Optional.of(planning.platform(run.world()));
    }
    return platform.get();
  }

  /**
   * Plans all clusters at the same time, within bounds. One that cannot be planned is told in the
   * plan and hides no other.
   *
   * @param inventory with at least one cluster
   * @param live snapshots in the place of the clusters, where they are given
   * @throws InvalidPolicyException if the platform file is wrong
   * @throws InterruptedException if the thread is interrupted
   */
  public FleetPlan plan(FleetInventory inventory, JournalOption journals, LiveOption live)
      throws InvalidPolicyException, InterruptedException {
    return plan(
        inventory,
        FleetMembers.readable(run, planning.cluster(), live, fleet, inventory, platform()),
        name -> journals.journals(run, name));
  }

  /** The same, by ways that are going to be gone once more, to apply the plans. */
  public FleetPlan plan(
      FleetInventory inventory, Map<ClusterName, FleetTarget> ways, Applying applying)
      throws InvalidPolicyException, InterruptedException {
    return plan(
        inventory, FleetMembers.reachable(ways, inventory), name -> applying.journals(run, name));
  }

  private FleetPlan plan(
      FleetInventory inventory, List<FleetMember> members, Function<ClusterName, Journals> journals)
      throws InvalidPolicyException, InterruptedException {
    run.console().findings(inventory.policies().findingsOfFleet());
    Function<PendingFates, PlanOptions> options =
        planning.options(run, inventory.tokenNames(), inventory.databaseNames(), platform());
    SourceDigests digests = new SourceDigests();
    List<ClusterPlan> plans =
        new Round(run)
            .of(
                members,
                member -> member.name().value(),
                (member, teller) ->
                    plan(
                        inventory,
                        member,
                        made(
                            member,
                            teller,
                            options.apply(journals.apply(member.name()).fates()),
                            digests)),
                (member, teller, failure) ->
                    plan(
                        inventory,
                        member,
                        new ClusterPlan.Failed(
                            failure.message(), failure.hint(), failure.findings())));
    return new FleetPlan(
            Version.number(), run.world().clock().instant(), fleet.share(inventory.fleet()), plans)
        .judgingExceptions(fleet.isWhole());
  }

  private static ClusterPlan plan(
      FleetInventory inventory, FleetMember member, ClusterPlan.Outcome outcome) {
    FleetCluster cluster = member.policy().cluster();
    return new ClusterPlan(cluster.place(), inventory.fleet().waveOf(cluster), outcome);
  }

  private static ClusterPlan.Made made(
      FleetMember member, Run teller, PlanOptions options, SourceDigests digests)
      throws InvalidPolicyException, InputException, SettingsException, ApiException {
    Policy policy = member.policy().valid();
    try (LiveReader reader = member.way().open(teller);
        Planning.Session<LiveReader> session =
            new Planning.Session<>(teller.console(), policy, options, reader, digests)) {
      return new ClusterPlan.Made(session.saved(session.plan()));
    }
  }
}
