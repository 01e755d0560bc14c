package io.tokenform.cli.fleet;

import io.tokenform.apply.journal.Journals;
import io.tokenform.cli.console.Failure;
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
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.plan.PendingFates;
import io.tokenform.plan.PlanOptions;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.text.Counts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The way from the options of a command that plans to the plans of a fleet. */
public final class FleetPlanning {
  private final Run run;
  private final Planning planning;
  private final FleetOption fleet;

  public FleetPlanning(Run run, Planning planning, FleetOption fleet) {
    this.run = run;
    this.planning = planning;
    this.fleet = fleet;
  }

  /** Reads the fleet file and the policies. */
  public FleetInventory inventory() throws InvalidPolicyException {
    planning.refusePolicy();
    return fleet.read(run.world());
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
    Platform platform = planning.platform(run.world());
    return plan(
        inventory,
        FleetMembers.readable(run, planning.cluster(), live, fleet, inventory, platform),
        name -> journals.journals(run, name),
        platform);
  }

  /** The same, by ways that are going to be gone once more, to apply the plans. */
  public FleetPlan plan(FleetInventory inventory, FleetTargets targets, Applying applying)
      throws InvalidPolicyException, InterruptedException {
    return plan(
        inventory,
        FleetMembers.reachable(targets, inventory),
        name -> applying.journals(run, name),
        planning.platform(run.world()));
  }

  private FleetPlan plan(
      FleetInventory inventory,
      List<FleetMember> members,
      Function<ClusterName, Journals> journals,
      Platform platform)
      throws InterruptedException {
    run.console().findings(inventory.policies().findingsOfFleet());
    Function<PendingFates, PlanOptions> options =
        planning.options(run, inventory.tokenNames(), platform);
    List<ClusterPlan> plans =
        new Round(run)
            .of(
                members,
                member -> member.name().value(),
                (member, teller) ->
                    new ClusterPlan(
                        member.policy().cluster().place(),
                        inventory.fleet().waveOf(member.policy().cluster()),
                        outcome(
                            member, teller, options.apply(journals.apply(member.name()).fates()))));
    return new FleetPlan(Version.number(), run.world().clock().instant(), plans)
        .judgingExceptions(fleet.isWhole());
  }

  private static ClusterPlan.Outcome outcome(FleetMember member, Run teller, PlanOptions options) {
    Optional<Policy> policy = member.policy().policy();
    if (policy.isEmpty()) {
      return invalid(member.policy());
    }
    try (LiveReader reader = member.way().open(teller);
        Planning.Session<LiveReader> session =
            new Planning.Session<>(teller.console(), policy.get(), options, reader)) {
      return new ClusterPlan.Made(session.saved(session.plan()));
    } catch (InvalidPolicyException | InputException | SettingsException | ApiException e) {
      return failed(e);
    }
  }

  static ClusterPlan.Failed failed(Exception e) {
    Failure failure = Failure.of(e);
    return new ClusterPlan.Failed(failure.message(), failure.hint(), failure.findings());
  }

  private static ClusterPlan.Failed invalid(ClusterPolicy policy) {
    List<Diagnostic> errors = policy.findings().stream().filter(Diagnostic::isError).toList();
    return new ClusterPlan.Failed(
        "its policy has " + Counts.of(errors.size(), "error", "errors"),
        errors.stream()
            .findFirst()
            .map(error -> "\"tokenform explain " + error.code() + "\" says more"),
        policy.findings());
  }
}
