package io.tokenform.report.fleet;

import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.plan.CutComment;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.CommentOptions;
import io.tokenform.report.PlanFormat;
import io.tokenform.report.PlanMarkdown;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The plan of a fleet as GitHub flavoured Markdown, for one comment on a pull request: a table of
 * the clusters, and a section for each that folds.
 *
 * <p>It fits in one comment, however large the fleet is. What is left out, if anything, is first
 * the diffs, then the lists of unmanaged tokens, then rows. What gains access is never left out
 * while there is room for all of it: where there is not, {@link #cut} says of which clusters a
 * reviewer would not see everything.
 */
public final class FleetMarkdown implements FleetFormat {
  private final CommentOptions options;

  public FleetMarkdown(CommentOptions options) {
    this.options = options;
  }

  @Override
  public String render(FleetPlan fleet) {
    return new FleetComment(fleet, options).text();
  }

  /** Which gains of access the text has no room for, by cluster; nothing where it shows all. */
  public Map<ClusterName, CutComment> cut(FleetPlan fleet) {
    return new FleetComment(fleet, options).cut();
  }

  /**
   * The fleet, each of its plans held against the guardrail that the comment shows every gain of
   * access. A plan that has errors is not judged.
   */
  public FleetPlan held(FleetPlan fleet) {
    FleetPlan held = fleet;
    Set<ClusterName> judged = new HashSet<>();
    Map<ClusterName, CutComment> cut = cut(held);
    // What is found takes room too, and may push out the gains of another cluster.
    while (!judged.containsAll(cut.keySet())) {
      Map<ClusterName, CutComment> found = new HashMap<>(cut);
      found.keySet().removeAll(judged);
      held = held.withEach(cluster -> judged(cluster, found));
      judged.addAll(found.keySet());
      cut = cut(held);
    }
    return held;
  }

  private static ClusterPlan judged(ClusterPlan cluster, Map<ClusterName, CutComment> cut) {
    Optional<SavedPlan> saved = cluster.plan().filter(plan -> cut.containsKey(cluster.name()));
    return saved
        .map(plan -> cluster.with(plan.with(cut.get(cluster.name()).judged(plan.plan()))))
        .orElse(cluster);
  }

  @Override
  public String failure(PlanFormat.NoPlan why) {
    return new PlanMarkdown(options).failure(why);
  }
}
