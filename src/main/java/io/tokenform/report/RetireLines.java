package io.tokenform.report;

import io.tokenform.access.Durations;
import io.tokenform.plan.Retire;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.List;

/** Retirements: an old token loses its access, and is revoked later. */
final class RetireLines implements ChangeLines<Retire> {
  @Override
  public Class<Retire> type() {
    return Retire.class;
  }

  @Override
  public String sign() {
    return "-";
  }

  @Override
  public String verb(Retire change) {
    return "retires";
  }

  private static String fact(Retire change) {
    return "the old token loses its access now, and is revoked "
        + Durations.text(change.park())
        + " later";
  }

  @Override
  public String text(Retire change, Style style) {
    return "      " + fact(change) + "\n" + PermissionLines.text(change, style);
  }

  @Override
  public List<String> markdown(Retire change) {
    List<String> lines = new ArrayList<>(List.of(fact(change)));
    lines.addAll(PermissionLines.markdown(change));
    return lines;
  }

  @Override
  public String annotation(Retire change) {
    List<String> parts = new ArrayList<>(List.of(fact(change)));
    parts.addAll(PermissionLines.annotation(change));
    return String.join("; ", parts);
  }

  @Override
  public List<String> policyBefore(Retire change) {
    return List.of();
  }

  @Override
  public List<String> policyAfter(Retire change) {
    return List.of();
  }
}
