package io.tokenform.report.fleet;

import io.tokenform.fleet.ClusterAnswer;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Table;
import io.tokenform.report.text.Wrapping;
import java.util.List;
import java.util.OptionalInt;

/** Which snapshots of a fleet were taken, for a person. */
public final class FleetSnapshotText {
  /** How much of what went wrong stands in the table, in characters. */
  private static final int LISTED_MESSAGE = 80;

  private final Style style;
  private final OptionalInt width;

  /**
   * @param width how wide lines may be
   */
  public FleetSnapshotText(Style style, OptionalInt width) {
    this.style = style;
    this.width = width;
  }

  /**
   * A snapshot that is saved.
   *
   * @param tokens how many it has
   * @param databases how many it has
   */
  public record Taken(int tokens, int databases, String digest) {}

  /**
   * A table, and what the folder holds now, as lines that each end in a line break.
   *
   * @param folder as the user named it
   */
  public String render(String folder, List<ClusterAnswer<Taken>> clusters) {
    Table table =
        new Table()
            .column("CLUSTER", Table.Fit.WHOLE)
            .column("TOKENS", Table.Fit.OPTIONAL)
            .column("DATABASES", Table.Fit.OPTIONAL)
            .column("RESULT", Table.Fit.TEXT);
    for (ClusterAnswer<Taken> cluster : clusters) {
      table.row(
          cluster.name().value(),
          cluster.found().map(taken -> Counts.number(taken.tokens())).orElse(""),
          cluster.found().map(taken -> Counts.number(taken.databases())).orElse(""),
          cluster
              .found()
              .map(Taken::digest)
              .orElseGet(() -> failed(cluster.failure().orElseThrow().message())));
    }
    return table.render(style, width) + "\n" + Wrapping.of(summary(folder, clusters) + "\n", width);
  }

  private static String failed(String message) {
    Excerpt excerpt = Excerpt.of(message, LISTED_MESSAGE);
    return "failed: " + Printable.line(excerpt.text()) + (excerpt.isWhole() ? "" : "...");
  }

  private static String summary(String folder, List<ClusterAnswer<Taken>> clusters) {
    List<ClusterName> failed = ClusterAnswer.failed(clusters);
    String saved =
        Counts.of(clusters.size() - failed.size(), "snapshot is", "snapshots are")
            + " in "
            + Printable.line(folder);
    return failed.isEmpty()
        ? saved + "."
        : saved
            + "; there is none of "
            + Counts.of(failed.size(), "cluster", "clusters")
            + ": "
            + FleetWords.names(failed)
            + ".";
  }
}
