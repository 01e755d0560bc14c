package io.tokenform.report;

import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;

/** A checkup for a person. */
public final class CheckupText {
  private static final String HINT_INDENT = "        hint: ";

  private final Style style;

  public CheckupText(Style style) {
    this.style = style;
  }

  /** The checkup, as lines that each end in a line break. */
  public String render(Checkup checkup) {
    StringBuilder out = new StringBuilder();
    if (!checkup.settings().isEmpty()) {
      out.append(style.bold("settings")).append('\n');
      Columns settings = new Columns("  ", "  ");
      checkup
          .settings()
          .forEach(
              setting ->
                  settings.row(
                      setting.name(),
                      Printable.line(setting.value()),
                      Printable.line(setting.origin())));
      settings.lines().forEach(line -> out.append(line).append('\n'));
    }
    out.append(style.bold("checks")).append('\n');
    int width = checkup.checks().stream().mapToInt(check -> check.name().length()).max().orElse(0);
    for (Checkup.Check check : checkup.checks()) {
      out.append("  ")
          .append(check.passed() ? style.green("ok  ") : style.red("FAIL"))
          .append("  ")
          .append(check.name())
          .append(" ".repeat(width - check.name().length()))
          .append("  ")
          .append(Printable.line(check.fact()))
          .append('\n');
      check
          .hint()
          .ifPresent(hint -> out.append(HINT_INDENT).append(Printable.line(hint)).append('\n'));
    }
    return out.append('\n')
        .append(
            checkup.isHealthy()
                ? "All is well.\n"
                : "A check failed; what comes after it was not checked.\n")
        .toString();
  }
}
