package io.tokenform.report.fleet;

import com.fasterxml.jackson.core.JsonGenerator;
import io.tokenform.access.Masking;
import io.tokenform.finding.Diagnostic;
import io.tokenform.planfile.FindingJson;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.DiagnosticText;
import io.tokenform.report.GithubAnnotations;
import io.tokenform.report.Importance;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Wrapping;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;

/**
 * Findings about the clusters of a fleet, where there is no plan: what is found in several of them
 * is told once, and names them.
 */
public final class FleetDiagnostics {
  /** How many findings people are shown; those that are not shown are counted. */
  private static final int MOST_FINDINGS = 100;

  /** By place; those that are found in no cluster name none. */
  private final List<FleetFindings.Told<Diagnostic>> told;

  private final int clusters;

  private FleetDiagnostics(List<FleetFindings.Told<Diagnostic>> told, int clusters) {
    this.told = told;
    this.clusters = clusters;
  }

  /**
   * Those of some clusters.
   *
   * @param findings those of each cluster, in the order of the fleet; those of a cluster without
   *     any are empty
   * @param ofFleet what is about the fleet as a whole
   */
  public static FleetDiagnostics of(
      Map<ClusterName, List<Diagnostic>> findings, List<Diagnostic> ofFleet) {
    List<FleetFindings.Told<Diagnostic>> told = new ArrayList<>(FleetFindings.once(findings));
    ofFleet.forEach(finding -> told.add(new FleetFindings.Told<>(finding, List.of())));
    told.sort(Comparator.comparing(FleetFindings.Told::what, Diagnostic.BY_PLACE));
    return new FleetDiagnostics(List.copyOf(told), findings.size());
  }

  /** Each finding once, by its place. */
  public List<Diagnostic> findings() {
    return told.stream().map(FleetFindings.Told::what).toList();
  }

  /**
   * For people: each finding, and below it where it was found, unless it was in each cluster.
   *
   * @param masking what no excerpt of a policy may show
   * @param isWhole whether all are shown, however many there are
   */
  public String text(Style style, Masking masking, OptionalInt width, boolean isWhole) {
    DiagnosticText text = new DiagnosticText(style, masking, width);
    boolean isCut = told.size() > MOST_FINDINGS && !isWhole;
    StringBuilder out = new StringBuilder();
    (isCut ? important().subList(0, MOST_FINDINGS) : told)
        .forEach(one -> out.append(text.render(one.what())).append(where(one, width)).append('\n'));
    if (isCut) {
      out.append(Counts.more(told.size() - MOST_FINDINGS)).append("; --verbose shows all\n\n");
    }
    return out.toString();
  }

  private List<FleetFindings.Told<Diagnostic>> important() {
    Map<Diagnostic, Integer> order = new HashMap<>();
    Importance.findings(findings()).forEach(finding -> order.putIfAbsent(finding, order.size()));
    return told.stream().sorted(Comparator.comparing(one -> order.get(one.what()))).toList();
  }

  private String where(FleetFindings.Told<Diagnostic> one, OptionalInt width) {
    return isEverywhere(one) ? "" : Wrapping.of("  " + clusters(one) + "\n", width);
  }

  /** Whether it names no cluster that the reader would not think of. */
  private boolean isEverywhere(FleetFindings.Told<Diagnostic> one) {
    return one.clusters().isEmpty() || one.clusters().size() == clusters;
  }

  private static String clusters(FleetFindings.Told<Diagnostic> one) {
    return (one.isShared() ? "clusters: " : "cluster: ") + FleetWords.names(one.clusters());
  }

  /**
   * Annotations for GitHub Actions, the most important first.
   *
   * @param whereAllIs which command shows all
   * @param paths gives a file the name that it has in the repository
   */
  public String annotations(String whereAllIs, UnaryOperator<String> paths) {
    return GithubAnnotations.render(
        important().stream()
            .map(
                one -> {
                  GithubAnnotations.Command command = GithubAnnotations.command(one.what(), paths);
                  return isEverywhere(one) ? command : command.with(clusters(one));
                })
            .toList(),
        whereAllIs);
  }

  /** Writes the array {@code findings} into the open object. */
  void write(JsonGenerator out) throws IOException {
    out.writeArrayFieldStart("findings");
    for (FleetFindings.Told<Diagnostic> one : told) {
      FindingJson.write(
          out,
          one.what(),
          Printable::line,
          one.clusters().stream().map(ClusterName::value).toList());
    }
    out.writeEndArray();
  }
}
