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
      String below = " ".repeat(hang) + rest.substring(gap).stripLeading();
      if (firstWord(below, hang) > width) {
        // Alone in a line, it would be too wide as well.
        break;
      }
      out.append(rest, 0, gap).append('\n');
      rest = below;
      least = hang;
    }
    out.append(rest);
  }

  /** How far the first word of a line goes. */
  private static int firstWord(String line, int indent) {
    int end = line.indexOf(' ', indent);
    String word = end < 0 ? line : line.substring(0, end);
    int used = 0;
    for (int i = 0; i < word.length(); ) {
      if (word.charAt(i) == ESCAPE) {
        i = endOfEscape(word, i);
      } else {
        used += Columns.width(word.codePointAt(i));
        i = word.offsetByCodePoints(i, 1);
      }
    }
    return used;
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

  /**
   * Where to break a line that is too wide: the start of its last gap that fits, or 0. What stands
   * in quotation marks is a command to paste, or a name, and stays together.
   */
  private static int gap(String line, int indent, int width) {
    int used = 0;
    int betweenCells = 0;
    int betweenWords = 0;
    boolean quoted = false;
    int i = 0;
    while (i < line.length()) {
      char c = line.charAt(i);
      if (c == ESCAPE) {
        i = endOfEscape(line, i);
        continue;
      }
      if (c == '"' && line.charAt(Math.max(0, i - 1)) != '\\') {
        quoted = !quoted;
      }
      if (c == ' ' && !quoted && used > indent && used <= width && line.charAt(i - 1) != ' ') {
        if (line.startsWith("  ", i)) {
          betweenCells = i;
        } else {
          betweenWords = i;
        }
      }
      used += Columns.width(line.codePointAt(i));
      i = line.offsetByCodePoints(i, 1);
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
