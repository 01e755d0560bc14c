package io.tokenform.report.fleet;

import io.tokenform.access.Masking;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.fleet.Verdict;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.DiagnosticText;
import io.tokenform.report.PlanFindings;
import io.tokenform.report.PlanFormat;
import io.tokenform.report.PlanText;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Table;
import io.tokenform.report.text.Wrapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;

/**
 * The plan of a fleet for a person: a table of the clusters, then the plan of each; a cluster
 * without changes has one line. Findings stand under their cluster, those of several clusters once
 * behind them.
 */
public final class FleetText implements FleetFormat {
  /** How much of what went wrong stands in the table, in characters. */
  private static final int LISTED_MESSAGE = 80;

  private static final PlanFindings NONE = PlanFindings.unfolded(List.of());

  private final Style style;
  private final OptionalInt width;
  private final boolean unfolded;
  private final PlanText plans;
  private final DiagnosticText diagnostics;

  /**
   * @param masking what no excerpt of a policy may show
   * @param width how wide lines may be
   * @param unfolded whether each finding is shown
   */
  public FleetText(Style style, Masking masking, OptionalInt width, boolean unfolded) {
    this.style = style;
    this.width = width;
    this.unfolded = unfolded;
    this.plans = new PlanText(style, masking, width, unfolded);
    this.diagnostics = new DiagnosticText(style, masking, width);
  }

  @Override
  public String render(FleetPlan fleet) {
    FleetFindings findings = FleetFindings.of(fleet, unfolded);
    return text(fleet, findings.alone(), shared(findings.shared()));
  }

  /** The same without findings, which are told beside it. */
  public String renderAlone(FleetPlan fleet) {
    return text(fleet, Map.of(), "");
  }

  /**
   * The findings of the whole fleet with the clusters in which each was found, for standard error;
   * nothing where there are none.
   */
  public String findings(FleetPlan fleet) {
    return told(FleetFindings.of(fleet, unfolded));
  }

  @Override
  public String failure(PlanFormat.NoPlan why) {
    return plans.failure(why);
  }

  private String text(FleetPlan fleet, Map<ClusterName, PlanFindings> findings, String shared) {
    StringBuilder out = new StringBuilder(table(fleet));
    boolean wasLine = false;
    for (ClusterPlan cluster : fleet.clusters()) {
      PlanFindings own = findings.getOrDefault(cluster.name(), NONE);
      boolean isLine = isLine(cluster);
      out.append(wasLine && isLine ? "" : "\n");
      out.append(isLine ? line(cluster) : whole(cluster)).append(findings(own));
      wasLine = isLine && own.each().isEmpty() && own.groups().isEmpty();
    }
    out.append(shared).append('\n');
    StringBuilder last = new StringBuilder(style.bold(FleetWords.summary(fleet))).append('\n');
    List<String> obstacles = FleetWords.obstacles(fleet);
    if (!obstacles.isEmpty()) {
      String why = String.join(", ", obstacles) + ": the fleet cannot be applied as it stands.";
      last.append(style.red(why)).append('\n');
    }
    if (fleet.hasChanges()) {
      last.append("Digest: ").append(fleet.digest()).append('\n');
    }
    return out.append(Wrapping.of(last.toString(), width)).toString();
  }

  private String table(FleetPlan fleet) {
    List<FleetWords.Column> columns = FleetWords.Column.of(fleet);
    Table table = new Table().column("CLUSTER", Table.Fit.WHOLE).column("WAVE", Table.Fit.OPTIONAL);
    columns.forEach(
        column -> table.column(column.heading().toUpperCase(Locale.ROOT), Table.Fit.OPTIONAL));
    table.column("RESULT", Table.Fit.LIST);
    for (ClusterPlan cluster : fleet.clusters()) {
      List<String> cells = new ArrayList<>();
      cells.add(cluster.name().value());
      cells.add(Counts.number(cluster.wave()));
      columns.forEach(column -> cells.add(column.cell(cluster)));
      cells.add(result(cluster));
      table.row(cells.toArray(String[]::new));
    }
    return table.render(style, width);
  }

  private static String result(ClusterPlan cluster) {
    String result = String.join(", ", FleetWords.result(cluster));
    return cluster
        .failure()
        .map(
            failure -> {
              Excerpt message = Excerpt.of(failure.message(), LISTED_MESSAGE);
              return result
                  + ": "
                  + Printable.line(message.text())
                  + (message.isWhole() ? "" : "...");
            })
        .orElse(result);
  }

  /** Whether there is nothing to say of a cluster but that nothing changes. */
  private static boolean isLine(ClusterPlan cluster) {
    return cluster.verdict() == Verdict.UNCHANGED;
  }

  private String line(ClusterPlan cluster) {
    String text = PlanText.summary(cluster.plan().orElseThrow().plan());
    return Wrapping.of(heading(cluster) + ": " + text + "\n", width);
  }

  private String heading(ClusterPlan cluster) {
    return style.bold(cluster.name().value())
        + " ("
        + Printable.line(FleetWords.place(cluster))
        + ")";
  }

  private String whole(ClusterPlan cluster) {
    String heading = Wrapping.of(heading(cluster) + "\n", width);
    return heading
        + cluster.plan().map(this::plan).orElseGet(() -> failure(cluster.failure().orElseThrow()));
  }

  private String plan(SavedPlan saved) {
    return plans.renderAlone(saved);
  }

  private String failure(ClusterPlan.Failed failure) {
    String text = style.red("There is no plan: " + Printable.line(failure.message())) + "\n";
    String hint = failure.hint().map(line -> "  hint: " + Printable.line(line) + "\n").orElse("");
    return Wrapping.of(text + hint, width);
  }

  private String findings(PlanFindings findings) {
    StringBuilder out = new StringBuilder();
    findings.each().forEach(finding -> out.append('\n').append(diagnostics.render(finding)));
    out.append(findings.groups().isEmpty() ? "" : "\n");
    findings.groups().forEach(group -> out.append(diagnostics.render(group)));
    return out.toString();
  }

  private String shared(FleetFindings shared) {
    return shared.isEmpty()
        ? ""
        : "\n"
            + style.bold("Found in several clusters")
            + "\n\n"
            + told(shared).stripTrailing()
            + "\n";
  }

  /** Each finding, and below it where it was found. */
  private String told(FleetFindings findings) {
    StringBuilder out = new StringBuilder();
    findings
        .each()
        .forEach(
            told ->
                out.append(diagnostics.render(told.what()))
                    .append(clusters(told.clusters()))
                    .append('\n'));
    findings
        .groups()
        .forEach(
            told -> out.append(diagnostics.render(told.what())).append(clusters(told.clusters())));
    return out.append(findings.groups().isEmpty() ? "" : "\n").toString();
  }

  private String clusters(List<ClusterName> clusters) {
    String line = clusters.size() == 1 ? "  cluster: " : "  clusters: ";
    return Wrapping.of(line + FleetWords.names(clusters) + "\n", width);
  }
}
