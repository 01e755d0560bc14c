package io.tokenform.report.text;

import java.util.OptionalInt;

/**
 * Breaks lines that are wider than a terminal between their cells, or else between their words, and
 * indents what goes on below. A word is never broken: somebody may want to copy it.
 */
public final class Wrapping {
  /** How much further than its beginning the rest of a line is indented. */
  private static final int HANG = 4;

  private static final char ESCAPE = '\u001b';

  private Wrapping() {}

  /**
   * Lines that fit.
   *
   * @param text lines that each end in a line break; they may have colours
   * @param width how wide they may be; without it, they stay as they are
   */
  public static String of(String text, OptionalInt width) {
    if (width.isEmpty()) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    int start = 0;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      append(out, text.substring(start, end), width.getAsInt());
      if (end < text.length()) {
        out.append('\n');
      }
      start = end + 1;
    }
    return out.toString();
  }

  private static void append(StringBuilder out, String line, int width) {
    int hang = Math.min(indent(line) + HANG, width / 2);
    String rest = line;
    int least = indent(line);
    for (int gap = gap(rest, least, width); gap > 0; gap = gap(rest, least, width)) {
      out.append(rest, 0, gap).append('\n');
      rest = " ".repeat(hang) + rest.substring(gap).stripLeading();
      least = hang;
    }
    out.append(rest);
  }

  /** How many spaces a line begins with. */
  private static int indent(String line) {
    int spaces = 0;
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) == ESCAPE) {
        i = endOfEscape(line, i) - 1;
      } else if (line.charAt(i) == ' ') {
        spaces++;
      } else {
        break;
      }
    }
    return spaces;
  }

  /** Where to break a line that is too wide: the start of its last fitting gap, or 0. */
  private static int gap(String line, int indent, int width) {
    int used = 0;
    int betweenCells = 0;
    int betweenWords = 0;
    int i = 0;
    while (i < line.length()) {
      if (line.charAt(i) == ESCAPE) {
        i = endOfEscape(line, i);
        continue;
      }
      int next = line.offsetByCodePoints(i, 1);
      if (line.charAt(i) == ' ' && used > indent && used <= width) {
        boolean begins = line.charAt(i - 1) != ' ';
        if (begins && line.startsWith("  ", i)) {
          betweenCells = i;
        } else if (begins) {
          betweenWords = i;
        }
      }
      used += Columns.width(line.substring(i, next));
      i = next;
    }
    if (used <= width) {
      return 0;
    }
    return betweenCells > 0 ? betweenCells : betweenWords;
  }

  /** The place behind a sequence that a terminal obeys (ECMA-48, SGR). */
  private static int endOfEscape(String line, int escape) {
    int end = line.indexOf('m', escape);
    return end < 0 ? line.length() : end + 1;
  }
}
