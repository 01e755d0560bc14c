package io.tokenform.report.fleet;

import io.tokenform.fleet.ClusterEnd;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Table;
import io.tokenform.report.text.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The apply of a fleet for a person: what is said before a wave, and a table at the end. */
public final class FleetApplyText {
  private final Style style;
  private final OptionalInt width;

  /**
   * @param width how wide lines may be
   */
  public FleetApplyText(Style style, OptionalInt width) {
    this.style = style;
    this.width = width;
  }

  /**
   * The line before a wave.
   *
   * @param number which of the waves that have changes it is, by its number in the fleet file
   */
  public String wave(int number, List<ClusterName> clusters) {
    return Wrapping.of(
        style.bold("Wave " + Counts.number(number)) + ": " + FleetWords.names(clusters) + "\n\n",
        width);
  }

  /** The line before what is said of a cluster. */
  public String heading(ClusterPlan cluster) {
    return style.bold(cluster.name().value()) + "\n";
  }

  /**
   * What has become of each cluster, and of all.
   *
   * @param ends in the order of the fleet
   */
  public String summary(List<ClusterEnd> ends) {
    Table table =
        new Table()
            .column("CLUSTER", Table.Fit.WHOLE)
            .column("WAVE", Table.Fit.OPTIONAL)
            .column("CHANGES", Table.Fit.OPTIONAL)
            .column("RESULT", Table.Fit.LIST);
    for (ClusterEnd end : ends) {
      table.row(
          end.plan().name().value(),
          Counts.number(end.plan().wave()),
          Counts.number(end.plan().counts().changes()),
          result(end));
    }
    List<String> parts = new ArrayList<>();
    for (ClusterEnd.Kind kind : ClusterEnd.Kind.values()) {
      int count = (int) ends.stream().filter(end -> end.kind() == kind).count();
      if (count > 0) {
        parts.add(Counts.number(count) + " " + kind);
      }
    }
    boolean isComplete = ends.stream().allMatch(ClusterEnd::isWell);
    String line =
        "Fleet "
            + (isComplete ? "complete" : "incomplete")
            + ": "
            + Counts.of(ends.size(), "cluster", "clusters")
            + ", "
            + String.join(", ", parts)
            + ".";
    return table.render(style, width) + "\n" + Wrapping.of(style.bold(line) + "\n", width);
  }

  private String result(ClusterEnd end) {
    String words = end.words();
    return switch (end.kind()) {
      case APPLIED -> style.green(words);
      case UNCHANGED, APPLIED_BEFORE -> words;
      case INCOMPLETE, STALE, FAILED -> style.red(words);
      case NOT_BEGUN -> style.yellow(words);
    };
  }
}
