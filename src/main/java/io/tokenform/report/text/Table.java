package io.tokenform.report.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Rows of cells under headings. Where the lines would be wider than they may be, some columns are
 * shortened, the widest first; others are left out where they are blank, or where those that are
 * shortened would become too narrow to be of use. The rest is never touched. Where that does not
 * help, each row becomes a line with the cells that may not be shortened, and the others stand
 * below it.
 */
public final class Table {
  private static final String GAP = "  ";

  /** What begins a line that goes on with a row. */
  private static final String BELOW = "    ";

  /** Narrower than this, shortened cells say little. */
  private static final int NARROWEST = 12;

  /** Narrower than this, they say nothing. */
  private static final int TOO_NARROW = 10;

  /** Where lines may have any width, a wider cell pushes its own line out, and no other one. */
  private static final int WIDEST = 60;

  private final List<Column> columns = new ArrayList<>();
  private final List<List<String>> rows = new ArrayList<>();

  /** What may happen to a column where there is no room. */
  public enum Fit {
    /** Nothing. */
    WHOLE,
    /** Its texts lose their ends. */
    TEXT,
    /** Its lists lose their last items, or the end of the first. */
    LIST,
    /** It is left out, the first such column first. */
    OPTIONAL;

    boolean isShortened() {
      return this == TEXT || this == LIST;
    }
  }

  private record Column(String heading, Fit fit) {}

  public Table column(String heading, Fit fit) {
    columns.add(new Column(heading, fit));
    return this;
  }

  /** Adds a row: a cell for each column, harmless and without line breaks. */
  public void row(String... cells) {
    rows.add(List.of(cells));
  }

  /**
   * The lines, each ending in a line break and none in spaces.
   *
   * @param width how wide they may be; without it, nothing is shortened
   */
  public String render(Style style, OptionalInt width) {
    int[] widths = new int[columns.size()];
    int widest = width.isPresent() ? Integer.MAX_VALUE : WIDEST;
    for (int i = 0; i < widths.length; i++) {
      int column = i;
      widths[i] =
          Math.max(
              columns.get(i).heading().length(),
              rows.stream()
                  .mapToInt(row -> Columns.width(row.get(column)))
                  .filter(cell -> cell <= widest)
                  .max()
                  .orElse(0));
    }
    List<Integer> shown = new ArrayList<>(IntStream.range(0, widths.length).boxed().toList());
    if (width.isPresent()
        && sum(shown, widths, Integer.MAX_VALUE) + gaps(shown) > width.getAsInt()) {
      int[] whole = widths.clone();
      shown.removeIf(this::isBlank);
      leaveOut(shown, widths, width.getAsInt());
      shorten(shown, widths, width.getAsInt());
      if (shown.stream().anyMatch(i -> widths[i] < Math.min(whole[i], TOO_NARROW))) {
        return stacked(width.getAsInt());
      }
    }
    StringBuilder out = new StringBuilder();
    List<String> headings = columns.stream().map(Column::heading).toList();
    boolean isCut = width.isPresent();
    out.append(style.bold(line(headings, shown, widths, isCut))).append('\n');
    rows.forEach(row -> out.append(line(row, shown, widths, isCut)).append('\n'));
    return out.toString();
  }

  /** Each row as a line of what is not shortened, with the rest of it below. */
  private String stacked(int width) {
    StringBuilder out = new StringBuilder();
    for (List<String> row : rows) {
      StringJoiner first = new StringJoiner(GAP);
      StringJoiner rest = new StringJoiner("; ", BELOW, "\n").setEmptyValue("");
      for (int i = 0; i < row.size(); i++) {
        if (row.get(i).isEmpty()) {
          continue;
        }
        if (columns.get(i).fit() == Fit.WHOLE) {
          first.add(row.get(i));
        } else {
          String heading = columns.get(i).heading().toLowerCase(Locale.ROOT);
          rest.add(Columns.cut(heading + " " + row.get(i), width - BELOW.length() - 1));
        }
      }
      out.append(Wrapping.of(first + "\n" + rest, OptionalInt.of(width)));
    }
    return out.toString();
  }

  private boolean isBlank(int column) {
    return columns.get(column).fit() == Fit.OPTIONAL
        && rows.stream().allMatch(row -> row.get(column).isEmpty());
  }

  private void leaveOut(List<Integer> shown, int[] widths, int width) {
    for (int i = 0; i < widths.length; i++) {
      int least =
          shown.stream()
                  .mapToInt(
                      column ->
                          isShortened(column)
                              ? Math.min(widths[column], NARROWEST)
                              : widths[column])
                  .sum()
              + gaps(shown);
      if (least <= width) {
        return;
      }
      if (columns.get(i).fit() == Fit.OPTIONAL) {
        shown.remove((Integer) i);
      }
    }
  }

  /** Takes from the widest columns until the lines fit. */
  private void shorten(List<Integer> shown, int[] widths, int width) {
    List<Integer> shortened = shown.stream().filter(this::isShortened).toList();
    int room =
        width
            - gaps(shown)
            - shown.stream().filter(i -> !isShortened(i)).mapToInt(i -> widths[i]).sum();
    int widest = shortened.stream().mapToInt(i -> widths[i]).max().orElse(0);
    while (widest > Columns.CUT.length() && sum(shortened, widths, widest) > room) {
      widest--;
    }
    int spare = room - sum(shortened, widths, widest);
    for (int i : shortened) {
      boolean isCut = widths[i] > widest;
      int extra = isCut && spare > 0 ? 1 : 0;
      widths[i] = Math.min(widths[i], widest + extra);
      spare -= extra;
    }
  }

  private static int sum(Collection<Integer> columns, int[] widths, int widest) {
    return columns.stream().mapToInt(i -> Math.min(widths[i], widest)).sum();
  }

  private boolean isShortened(int column) {
    return columns.get(column).fit().isShortened();
  }

  private static int gaps(List<Integer> shown) {
    return GAP.length() * Math.max(0, shown.size() - 1);
  }

  private String line(List<String> cells, List<Integer> shown, int[] widths, boolean isCut) {
    StringBuilder line = new StringBuilder();
    for (int i : shown) {
      String whole = cells.get(i);
      String cell = isCut ? fitted(whole, columns.get(i).fit(), widths[i]) : whole;
      line.append(line.length() == 0 ? "" : GAP)
          .append(cell)
          .append(" ".repeat(Math.max(0, widths[i] - Columns.width(cell))));
    }
    return line.toString().stripTrailing();
  }

  private static String fitted(String cell, Fit fit, int width) {
    if (!fit.isShortened() || Columns.width(cell) <= width) {
      return cell;
    }
    String start = Columns.start(cell, width - Columns.CUT.length());
    int lastItem = fit == Fit.LIST ? start.lastIndexOf(", ") : -1;
    return (lastItem < 0 ? start : start.substring(0, lastItem + 2)) + Columns.CUT;
  }
}
