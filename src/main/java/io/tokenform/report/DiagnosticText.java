package io.tokenform.report;

import io.tokenform.access.Masking;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Writing;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import io.tokenform.report.text.Wrapping;
import java.util.BitSet;
import java.util.Iterator;
import java.util.OptionalInt;

/** A finding for a person: what, where, the line with a caret under the place, and what to do. */
public final class DiagnosticText {
  /** The part of a long line that is shown, in characters. */
  private static final int WIDEST_LINE = 160;

  /** Less says nothing, however narrow the terminal is. */
  private static final int NARROWEST_LINE = 20;

  private static final String CUT = "...";

  private final Style style;
  private final Masking masking;
  private final OptionalInt width;

  /** For a run that was given no secrets. */
  public DiagnosticText(Style style) {
    this(style, new Masking());
  }

  public DiagnosticText(Style style, Masking masking) {
    this(style, masking, OptionalInt.empty());
  }

  /**
   * For a terminal.
   *
   * @param width how wide a line of the policy may be, with what stands before it: in a line that
   *     goes on below, the mark would stand under another place
   */
  public DiagnosticText(Style style, Masking masking, OptionalInt width) {
    this.style = style;
    this.masking = masking;
    this.width = width;
  }

  /** The finding, as lines that each end in a line break. */
  public String render(Diagnostic finding) {
    StringBuilder out = new StringBuilder();
    String head =
        style.bold(Printable.line(finding.where().toString()))
            + ": "
            + severity(finding)
            + ' '
            + Printable.line(finding.message());
    out.append(Wrapping.of(head + '\n', width));
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

  /**
   * Of a longer line no excerpt is shown. It would be searched for secrets as a whole for each
   * finding in it, and a policy may be one line with thousands of them.
   */
  private static final int LONGEST_LINE = 10_000;

  /** One line in the place of findings that are folded. */
  public String render(PlanFindings.Group group) {
    String line = severity(group.first()) + ' ' + group.message(Printable::name) + '\n';
    return Wrapping.of(line, width);
  }

  private String severity(Diagnostic finding) {
    String severity = finding.severity() + "[" + finding.code() + "]:";
    return finding.isError() || finding.isDenied() ? style.red(severity) : style.yellow(severity);
  }

  private void appendExcerpt(StringBuilder out, Location where, boolean primary) {
    String line = where.source().line(where.line());
    int size = line.codePointCount(0, line.length());
    int mark = where.column() - 1;
    if (size == 0 || size > LONGEST_LINE || mark > size || where.isConcealed()) {
      return;
    }
    String number = Integer.toString(where.line());
    int widest = widest(number);
    int from = Math.max(0, Math.min(mark - widest / 2, size - widest));
    int to = Math.min(size, from + widest);
    StringBuilder text = new StringBuilder(from > 0 ? CUT : "");
    StringBuilder carets = new StringBuilder(" ".repeat(text.length()));
    // A secret may stand in the line even when the finding is about something else.
    BitSet deceptive = Writing.deceptiveInWords(line);
    Iterator<Masking.Span> secrets = masking.find(line).iterator();
    Masking.Span secret = next(secrets, line);
    int index = 0;
    for (int position = 0; position < to; ) {
      boolean isSecret = index == secret.start() && secret.end() > index;
      int end = isSecret ? secret.end() : line.offsetByCodePoints(index, 1);
      int next = position + line.codePointCount(index, end);
      if (next > from) {
        String shown = isSecret ? SecretShapes.MASK : shown(line, index, deceptive);
        boolean under = position < mark + where.length() && next > mark;
        text.append(shown);
        carets.append((under ? "^" : " ").repeat(Columns.width(shown)));
      }
      if (isSecret) {
        secret = next(secrets, line);
      }
      index = end;
      position = next;
    }
    if (mark == size) {
      carets.append('^');
    }
    text.append(index < line.length() ? CUT : "");
    String marks = carets.toString().stripTrailing();
    // The gutter also keeps a line of the policy from being taken for a workflow command, which CI
    // obeys wherever it starts a line of a log.
    appendLine(out, number, text.toString().stripTrailing());
    appendLine(out, " ".repeat(number.length()), primary ? style.red(marks) : marks);
  }

  /** How much of a line fits beside its number. */
  private int widest(String number) {
    int around = "   | ".length() + number.length() + 2 * CUT.length();
    return width.isEmpty()
        ? WIDEST_LINE
        : Math.max(NARROWEST_LINE, Math.min(WIDEST_LINE, width.getAsInt() - around));
  }

  /** The next secret, or an empty one behind the line. */
  private static Masking.Span next(Iterator<Masking.Span> secrets, String line) {
    return secrets.hasNext() ? secrets.next() : new Masking.Span(line.length(), line.length());
  }

  private static void appendLine(StringBuilder out, String number, String text) {
    out.append("  ").append(number).append(" |").append(text.isEmpty() ? "" : " ").append(text);
    out.append('\n');
  }

  /** A character of a line, as it may be seen. */
  private static String shown(String line, int index, BitSet deceptive) {
    return line.charAt(index) == '\t' ? "    " : Printable.character(line, index, deceptive);
  }
}
