package io.tokenform.report;

import io.tokenform.plan.Create;
import io.tokenform.plan.ManagedFields;
import io.tokenform.report.text.MarkdownText;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Creations: what the new token may do, until when, and where its secret goes. */
final class CreateLines implements ChangeLines<Create> {
  @Override
  public Class<Create> type() {
    return Create.class;
  }

  @Override
  public String sign() {
    return "+";
  }

  @Override
  public String verb(Create change) {
    return "creates, " + change.effect().words();
  }

  private static List<String> facts(Create change) {
    List<String> lines = new ArrayList<>(MakingLines.of(change.making()));
    lines.addAll(MakingLines.predecessors(change.making().succession()));
    return lines;
  }

  @Override
  public String text(Create change, Style style) {
    StringBuilder out = new StringBuilder();
    out.append("      description  ")
        .append(style.green(Printable.quoted(change.description())))
        .append('\n')
        .append(PermissionLines.text(change, style));
    facts(change).forEach(line -> out.append("      ").append(Printable.line(line)).append('\n'));
    return out.toString();
  }

  @Override
  public List<String> markdown(Create change) {
    List<String> lines = new ArrayList<>(PermissionLines.markdown(change));
    facts(change).forEach(line -> lines.add(MarkdownText.line(line)));
    return lines;
  }

  @Override
  public String annotation(Create change) {
    List<String> parts = new ArrayList<>();
    parts.add("is made");
    parts.addAll(PermissionLines.annotation(change));
    facts(change).forEach(line -> parts.add(Printable.line(line)));
    return String.join("; ", parts);
  }

  @Override
  public List<String> policyBefore(Create change) {
    return List.of();
  }

  @Override
  public List<String> policyAfter(Create change) {
    return CanonicalPolicy.token(
        change, change.after(), new ManagedFields(Optional.empty(), Optional.empty()));
  }
}
