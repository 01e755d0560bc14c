package io.tokenform.report;

import io.tokenform.plan.CleanUp;
import io.tokenform.report.text.MarkdownText;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.List;

/** Clean-ups: what an apply left, and what becomes of it. */
final class CleanUpLines implements ChangeLines<CleanUp> {
  @Override
  public Class<CleanUp> type() {
    return CleanUp.class;
  }

  @Override
  public String sign() {
    return "*";
  }

  @Override
  public String verb(CleanUp change) {
    return change.finish().isPresent() ? "finishes" : "removes";
  }

  private static List<String> facts(CleanUp change) {
    List<String> lines = new ArrayList<>();
    if (change.finish().isPresent()) {
      lines.add("an apply that did not end delivered its secret: it comes into use");
      lines.addAll(MakingLines.predecessors(change.finish().get()));
    } else {
      lines.add("left by an apply that did not end, and nobody has its secret: it is revoked");
    }
    return lines;
  }

  @Override
  public String text(CleanUp change, Style style) {
    StringBuilder out = new StringBuilder();
    facts(change).forEach(line -> out.append("      ").append(Printable.line(line)).append('\n'));
    return out.toString();
  }

  @Override
  public List<String> markdown(CleanUp change) {
    return facts(change).stream().map(MarkdownText::line).toList();
  }

  @Override
  public String annotation(CleanUp change) {
    return String.join("; ", facts(change));
  }

  @Override
  public List<String> policyBefore(CleanUp change) {
    return List.of();
  }

  @Override
  public List<String> policyAfter(CleanUp change) {
    return List.of();
  }
}
