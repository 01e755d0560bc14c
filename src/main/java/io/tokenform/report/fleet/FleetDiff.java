package io.tokenform.report.fleet;

import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.report.PlanDiff;
import io.tokenform.report.PlanFormat;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.List;

/**
 * The plan of a fleet as a unified diff: for each cluster with changes one of the files {@code
 * live/NAME} and {@code policy/NAME}, under a comment that names it.
 */
public final class FleetDiff implements FleetFormat {
  private final Style style;

  public FleetDiff(Style style) {
    this.style = style;
  }

  @Override
  public String render(FleetPlan fleet) {
    StringBuilder out = new StringBuilder();
    for (ClusterPlan cluster : fleet.clusters()) {
      String text = text(cluster);
      if (!text.isEmpty()) {
        String heading = "# " + cluster.name() + " (" + FleetWords.place(cluster) + ")";
        out.append(style.bold(Printable.line(heading))).append('\n').append(text);
      }
    }
    return out.toString();
  }

  private String text(ClusterPlan cluster) {
    PlanDiff diff = new PlanDiff(style, "/" + cluster.name());
    return cluster
        .plan()
        .map(diff::render)
        .or(
            () ->
                cluster
                    .failure()
                    .map(
                        why ->
                            diff.failure(
                                new PlanFormat.NoPlan(why.message(), why.hint(), List.of()))))
        .orElse("");
  }

  @Override
  public String failure(PlanFormat.NoPlan why) {
    return new PlanDiff(style).failure(why);
  }
}
