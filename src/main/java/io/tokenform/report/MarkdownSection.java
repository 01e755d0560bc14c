package io.tokenform.report;

import io.tokenform.finding.Diagnostic;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.MarkdownText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A list or a table of which the last rows can be left out.
 *
 * @param one what one of its rows is about, as in {@code change}
 * @param order how the rows are ordered, as in {@code by name}
 * @param head the lines before the rows
 * @param rows all rows, each ending in a line break
 * @param kinds the kind of each row, where they are of several
 * @param gains how many of the rows, which come first, say that somebody gains access
 * @param kept how many of the rows are shown
 */
public record MarkdownSection(
    String one,
    String order,
    String head,
    List<String> rows,
    List<String> kinds,
    int gains,
    int kept) {
  private static final String MOST_IMPORTANT_FIRST = "the most important first";

  private static final String GAINS_FIRST =
      "what gains write access first, then what gains read access";

  public MarkdownSection {
    rows = List.copyOf(rows);
    kinds = List.copyOf(kinds);
  }

  static MarkdownSection of(String one, String head, List<String> rows, int gains) {
    return new MarkdownSection(one, GAINS_FIRST, head, rows, List.of(), gains, rows.size());
  }

  static MarkdownSection findings(PlanFindings findings) {
    return findings("Findings", findings, finding -> "", group -> "");
  }

  /**
   * Findings, each in a row.
   *
   * @param heading what they have in common
   * @param note what stands behind a finding, as Markdown in one line
   * @param groupNote the same of findings that are folded
   */
  public static MarkdownSection findings(
      String heading,
      PlanFindings findings,
      Function<Diagnostic, String> note,
      Function<PlanFindings.Group, String> groupNote) {
    List<String> rows = new ArrayList<>();
    List<String> kinds = new ArrayList<>();
    for (Diagnostic finding : findings.each()) {
      rows.add(row(finding) + note.apply(finding) + "\n");
      kinds.add(Importance.kind(finding));
    }
    for (PlanFindings.Group group : findings.groups()) {
      rows.add(row(group) + groupNote.apply(group) + "\n");
      kinds.add(Importance.kind(group.first()));
    }
    return new MarkdownSection(
        "finding", MOST_IMPORTANT_FIRST, "\n### " + heading + "\n\n", rows, kinds, 0, rows.size());
  }

  /** A row in the place of findings that are folded. */
  private static String row(PlanFindings.Group group) {
    return kind(group.first()) + ": " + group.message(MarkdownText::name);
  }

  private static String kind(Diagnostic finding) {
    return "- **"
        + (finding.isAllowed() ? "allowed once" : finding.severity())
        + "** "
        + finding.code();
  }

  private static String row(Diagnostic finding) {
    return kind(finding)
        + " at "
        + MarkdownText.place(finding.where())
        + finding.other().map(other -> " and " + MarkdownText.place(other)).orElse("")
        + ": "
        + MarkdownText.prose(finding.message())
        + finding.hint().map(hint -> "<br>hint: " + MarkdownText.prose(hint)).orElse("");
  }

  private MarkdownSection withKept(int count) {
    return new MarkdownSection(one, order, head, rows, kinds, gains, count);
  }

  /** With the rows alone that say who gains access. */
  MarkdownSection gainsAlone() {
    return withKept(gains);
  }

  /** How many rows that say so are not shown. */
  int hiddenGains() {
    return Math.max(0, gains - kept);
  }

  /** Whether all rows are shown. */
  public boolean isWhole() {
    return kept == rows.size();
  }

  /** The rows that are shown under their heading, and how many are not; nothing without rows. */
  public String text() {
    List<String> shown = rows.subList(0, kept);
    return shown.isEmpty() ? "" : head + String.join("", shown) + rest();
  }

  /** The line behind the last row that says what is not shown, and of which kinds that is. */
  private String rest() {
    if (isWhole()) {
      return "";
    }
    Map<String, Integer> hidden = new LinkedHashMap<>();
    kinds.stream().skip(kept).forEach(kind -> hidden.merge(kind, 1, Integer::sum));
    String which =
        hidden.entrySet().stream()
            .map(kind -> Counts.number(kind.getValue()) + " " + kind.getKey())
            .collect(Collectors.joining(", "));
    int more = rows.size() - kept;
    return "\n"
        + Counts.of(more, "more " + one + " is", "more " + one + "s are")
        + " not shown"
        + (which.isEmpty() ? "" : ": " + which)
        + ".\n";
  }

  /** How many characters it takes. */
  public int size() {
    return text().length();
  }

  /** What is left out, where anything is. */
  public Optional<String> cut() {
    if (isWhole()) {
      return Optional.empty();
    }
    String count =
        Counts.number(kept) + " of " + Counts.number(rows.size()) + " " + one + "s shown";
    return Optional.of(kept > 0 ? count + ", " + order : count);
  }

  /** As many of the rows as fit in so many characters. */
  public MarkdownSection within(int most) {
    int size = head.length();
    int count = 0;
    while (count < rows.size() && size + rows.get(count).length() <= most) {
      size += rows.get(count).length();
      count++;
    }
    MarkdownSection within = withKept(count);
    // What is not shown is said too, and that needs room.
    while (within.kept > 0 && within.size() > most) {
      within = withKept(within.kept - 1);
    }
    return within;
  }
}
