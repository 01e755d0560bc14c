package io.tokenform.report;

import io.tokenform.plan.Rotate;
import io.tokenform.report.text.MarkdownText;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.List;

/** Rotations: why, where the new secret goes, and what becomes of the old token. */
final class RotateLines implements ChangeLines<Rotate> {
  @Override
  public Class<Rotate> type() {
    return Rotate.class;
  }

  @Override
  public String sign() {
    return ">";
  }

  @Override
  public String verb(Rotate change) {
    return "rotates, " + change.effect().words();
  }

  private static List<String> facts(Rotate change) {
    List<String> lines = new ArrayList<>();
    lines.add("a new token now: " + change.because());
    lines.addAll(MakingLines.of(change.making()));
    lines.addAll(MakingLines.predecessors(change.making().succession()));
    return lines;
  }

  @Override
  public String text(Rotate change, Style style) {
    StringBuilder out = new StringBuilder();
    // All that the new secret can do, also where nothing of it is new.
    out.append(PermissionLines.text(change, style));
    facts(change).forEach(line -> out.append("      ").append(Printable.line(line)).append('\n'));
    return out.toString();
  }

  @Override
  public List<String> markdown(Rotate change) {
    List<String> lines = new ArrayList<>(PermissionLines.markdown(change));
    lines.addAll(PermissionLines.kept(change));
    facts(change).forEach(line -> lines.add(MarkdownText.line(line)));
    return lines;
  }

  @Override
  public String annotation(Rotate change) {
    List<String> parts = new ArrayList<>(PermissionLines.annotation(change));
    parts.add("can " + PlanAnnotations.permissions(Importance.gains(change.permissionsAfter()), 0));
    facts(change).forEach(line -> parts.add(Printable.line(line)));
    return String.join("; ", parts);
  }

  @Override
  public List<String> policyBefore(Rotate change) {
    return CanonicalPolicy.token(change, change.before(), change.after());
  }

  @Override
  public List<String> policyAfter(Rotate change) {
    return CanonicalPolicy.token(change, change.after(), change.before());
  }
}
