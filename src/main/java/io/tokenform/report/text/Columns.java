package io.tokenform.report.text;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, padded so that cells of a column start below each other. */
public final class Columns {
  /** A longer cell pushes its own line out, and not everybody else's. */
  private static final int WIDEST = 40;

  /** All characters before it take one column. */
  private static final int FIRST_UNUSUAL = 0x300;

  /** What stands for the rest of a text. */
  static final String CUT = "...";

  private final String indent;
  private final String gap;
  private final List<List<String>> rows = new ArrayList<>();

  public Columns(String indent, String gap) {
    this.indent = indent;
    this.gap = gap;
  }

  public void row(String... cells) {
    rows.add(List.of(cells));
  }

  /** The lines, without trailing spaces. */
  public List<String> lines() {
    int columns = rows.stream().mapToInt(List::size).max().orElse(0);
    int[] widths = new int[columns];
    for (List<String> row : rows) {
      for (int i = 0; i < row.size(); i++) {
        if (width(row.get(i)) <= WIDEST) {
          widths[i] = Math.max(widths[i], width(row.get(i)));
        }
      }
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private String line(List<String> row, int[] widths) {
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < row.size(); i++) {
      line.append(row.get(i));
      if (i + 1 < row.size()) {
        line.append(" ".repeat(Math.max(0, widths[i] - width(row.get(i))))).append(gap);
      }
    }
    return line.toString().stripTrailing();
  }

  /** A text, or its beginning and dots where it is wider than it may be. */
  public static String cut(String text, int width) {
    return width(text) <= width ? text : start(text, width - CUT.length()) + CUT;
  }

  /** As much of a text as fits; marks stay on their letters. */
  static String start(String text, int width) {
    int end = 0;
    int used = 0;
    while (end < text.length()) {
      used += width(text.codePointAt(end));
      if (used > width) {
        break;
      }
      end = text.offsetByCodePoints(end, 1);
    }
    return text.substring(0, end);
  }

  /** How many columns of a terminal a text takes. */
  public static int width(String cell) {
    int narrow = 0;
    while (narrow < cell.length() && cell.charAt(narrow) < FIRST_UNUSUAL) {
      narrow++;
    }
    int width = narrow;
    for (int i = narrow; i < cell.length(); i = cell.offsetByCodePoints(i, 1)) {
      width += width(cell.codePointAt(i));
    }
    return width;
  }

  static int width(int c) {
    if (c < FIRST_UNUSUAL) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(c) ? 2 : 1;
  }

  /** The blocks that Unicode's East Asian Width calls wide, and the emoji. */
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF && c != 0x303F)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x1F300 && c <= 0x1F64F)
        || (c >= 0x1F680 && c <= 0x1F6FF)
        || (c >= 0x1F900 && c <= 0x1FAFF)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }
}
