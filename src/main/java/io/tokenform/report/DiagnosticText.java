package io.tokenform.report;

import io.tokenform.access.SecretShapes;
import io.tokenform.policy.Diagnostic;
import io.tokenform.policy.Location;

/** A finding for a person: what, where, the line with a caret under the place, and what to do. */
public final class DiagnosticText {
  /** The part of a long line that is shown, in characters. */
  private static final int WIDEST_LINE = 160;

  private final Style style;

  public DiagnosticText(Style style) {
    this.style = style;
  }

  /** The finding, as lines that each end in a line break. */
  public String render(Diagnostic finding) {
    StringBuilder out = new StringBuilder();
    String severity = finding.severity() + "[" + finding.code() + "]:";
    out.append(style.bold(Printable.line(finding.where().toString())))
        .append(": ")
        .append(finding.isError() ? style.red(severity) : style.yellow(severity))
        .append(' ')
        .append(Printable.line(finding.message()))
        .append('\n');
    appendExcerpt(out, finding.where(), true);
    finding
        .other()
        .ifPresent(
            other -> {
              out.append("  see also ").append(Printable.line(other.toString())).append('\n');
              appendExcerpt(out, other, false);
            });
    finding
        .hint()
        .ifPresent(hint -> out.append("  hint: ").append(Printable.line(hint)).append('\n'));
    return out.toString();
  }

  private void appendExcerpt(StringBuilder out, Location where, boolean primary) {
    // A secret may stand in the line even when the finding is about something else.
    String line = SecretShapes.mask(where.source().line(where.line()));
    int[] characters = line.codePoints().limit(WIDEST_LINE).toArray();
    int from = where.column() - 1;
    if (characters.length == 0 || from > characters.length) {
      return;
    }
    StringBuilder text = new StringBuilder();
    StringBuilder carets = new StringBuilder();
    for (int i = 0; i < characters.length; i++) {
      String shown =
          characters[i] == '\t' ? "    " : Printable.line(Character.toString(characters[i]));
      text.append(shown);
      boolean under = i >= from && i < from + where.length();
      carets.append((under ? "^" : " ").repeat(Columns.width(shown)));
    }
    if (from == characters.length) {
      carets.append('^');
    }
    String marks = carets.toString().stripTrailing();
    out.append("    ").append(text.toString().stripTrailing()).append('\n');
    out.append("    ").append(primary ? style.red(marks) : marks).append('\n');
  }
}
