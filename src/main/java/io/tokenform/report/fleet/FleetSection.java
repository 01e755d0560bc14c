package io.tokenform.report.fleet;

import io.tokenform.finding.Severity;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.Verdict;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.Importance;
import io.tokenform.report.PlanFindings;
import io.tokenform.report.PlanSections;
import io.tokenform.report.PlanText;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.MarkdownText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * What a comment shows of one cluster, folded under a line that says what came of it.
 *
 * @param head the lines before the rows
 * @param rows those that are shown
 * @param extras which lists stand behind the rows
 * @param isShown whether there is room for it at all
 */
record FleetSection(
    ClusterPlan cluster, String head, PlanSections rows, Extras extras, boolean isShown) {
  private static final String END = "\n</details>\n";

  private static final String ELSEWHERE =
      "\nWhat other clusters have too stands above all sections.\n";

  /** How much of what went wrong is shown, in characters. */
  private static final int LONGEST_MESSAGE = 500;

  /** What stands behind the rows. */
  enum Extras {
    /** Nothing. */
    NONE,
    /** The unmanaged tokens. */
    UNMANAGED,
    /** The diff and the unmanaged tokens. */
    ALL
  }

  FleetSection {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(extras, "extras");
  }

  /**
   * With all rows.
   *
   * @param findings those of this cluster alone
   */
  FleetSection(ClusterPlan cluster, PlanFindings findings) {
    this(
        cluster,
        head(cluster),
        cluster
            .plan()
            .map(saved -> PlanSections.of(saved.plan(), findings))
            .orElseGet(() -> PlanSections.of(findings)),
        Extras.UNMANAGED,
        true);
  }

  /** Whether more came of it than that nothing changes. */
  static boolean isChanged(ClusterPlan cluster) {
    return cluster.verdict() != Verdict.UNCHANGED;
  }

  /** The most dangerous of what the cluster's plan gives. */
  private static Importance.Gain gain(ClusterPlan cluster) {
    return cluster.plan().stream()
        .flatMap(saved -> saved.plan().changes().stream())
        .map(Importance.Gain::of)
        .min(Comparator.naturalOrder())
        .orElse(Importance.Gain.NOTHING);
  }

  /**
   * What came of a cluster, in which a gain of write access is named: the table and the lines above
   * what is folded must not show it as one change among others.
   */
  static String result(ClusterPlan cluster) {
    List<String> parts = new ArrayList<>(FleetWords.result(cluster));
    if (gain(cluster) == Importance.Gain.WRITE) {
      parts.add("gains write access");
    }
    int warnings =
        (int)
            cluster.findings().stream()
                .filter(finding -> finding.severity() == Severity.WARNING && !finding.isAllowed())
                .count();
    if (warnings > 0) {
      parts.add(Counts.of(warnings, "warning", "warnings"));
    }
    return String.join(", ", parts);
  }

  /** Gains of write access first, then other gains, then what cannot be applied. */
  static Comparator<ClusterPlan> mostImportantFirst() {
    return Comparator.comparing(FleetSection::gain)
        .thenComparing(
            cluster ->
                cluster.verdict() == Verdict.CHANGES || cluster.verdict() == Verdict.UNCHANGED);
  }

  /** Whether there is anything to unfold. */
  boolean hasContent() {
    return isChanged(cluster) || rows.size() > 0;
  }

  private static String head(ClusterPlan cluster) {
    StringBuilder out = new StringBuilder("\n<details>\n<summary><code>");
    // Nothing in a cluster's name means anything in HTML, and the rest are our own words.
    out.append(cluster.name()).append("</code>: ");
    out.append(result(cluster)).append("</summary>\n\n");
    cluster.plan().ifPresent(saved -> out.append(facts(cluster, saved)));
    cluster.failure().ifPresent(failure -> out.append(facts(failure)));
    return out.toString();
  }

  private static String facts(ClusterPlan cluster, SavedPlan saved) {
    Plan plan = saved.plan();
    StringBuilder out = new StringBuilder();
    out.append("**").append(PlanText.summary(plan)).append("**\n\n");
    PlanText.expectations(plan).ifPresent(line -> out.append(line).append("\n\n"));
    out.append("Cluster ").append(MarkdownText.line(PlanText.cluster(plan.cluster())));
    out.append(", ").append(MarkdownText.line(FleetWords.place(cluster)));
    out.append(", ").append(Counts.of(plan.activeTokens(), "active token", "active tokens"));
    out.append(". Digest `").append(saved.digest()).append("`.\n");
    if (saved.snapshot().isPresent()) {
      out.append('\n').append(PlanText.source(saved)).append(".\n");
    }
    return out.toString();
  }

  private static String facts(ClusterPlan.Failed failure) {
    return "**There is no plan:** "
        + prose(failure.message())
        + failure.hint().map(hint -> "<br>hint: " + prose(hint)).orElse("")
        + "\n";
  }

  private static String prose(String text) {
    Excerpt excerpt = Excerpt.of(text, LONGEST_MESSAGE);
    return excerpt.withPlace(MarkdownText.prose(excerpt.text()));
  }

  /** The section; nothing where there is no room for it. */
  String text() {
    return isShown ? head + rows.text() + behind() + END : "";
  }

  private String behind() {
    if (extras == Extras.NONE || cluster.plan().isEmpty()) {
      return "";
    }
    Plan plan = cluster.plan().get().plan();
    return (extras == Extras.ALL ? PlanSections.diff(plan) : "") + PlanSections.unmanaged(plan);
  }

  /** How much room all its rows take, with what stands around them. */
  int size() {
    return frame() + rows.size();
  }

  private int frame() {
    return head.length() + END.length();
  }

  /** How much of that the rows need that say who gains access; nothing where there are none. */
  int gains() {
    PlanSections none = rows.none();
    return none.hideGains() ? frame() + rows.gains() : 0;
  }

  /** With what is left of its rows where those that other clusters have too stand elsewhere. */
  FleetSection withRest(PlanSections rest) {
    return new FleetSection(
        cluster, head + (rest.isLessThan(rows) ? ELSEWHERE : ""), rest, Extras.NONE, isShown);
  }

  /** Whether there is anything that does not stand elsewhere. */
  boolean hasOwn() {
    return rows.size() > 0 || cluster.plan().isEmpty();
  }

  FleetSection withDiff() {
    return new FleetSection(cluster, head, rows, Extras.ALL, isShown);
  }

  FleetSection rowsAlone() {
    return new FleetSection(cluster, head, rows, Extras.NONE, isShown);
  }

  /** Left out. */
  FleetSection none() {
    return new FleetSection(cluster, head, rows.none(), Extras.NONE, false);
  }

  /** What of it fits in so many characters: every gain of access, if there is room for these. */
  FleetSection within(int room) {
    if (room >= size()) {
      return rowsAlone();
    }
    PlanSections kept = rows.within(room - frame());
    boolean isWorthIt = room >= frame() && (kept.size() > 0 || rows.size() == 0);
    return isWorthIt ? new FleetSection(cluster, head, kept, Extras.NONE, true) : none();
  }
}
