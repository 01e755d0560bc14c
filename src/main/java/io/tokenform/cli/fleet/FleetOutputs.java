package io.tokenform.cli.fleet;

import io.tokenform.access.Flag;
import io.tokenform.access.ShellWord;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.files.FleetPlanFiles;
import io.tokenform.cli.options.Format;
import io.tokenform.cli.options.PlanOutputs;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.fleet.FleetPlanFile;
import io.tokenform.fleet.Verdict;
import io.tokenform.report.CommentOptions;
import io.tokenform.report.fleet.FleetMarkdown;
import io.tokenform.report.fleet.FleetText;
import io.tokenform.report.text.Counts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives the plan of a fleet in the forms that are asked for. */
public final class FleetOutputs {
  /** Clusters beyond this many are counted and not named. */
  private static final int MOST_NAMES = 10;

  /** Of more clusters, a command that leaves them out has only the form. */
  private static final int MOST_LEFT_OUT = 5;

  private static final Set<Verdict> OBSTACLES =
      Set.of(Verdict.FAILED, Verdict.ERRORS, Verdict.DENIED);

  private final Run run;
  private final PlanOutputs outputs;

  public FleetOutputs(Run run, PlanOutputs outputs) {
    this.run = run;
    this.outputs = outputs;
  }

  /**
   * The plan, held against the guardrail that a comment shows every gain of access; where no
   * Markdown is asked for, nothing is.
   */
  public FleetPlan held(FleetPlan fleet) {
    Optional<CommentOptions> comment = outputs.commentAsked(run.console());
    return comment.isPresent() ? new FleetMarkdown(comment.get()).held(fleet) : fleet;
  }

  /** Tells the findings to standard error, and gives the plan in each form. */
  public void write(FleetPlan fleet) throws InputException {
    tellFindings(run, fleet);
    outputs.give(
        run,
        (format, setting, isAlone) -> {
          if (isAlone) {
            return FleetForm.text(setting).renderAlone(fleet);
          }
          if (format == Format.JSON) {
            requireNoSecret(fleet);
          }
          return FleetForm.of(format, setting).render(fleet);
        });
  }

  /**
   * Saves the plans in a folder, which {@link FleetPlanFiles#prepare} has made.
   *
   * @param isShare whether others make the plans of other clusters
   */
  public void save(String folder, FleetPlan fleet, boolean isShare) throws InputException {
    requireNoSecret(fleet);
    FleetPlanFiles.write(
        run.world(), folder, FleetPlanFile.write(fleet, run.console().masking()::maskJson));
    run.console()
        .note(
            "the plans are in "
                + folder
                + (isShare ? "; the digest of this share is " : "; the digest of the fleet is ")
                + fleet.digest()
                + (isShare ? "; \"tokenform fleet merge\" puts all shares together" : ""));
  }

  /**
   * Says which clusters stand in the way of applying the fleet, where some do.
   *
   * @return what plan ends with
   */
  public static int verdict(Run run, FleetPlan fleet, boolean isDetailed) {
    obstacles(fleet)
        .ifPresent(
            obstacles ->
                run.console()
                    .error(
                        obstacles + ": the fleet may not be applied as it stands",
                        Optional.of(wayOn(fleet))));
    return fleet.exitCode(isDetailed);
  }

  /** What to do about the clusters that stand in the way. */
  static String wayOn(FleetPlan fleet) {
    List<String> names =
        fleet.clusters().stream()
            .filter(cluster -> OBSTACLES.contains(cluster.verdict()))
            .map(cluster -> "!" + cluster.name())
            .toList();
    return "what each of them needs is said above; "
        + Flag.ONLY
        + " "
        + ShellWord.of(names.size() > MOST_LEFT_OUT ? "!NAME,!NAME" : String.join(",", names))
        + (names.size() == 1 ? " leaves it out" : " leaves them out");
  }

  /** The clusters whose plans may not be applied, by what became of them; the gravest first. */
  static Optional<String> obstacles(FleetPlan fleet) {
    List<String> parts = new ArrayList<>();
    add(parts, fleet, Verdict.FAILED, "without a plan");
    add(parts, fleet, Verdict.ERRORS, "with errors");
    add(parts, fleet, Verdict.DENIED, "denied by a guardrail or an expectation");
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", parts));
  }

  private static void add(List<String> parts, FleetPlan fleet, Verdict verdict, String what) {
    List<String> names =
        fleet.clusters().stream()
            .filter(cluster -> cluster.verdict() == verdict)
            .map(cluster -> cluster.name().value())
            .toList();
    if (!names.isEmpty()) {
      parts.add(Counts.of(names.size(), "cluster", "clusters") + " " + what + ", " + listed(names));
    }
  }

  private static String listed(List<String> names) {
    int more = names.size() - MOST_NAMES;
    return names.stream().limit(MOST_NAMES).collect(Collectors.joining(", "))
        + (more > 0 ? " " + Counts.more(more) : "");
  }

  /** The plan of a fleet as this run prints it. */
  static FleetText text(Run run) {
    return new FleetText(
        run.console().outStyle(),
        run.console().masking(),
        run.console().outWidth(),
        run.console().showsAll());
  }

  /** Tells what was found in any of the clusters, to standard error. */
  public static void tellFindings(Run run, FleetPlan fleet) {
    FleetText text =
        new FleetText(
            run.console().errStyle(),
            run.console().masking(),
            run.console().errWidth(),
            run.console().showsAll());
    String findings = text.findings(fleet);
    if (!findings.isEmpty()) {
      run.console().printError(findings);
    }
  }

  /**
   * Refuses a plan that repeats a secret which this run was given, before a machine could take it
   * for a plan.
   */
  private void requireNoSecret(FleetPlan fleet) throws InputException {
    for (ClusterPlan cluster : fleet.clusters()) {
      String place = cluster.name() + " " + cluster.place().labels();
      if (!run.console().masking().mask(place).equals(place)) {
        throw new InputException(
            "the name or a label of a cluster contains a secret that this run was given",
            "a management token that is a word cannot be told apart from them: use another");
      }
      if (cluster.plan().isPresent()) {
        PlanOutputs.json(run.console(), cluster.plan().get());
      }
    }
  }
}
