package io.tokenform.report.text;

import java.util.List;

/** The lines of a unified diff, made harmless and coloured. */
public final class DiffLines {
  private static final String NO_LINE_BREAK = "\\ No newline at end of file\n";

  private final Style style;

  public DiffLines(Style style) {
    this.style = style;
  }

  /**
   * The diff as one text, in which each line ends in a line break.
   *
   * @param diff two headers, then hunks whose lines, apart from their headings, have the line
   *     breaks of the text that they are from; nothing at all for no differences
   */
  public String render(List<String> diff) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < diff.size(); i++) {
      append(out, diff.get(i), i < 2);
    }
    return out.toString();
  }

  private void append(StringBuilder out, String line, boolean isHeader) {
    if (isHeader) {
      out.append(style.bold(Printable.line(line))).append('\n');
    } else if (line.startsWith("@@")) {
      out.append(style.faint(Printable.line(line))).append('\n');
    } else {
      boolean ends = line.endsWith("\n");
      String text = Printable.line(line.substring(1, ends ? line.length() - 1 : line.length()));
      out.append(
          switch (line.charAt(0)) {
            case '+' -> style.green("+" + text);
            case '-' -> style.red("-" + text);
            default -> " " + text;
          });
      out.append('\n').append(ends ? "" : NO_LINE_BREAK);
    }
  }
}
