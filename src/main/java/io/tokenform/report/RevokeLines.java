package io.tokenform.report;

import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.Revoke;
import io.tokenform.report.text.MarkdownText;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Revocations: what the token could do, and why it ends. */
final class RevokeLines implements ChangeLines<Revoke> {
  @Override
  public Class<Revoke> type() {
    return Revoke.class;
  }

  @Override
  public String sign() {
    return "-";
  }

  @Override
  public String verb(Revoke change) {
    return "revokes, irreversible";
  }

  private static String why(Revoke change) {
    return change.reason().map(text -> "irreversible (" + text + ")").orElse("irreversible");
  }

  @Override
  public String text(Revoke change, Style style) {
    return "      "
        + style.red(Printable.line(why(change)))
        + "\n"
        + PermissionLines.text(change, style);
  }

  @Override
  public List<String> markdown(Revoke change) {
    List<String> lines = new ArrayList<>();
    lines.add("**revoked for good**");
    change.reason().ifPresent(text -> lines.add(MarkdownText.line(text)));
    lines.addAll(PermissionLines.markdown(change));
    return lines;
  }

  @Override
  public String annotation(Revoke change) {
    List<String> parts = new ArrayList<>();
    parts.add("is revoked, " + Printable.line(why(change)));
    parts.addAll(PermissionLines.annotation(change));
    return String.join("; ", parts);
  }

  @Override
  public List<String> policyBefore(Revoke change) {
    return change.isAboutOldGeneration()
        ? List.of()
        : CanonicalPolicy.token(
            change, change.before(), new ManagedFields(Optional.empty(), Optional.empty()));
  }

  @Override
  public List<String> policyAfter(Revoke change) {
    return List.of();
  }
}
