package io.tokenform.report;

import java.util.ArrayList;
import java.util.List;

/** Lines of cells, padded so that cells of a column start below each other. */
final class Columns {
  /** A longer cell pushes its own line out, and not everybody else's. */
  private static final int WIDEST = 40;

  private final String indent;
  private final String gap;
  private final List<List<String>> rows = new ArrayList<>();

  Columns(String indent, String gap) {
    this.indent = indent;
    this.gap = gap;
  }

  void row(String... cells) {
    rows.add(List.of(cells));
  }

  /** The lines, without trailing spaces. */
  List<String> lines() {
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

  static int width(String cell) {
    return cell.codePointCount(0, cell.length());
  }
}
