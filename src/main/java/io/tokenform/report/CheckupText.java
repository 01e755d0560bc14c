package io.tokenform.report;

import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.function.Function;

/** A checkup for a person. */
public final class CheckupText {
  private static final String HINT_INDENT = "        hint: ";

  private final Style style;

  public CheckupText(Style style) {
    this.style = style;
  }

  /** The checkup, as lines that each end in a line break. */
  public String render(Checkup checkup) {
    return facts(checkup) + '\n' + verdict(checkup) + '\n';
  }

  /** The same without the last line, which says what follows from it. */
  public String facts(Checkup checkup) {
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
    checkup.checks().forEach(check -> add(check, padded(check.name(), width), out));
    if (!checkup.sinks().isEmpty()) {
      out.append(style.bold("sinks")).append('\n');
      int names = width(checkup, sink -> sink.check().name());
      int kinds = width(checkup, Checkup.Sink::kind);
      for (Checkup.Sink sink : checkup.sinks()) {
        String label = padded(sink.check().name(), names) + "  " + padded(sink.kind(), kinds);
        add(sink.check(), label, out);
      }
    }
    return out.toString();
  }

  private static int width(Checkup checkup, Function<Checkup.Sink, String> cell) {
    return checkup.sinks().stream().map(cell).mapToInt(String::length).max().orElse(0);
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(width - text.length());
  }

  private void add(Checkup.Check check, String label, StringBuilder out) {
    out.append("  ")
        .append(check.passed() ? style.green("ok  ") : style.red("FAIL"))
        .append("  ")
        .append(label)
        .append("  ")
        .append(Printable.line(check.fact()))
        .append('\n');
    check
        .hint()
        .ifPresent(hint -> out.append(HINT_INDENT).append(Printable.line(hint)).append('\n'));
  }

  /** What follows from it, as one line without a line break. */
  public static String verdict(Checkup checkup) {
    if (checkup.isHealthy()) {
      return "All is well.";
    }
    if (checkup.isConnected()) {
      return "The connection is well. A sink cannot be used, so no token can be made for it.";
    }
    return checkup.sinks().isEmpty()
        ? "A check failed; what comes after it was not checked."
        : "A check of the connection failed; those after it were not made.";
  }
}
