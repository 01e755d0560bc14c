package io.tokenform.cli.fleet;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Explained;
import io.tokenform.apply.StalePlanException;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.Result;
import io.tokenform.cli.console.ApplyProgress;
import io.tokenform.cli.console.Failure;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Interruption;
import io.tokenform.cli.console.Interrupts;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.options.Applying;
import io.tokenform.cli.options.Connection;
import io.tokenform.cli.options.Execution;
import io.tokenform.cli.options.PlanOutputs;
import io.tokenform.cluster.settings.SettingsException;
import io.tokenform.fleet.ClusterEnd;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.plan.Plan;
import io.tokenform.plan.Step;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.OutcomeText;
import io.tokenform.report.StepsText;
import io.tokenform.report.fleet.FleetApplyText;
import io.tokenform.report.text.Counts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Carries the plan of a fleet out, wave after wave, the clusters of a wave at the same time. A
 * cluster that does not end well does not stop the others of its wave, and keeps every later wave
 * from beginning.
 */
public final class FleetApplying {
  /** How many clusters are applied at a time; each has several calls in flight. */
  private static final int MOST_CLUSTERS = 8;

  private final Run run;
  private final Applying applying;
  private final Way way;
  private final Next next;
  private final FleetApplyText text;

  /** The way to a cluster to which the management token may go; may be gone on any thread. */
  @FunctionalInterface
  public interface Way {
    /**
     * Whoever asks for the connection closes it.
     *
     * @param teller through what it speaks
     */
    Connection connect(ClusterPlan cluster, Run teller) throws SettingsException, InputException;
  }

  /** The commands that come next, to be pasted. */
  public interface Next {
    /** What undoes an apply on a cluster, up to the journal. */
    String rollback(ClusterName cluster);

    /** What plans the same again; absent where that is not known. */
    Optional<String> plan();
  }

  public FleetApplying(Run run, Applying applying, Way way, Next next) {
    this.run = run;
    this.applying = applying;
    this.way = way;
    this.next = next;
    this.text = new FleetApplyText(run.console().outStyle(), run.console().outWidth());
  }

  /**
   * Shows the plans, asks, and carries them out; or shows their requests.
   *
   * @return the exit code
   */
  public int carryOut(FleetPlan fleet) throws Exception {
    if (applying.isDryRun()) {
      return preview(fleet);
    }
    show(fleet);
    if (!fleet.isApplicable()) {
      return refused(fleet);
    }
    if (!fleet.hasChanges()) {
      return ExitCode.OK;
    }
    Optional<Integer> end = applying.approval(run.console(), question(fleet));
    return end.isPresent() ? end.get() : apply(fleet);
  }

  /** Shows the plans, as before a question, and does nothing more. */
  public void show(FleetPlan fleet) {
    run.console().print(FleetOutputs.text(run).renderAlone(fleet));
  }

  /** One cluster that cannot be applied keeps all others from being touched. */
  private int refused(FleetPlan fleet) {
    run.console()
        .error(
            FleetOutputs.obstacles(fleet).orElseThrow() + "; nothing was sent",
            Optional.of(FleetOutputs.wayOn(fleet)));
    return fleet.exitCode(false);
  }

  private int preview(FleetPlan fleet) {
    List<Step> all = new ArrayList<>();
    for (ClusterPlan cluster : fleet.clusters()) {
      List<Step> steps =
          cluster.plan().stream()
              .flatMap(saved -> saved.plan().changes().stream())
              .flatMap(change -> change.steps().stream())
              .toList();
      if (!steps.isEmpty()) {
        run.console().print(text.heading(cluster) + StepsText.render(steps) + "\n");
      }
      all.addAll(steps);
    }
    if (!fleet.isApplicable()) {
      return refused(fleet);
    }
    Applying.tellDryRun(
        run.console(), all, " to " + Counts.of(fleet.changed(), "cluster", "clusters"));
    return ExitCode.OK;
  }

  private static String question(FleetPlan fleet) {
    long waves =
        fleet.clusters().stream()
            .filter(ClusterPlan::hasChanges)
            .mapToInt(ClusterPlan::wave)
            .distinct()
            .count();
    return "Apply these plans, "
        + Counts.of(fleet.counts().changes(), "change", "changes")
        + " on "
        + Counts.of(fleet.changed(), "cluster", "clusters")
        + (waves > 1 ? " in " + waves + " waves" : "")
        + "?";
  }

  private int apply(FleetPlan fleet) throws Exception {
    Interruption interruption = new Interruption(run.console());
    Interrupts.Handle handle =
        run.world().interrupts().during(interruption::first, interruption::second);
    AtomicReference<Error> fault = new AtomicReference<>();
    try {
      List<ClusterEnd> ends = waves(fleet, interruption, fault);
      interruption.ended();
      run.console().print(text.summary(ends));
      if (fault.get() != null) {
        // What became of each cluster is told first, and no later wave was begun.
        throw fault.get();
      }
      return verdict(ends, interruption.isAsked());
    } finally {
      interruption.ended();
      interruption.told();
      handle.close();
    }
  }

  /** What became of each cluster, in the order of the fleet. */
  private List<ClusterEnd> waves(
      FleetPlan fleet, Interruption interruption, AtomicReference<Error> fault)
      throws InterruptedException {
    Map<ClusterName, ClusterEnd> ends = new HashMap<>();
    Optional<Integer> failed = Optional.empty();
    for (Map.Entry<Integer, List<ClusterPlan>> wave : fleet.waves().entrySet()) {
      List<ClusterEnd> ended;
      if (failed.isPresent()) {
        String why = "wave " + failed.get() + " did not end well";
        ended = wave.getValue().stream().map(cluster -> skipped(cluster, why)).toList();
      } else {
        ended = wave(wave.getKey(), wave.getValue(), interruption, fault);
        if (ended.stream().anyMatch(ClusterEnd::stopsLaterWaves)) {
          failed = Optional.of(wave.getKey());
        }
      }
      ended.forEach(end -> ends.put(end.plan().name(), end));
    }
    return fleet.clusters().stream().map(cluster -> ends.get(cluster.name())).toList();
  }

  private static ClusterEnd skipped(ClusterPlan cluster, String why) {
    return cluster.hasChanges() ? ClusterEnd.notBegun(cluster, why) : ClusterEnd.unchanged(cluster);
  }

  private List<ClusterEnd> wave(
      int number,
      List<ClusterPlan> clusters,
      Interruption interruption,
      AtomicReference<Error> fault)
      throws InterruptedException {
    List<ClusterPlan> changed = clusters.stream().filter(ClusterPlan::hasChanges).toList();
    if (changed.isEmpty()) {
      return clusters.stream().map(ClusterEnd::unchanged).toList();
    }
    if (interruption.isAsked()) {
      return clusters.stream().map(cluster -> skipped(cluster, "interrupted")).toList();
    }
    run.console().print(text.wave(number, changed.stream().map(ClusterPlan::name).toList()));
    int changes = changed.stream().mapToInt(cluster -> cluster.counts().changes()).sum();
    List<ClusterEnd> ended;
    if (applying.isQuiet()) {
      ended = wave(changed, interruption, outcome -> {}, fault);
    } else {
      try (ApplyProgress progress = new ApplyProgress(run.console(), changes)) {
        ended = wave(changed, interruption, progress, fault);
      }
    }
    List<ClusterEnd> all = new ArrayList<>(ended);
    clusters.stream()
        .filter(cluster -> !cluster.hasChanges())
        .forEach(cluster -> all.add(ClusterEnd.unchanged(cluster)));
    return all;
  }

  private List<ClusterEnd> wave(
      List<ClusterPlan> changed,
      Interruption interruption,
      Consumer<Outcome> progress,
      AtomicReference<Error> fault)
      throws InterruptedException {
    return new Round(run, MOST_CLUSTERS)
        .quietly(
            changed,
            cluster -> cluster.name().value(),
            (cluster, teller) -> {
              try {
                return cluster(cluster, teller, interruption, progress);
              } catch (Error e) {
                // The others of the wave end what they have begun before it is told.
                fault.compareAndSet(null, e);
                String words = "failed: " + teller.console().masking().mask(e.toString());
                return new ClusterEnd(cluster, ClusterEnd.Kind.FAILED, words, ExitCode.ERROR);
              }
            });
  }

  private ClusterEnd cluster(
      ClusterPlan cluster, Run teller, Interruption interruption, Consumer<Outcome> progress) {
    if (interruption.isAsked()) {
      return ClusterEnd.notBegun(cluster, "interrupted");
    }
    teller.console().print(text.heading(cluster));
    try (Connection connection = way.connect(cluster, teller)) {
      // Now the management token is known, and the cluster and the journal would hold a copy.
      PlanOutputs.json(teller.console(), cluster.plan().orElseThrow());
      Plan plan = cluster.plan().orElseThrow().plan();
      ApplyResult result =
          applying
              .execution(cluster.name())
              .carryOut(
                  teller,
                  plan,
                  connection,
                  applying.journals(teller, cluster.name()),
                  Optional.empty(),
                  interruption,
                  progress);
      teller
          .console()
          .print(new OutcomeText(teller.console().outStyle()).summary("Apply", result) + "\n");
      int code = Execution.exitCode(teller.console(), result, next.rollback(cluster.name()));
      return end(cluster, result, code);
    } catch (InterruptedException e) {
      return ClusterEnd.notBegun(cluster, "interrupted");
    } catch (StalePlanException e) {
      // A later wave must not wait for what an earlier apply has done already.
      return e.isApplied() ? ClusterEnd.appliedBefore(cluster) : failed(cluster, teller, e);
    } catch (Exception e) {
      return failed(cluster, teller, e);
    }
  }

  private static ClusterEnd end(ClusterPlan cluster, ApplyResult result, int code) {
    int applied = result.count(Result.APPLIED);
    int total = result.outcomes().size();
    // Who ended it when nothing was left to do has not changed what was done.
    boolean isWhole = code == ExitCode.OK || (result.isComplete() && result.wasInterrupted());
    return isWhole
        ? new ClusterEnd(cluster, ClusterEnd.Kind.APPLIED, "applied " + applied, ExitCode.OK)
        : new ClusterEnd(
            cluster,
            ClusterEnd.Kind.INCOMPLETE,
            "applied " + applied + " of " + total,
            code == ExitCode.INTERRUPTED ? ExitCode.ERROR : code);
  }

  /** Says what kept a cluster from being applied; it hides no other. */
  private static ClusterEnd failed(ClusterPlan cluster, Run teller, Exception e) {
    Failure failure = Round.failure(e, teller);
    teller.console().error(failure.message(), failure.hint());
    int code = e instanceof Explained explained ? explained.exitCode() : ExitCode.ERROR;
    boolean isStale = code == ExitCode.STALE;
    return new ClusterEnd(
        cluster,
        isStale ? ClusterEnd.Kind.STALE : ClusterEnd.Kind.FAILED,
        isStale ? "drifted since the plan" : "failed",
        code);
  }

  /** As with one cluster, plans of which nothing is left to do are stale. */
  private int verdictOfWell(List<ClusterEnd> ends) {
    boolean isStale =
        ends.stream().anyMatch(end -> end.kind() == ClusterEnd.Kind.APPLIED_BEFORE)
            && ends.stream().noneMatch(end -> end.kind() == ClusterEnd.Kind.APPLIED);
    if (isStale) {
      run.console().error("these plans were applied before; nothing was sent", Optional.of(hint()));
    }
    return isStale ? ExitCode.STALE : ExitCode.OK;
  }

  private String hint() {
    return next.plan().map(command -> "run \"" + command + "\"").orElse("plan the fleet again")
        + " to see what is left to do";
  }

  private int verdict(List<ClusterEnd> ends, boolean wasInterrupted) {
    List<ClusterEnd> bad = ends.stream().filter(ClusterEnd::stopsLaterWaves).toList();
    if (bad.isEmpty()) {
      return wasInterrupted ? ExitCode.INTERRUPTED : verdictOfWell(ends);
    }
    long notBegun = bad.stream().filter(end -> end.kind() == ClusterEnd.Kind.NOT_BEGUN).count();
    List<String> parts = new ArrayList<>();
    if (bad.size() > notBegun) {
      parts.add(
          Counts.of(bad.size() - (int) notBegun, "cluster", "clusters")
              + " did not end as planned");
    }
    if (notBegun > 0) {
      parts.add(Counts.of((int) notBegun, "cluster was", "clusters were") + " not begun");
    }
    String message = String.join(", and ", parts);
    run.console().error(wasInterrupted ? "interrupted: " + message : message, Optional.of(hint()));
    if (wasInterrupted) {
      return ExitCode.INTERRUPTED;
    }
    Set<Integer> codes = new HashSet<>();
    bad.forEach(end -> codes.add(end.exitCode()));
    return ExitCode.worst(codes);
  }
}
