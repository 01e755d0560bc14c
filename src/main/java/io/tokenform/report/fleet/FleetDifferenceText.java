package io.tokenform.report.fleet;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.fleet.DatabaseDifference;
import io.tokenform.fleet.FleetDifference;
import io.tokenform.fleet.FleetDifference.Access;
import io.tokenform.fleet.FleetDifference.Side;
import io.tokenform.fleet.FleetDifference.TokenDifference;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * How two clusters differ, for a person: what the first one alone has begins with a minus sign, and
 * what the second one alone has with a plus sign, as in a diff.
 */
public final class FleetDifferenceText {
  private static final String MINUS = "- ";
  private static final String PLUS = "+ ";
  private static final String INSIDE = "    ";

  /** The fields that hold words of somebody. */
  private static final Set<String> OF_PEOPLE = Set.of("description", "was", "owner", "reason");

  private final Style style;

  public FleetDifferenceText(Style style) {
    this.style = style;
  }

  /** The difference and a summary, as lines that each end in a line break. */
  public String render(FleetDifference difference) {
    StringBuilder out = new StringBuilder();
    if (!difference.isEmpty()) {
      out.append(style.red("--- " + difference.first())).append('\n');
      out.append(style.green("+++ " + difference.second())).append("\n\n");
      difference.tokens().forEach(token -> append(token, out));
      appendEntries(difference.databases().differing(), difference.tokens().isEmpty(), out);
      List<String> databases = databases(difference);
      if (!databases.isEmpty()) {
        out.append('\n').append(style.bold("By database")).append('\n');
        databases.forEach(line -> out.append(line).append('\n'));
      }
      out.append('\n');
    }
    return out.append(summary(difference)).append('\n').toString();
  }

  private void append(TokenDifference token, StringBuilder out) {
    append(token.side(), Printable.name(token.token().value()), out);
    append(token.onlyFirst(), token.onlySecond(), out);
    append(token.fields(), out);
  }

  private void append(Side side, String name, StringBuilder out) {
    out.append(
            switch (side) {
              case FIRST -> style.red(MINUS + name);
              case SECOND -> style.green(PLUS + name);
              case BOTH -> style.yellow("~ " + name);
            })
        .append('\n');
  }

  private void append(List<FleetDifference.Field> fields, StringBuilder out) {
    for (FleetDifference.Field field : fields) {
      append(MINUS, field.name(), field.first(), out);
      append(PLUS, field.name(), field.second(), out);
    }
  }

  /**
   * What the policies say of databases, under a heading: a token may have the same name.
   *
   * @param isFirst whether nothing stands above it
   */
  private void appendEntries(
      List<DatabaseDifference> databases, boolean isFirst, StringBuilder out) {
    if (databases.isEmpty()) {
      return;
    }
    out.append(isFirst ? "" : "\n").append(style.bold("Databases")).append('\n');
    for (DatabaseDifference database : databases) {
      append(database.side(), Printable.name(database.database().value()), out);
      append(database.fields(), out);
    }
  }

  private void append(Permissions first, Permissions second, StringBuilder out) {
    first.forEach(
        permission -> out.append(style.red(INSIDE + MINUS + text(permission))).append('\n'));
    second.forEach(
        permission -> out.append(style.green(INSIDE + PLUS + text(permission))).append('\n'));
  }

  private void append(String sign, String field, Optional<String> value, StringBuilder out) {
    if (value.isPresent()) {
      String line = INSIDE + sign + field + " " + text(field, value.get());
      out.append(sign.equals(MINUS) ? style.red(line) : style.green(line)).append('\n');
    }
  }

  private static String text(String field, String value) {
    return OF_PEOPLE.contains(field) ? Printable.quoted(value) : Printable.line(value);
  }

  private static String text(Permission permission) {
    return Printable.name(permission.action().name()) + " " + database(permission.resource());
  }

  private static String database(String resource) {
    return resource.equals(Permission.ALL_DATABASES) ? "(all)" : Printable.name(resource);
  }

  private List<String> databases(FleetDifference difference) {
    Columns columns = new Columns("  ", "  ");
    List<Side> sides = new ArrayList<>();
    difference
        .byDatabase()
        .forEach(
            (resource, entries) -> {
              String name = database(resource);
              for (Access entry : entries) {
                columns.row(name, line(difference, entry));
                sides.add(entry.side());
                name = "";
              }
            });
    List<String> lines = new ArrayList<>();
    for (String line : columns.lines()) {
      boolean isOfFirst = sides.get(lines.size()) == Side.FIRST;
      lines.add(isOfFirst ? style.red(line) : style.green(line));
    }
    return lines;
  }

  private static String line(FleetDifference difference, Access entry) {
    boolean isOfFirst = entry.side() == Side.FIRST;
    String line =
        (isOfFirst ? MINUS : PLUS)
            + Printable.name(entry.token().value())
            + " "
            + Printable.name(entry.action().name());
    return entry.elsewhere().isEmpty()
        ? line
        : line
            + ", in "
            + (isOfFirst ? difference.second() : difference.first())
            + " only "
            + entry.elsewhere().stream().map(Printable::name).collect(Collectors.joining(", "));
  }

  private static String summary(FleetDifference difference) {
    DatabaseDifference.All databases = difference.databases();
    return databases.isNone()
        ? ofTokens(difference)
        : ofTokens(difference) + " " + ofDatabases(difference, databases);
  }

  private static String ofTokens(FleetDifference difference) {
    int differ = difference.tokens().size();
    if (differ == 0) {
      return "The desired access of "
          + difference.first()
          + " and "
          + difference.second()
          + " does not differ: "
          + Counts.of(difference.same(), "token is", "tokens are")
          + " the same.";
    }
    return Counts.of(differ, "token differs", "tokens differ")
        + where(difference, side -> difference.count(side), difference.same());
  }

  private static String ofDatabases(FleetDifference difference, DatabaseDifference.All databases) {
    int differ = databases.differing().size();
    if (differ == 0) {
      return Counts.of(databases.same(), "database is", "databases are") + " the same.";
    }
    return Counts.of(differ, "database differs", "databases differ")
        + where(difference, side -> databases.count(side), databases.same());
  }

  private static String where(FleetDifference difference, ToIntFunction<Side> count, int same) {
    List<String> parts = new ArrayList<>();
    add(parts, count.applyAsInt(Side.FIRST), "only in " + difference.first());
    add(parts, count.applyAsInt(Side.SECOND), "only in " + difference.second());
    add(parts, count.applyAsInt(Side.BOTH), "in both");
    return ": " + String.join(", ", parts) + ". " + Counts.of(same, "is", "are") + " the same.";
  }

  private static void add(List<String> parts, int count, String where) {
    if (count > 0) {
      parts.add(Counts.number(count) + " " + where);
    }
  }
}
