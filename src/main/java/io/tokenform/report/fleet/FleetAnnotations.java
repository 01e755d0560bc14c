package io.tokenform.report.fleet;

import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.plan.Change;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.GithubAnnotations;
import io.tokenform.report.GithubAnnotations.Command;
import io.tokenform.report.Importance;
import io.tokenform.report.PlanAnnotations;
import io.tokenform.report.PlanFormat;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The plan of a fleet as workflow commands of GitHub Actions. What would be said of several
 * clusters in the same words at the same line is said once, and names them; so there are no more
 * than of one plan.
 */
public final class FleetAnnotations implements FleetFormat {
  private static final String WHERE_ALL_IS =
      "tokenform plan shows all, and tokenform show does of saved plans";

  private final UnaryOperator<String> paths;
  private final boolean unfolded;

  /**
   * @param paths gives a file the name that it has in the repository
   * @param unfolded whether each finding is shown, as far as GitHub does
   */
  public FleetAnnotations(UnaryOperator<String> paths, boolean unfolded) {
    this.paths = paths;
    this.unfolded = unfolded;
  }

  @Override
  public String render(FleetPlan fleet) {
    List<Command> commands = new ArrayList<>();
    commands.addAll(failures(fleet));
    FleetFindings findings = FleetFindings.of(fleet, unfolded);
    findings
        .each()
        .forEach(
            told ->
                commands.add(
                    named(GithubAnnotations.command(told.what(), paths), told.clusters())));
    findings
        .groups()
        .forEach(
            told -> commands.add(named(GithubAnnotations.command(told.what()), told.clusters())));
    PlanAnnotations.byDatabase(databases(fleet)).ifPresent(commands::add);
    commands.addAll(changes(fleet));
    return GithubAnnotations.render(commands, WHERE_ALL_IS);
  }

  /** Why clusters have no plan, where no finding says it. */
  private static List<Command> failures(FleetPlan fleet) {
    Map<Command, List<ClusterName>> failures = new LinkedHashMap<>();
    for (ClusterPlan cluster : fleet.clusters()) {
      cluster
          .failure()
          .filter(failure -> failure.findings().isEmpty())
          .map(failure -> GithubAnnotations.failure(failure.message()))
          .map(text -> new Command(GithubAnnotations.ERROR, text))
          .ifPresent(command -> add(failures, command, cluster.name()));
    }
    return named(failures);
  }

  /** What happens to each database of each cluster, the most dangerous first. */
  private static List<PlanAnnotations.DatabaseLine> databases(FleetPlan fleet) {
    Map<PlanAnnotations.DatabaseLine, List<ClusterName>> lines = new LinkedHashMap<>();
    for (ClusterPlan cluster : fleet.clusters()) {
      cluster
          .plan()
          .map(saved -> PlanAnnotations.databases(new Importance(saved.plan())))
          .orElse(List.of())
          .forEach(line -> add(lines, line, cluster.name()));
    }
    return lines.entrySet().stream()
        .map(
            line ->
                new PlanAnnotations.DatabaseLine(
                    line.getKey().gain(),
                    FleetWords.names(line.getValue()) + ": " + line.getKey().text()))
        .sorted(Comparator.comparing(PlanAnnotations.DatabaseLine::gain))
        .toList();
  }

  /** The changes of all plans, what gains access first. */
  private List<Command> changes(FleetPlan fleet) {
    Map<Importance.Gain, Map<Command, List<ClusterName>>> byGain = new LinkedHashMap<>();
    for (Importance.Gain gain : Importance.Gain.values()) {
      byGain.put(gain, new LinkedHashMap<>());
    }
    for (ClusterPlan cluster : fleet.clusters()) {
      for (Change change :
          cluster.plan().map(saved -> new Importance(saved.plan()).changes()).orElse(List.of())) {
        add(
            byGain.get(Importance.Gain.of(change)),
            PlanAnnotations.notice(change, paths),
            cluster.name());
      }
    }
    return byGain.values().stream().flatMap(same -> named(same).stream()).toList();
  }

  private static <K> void add(Map<K, List<ClusterName>> clusters, K what, ClusterName name) {
    clusters.computeIfAbsent(what, any -> new ArrayList<>()).add(name);
  }

  private static List<Command> named(Map<Command, List<ClusterName>> commands) {
    return commands.entrySet().stream()
        .map(command -> named(command.getKey(), command.getValue()))
        .toList();
  }

  private static Command named(Command command, List<ClusterName> clusters) {
    return command.with(
        (clusters.size() == 1 ? "cluster: " : "clusters: ") + FleetWords.names(clusters));
  }

  @Override
  public String failure(PlanFormat.NoPlan why) {
    return new PlanAnnotations(paths, unfolded).failure(why);
  }
}
