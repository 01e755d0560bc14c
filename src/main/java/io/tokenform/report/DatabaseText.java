package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.plan.AccessByDatabase;
import io.tokenform.plan.Plan;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Who gains and who loses access to each database, for a terminal. */
final class DatabaseText {
  private DatabaseText() {}

  /** A line for each gain and each loss, under a heading; none where nobody gains or loses. */
  static List<String> lines(Plan plan, Style style) {
    Columns columns = new Columns("  ", "  ");
    List<Boolean> gained = new ArrayList<>();
    AccessByDatabase.of(plan)
        .forEach(
            (resource, entries) -> {
              String name =
                  resource.equals(Permission.ALL_DATABASES) ? "(all)" : Printable.name(resource);
              for (AccessByDatabase.Entry entry : entries) {
                columns.row(name, line(entry));
                gained.add(entry.gained());
                name = "";
              }
            });
    List<String> lines = new ArrayList<>();
    for (String line : columns.lines()) {
      boolean isGain = gained.get(lines.size());
      lines.add(isGain ? style.green(line) : style.red(line));
    }
    if (!lines.isEmpty()) {
      lines.add(0, style.bold("By database"));
    }
    return lines;
  }

  private static String line(AccessByDatabase.Entry entry) {
    String line =
        (entry.gained() ? "+ " : "- ")
            + Printable.name(entry.token())
            + " "
            + Printable.name(entry.action().name());
    return entry.kept().isEmpty()
        ? line
        : line
            + ", keeps "
            + entry.kept().stream().map(Printable::name).collect(Collectors.joining(", "));
  }
}
