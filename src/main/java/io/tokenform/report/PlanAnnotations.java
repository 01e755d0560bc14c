package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.AccessByDatabase;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan as workflow commands of GitHub Actions, which shows them at the policy's lines of a pull
 * request: the findings, a notice by database, and a notice for each change. GitHub shows ten of a
 * kind for each step, so the most important come first; its log has them all.
 */
public final class PlanAnnotations {
  /** Permissions of a change, or changes of a database, beyond this many are counted. */
  private static final int MOST_ITEMS = 6;

  /** Databases beyond this many are counted and not listed. */
  private static final int MOST_DATABASES = 20;

  private PlanAnnotations() {}

  /** The commands, each a line that ends in a line break. */
  public static String render(Plan plan) {
    Importance importance = new Importance(plan);
    StringBuilder out =
        new StringBuilder(GithubAnnotations.render(Importance.bySeverity(plan.findings())));
    appendDatabases(out, plan);
    importance.changes().forEach(change -> append(out, change));
    return out.toString();
  }

  private static void appendDatabases(StringBuilder out, Plan plan) {
    List<String> lines = new ArrayList<>();
    AccessByDatabase.of(plan)
        .forEach((resource, entries) -> lines.add(resource(resource) + ": " + who(entries)));
    if (lines.isEmpty()) {
      return;
    }
    int more = lines.size() - MOST_DATABASES;
    if (more > 0) {
      lines.subList(MOST_DATABASES, lines.size()).clear();
      lines.add(Counts.more(more));
    }
    GithubAnnotations.appendCommand(out, "notice", "By database");
    out.append(
        lines.stream()
            .map(GithubAnnotations::data)
            .collect(Collectors.joining(GithubAnnotations.LINE_BREAK)));
    out.append('\n');
  }

  private static String who(List<AccessByDatabase.Entry> entries) {
    return list(entries.stream().map(PlanAnnotations::entry).toList(), "; ");
  }

  private static String entry(AccessByDatabase.Entry entry) {
    String line =
        name(entry.token().value())
            + (entry.gained() ? " gains " : " loses ")
            + name(entry.action().name());
    List<String> kept = entry.kept().stream().map(PlanAnnotations::resource).toList();
    return kept.isEmpty() ? line : line + ", keeps " + list(kept, ", ");
  }

  private static String list(List<String> items, String separator) {
    String listed = items.stream().limit(MOST_ITEMS).collect(Collectors.joining(separator));
    int more = items.size() - MOST_ITEMS;
    return more > 0 ? listed + separator + Counts.more(more) : listed;
  }

  private static void append(StringBuilder out, Change change) {
    String title = name(change.token().value()) + " " + change.effect();
    GithubAnnotations.appendCommand(out, "notice", change.where(), title);
    out.append(GithubAnnotations.data(what(change))).append('\n');
  }

  private static String what(Change change) {
    List<String> parts = new ArrayList<>();
    if (change.update().description().isPresent()) {
      parts.add("changes the description");
    }
    if (!change.gained().isEmpty()) {
      parts.add("adds " + permissions(change.gained()));
    }
    if (!change.lost().isEmpty()) {
      parts.add("removes " + permissions(change.lost()));
    }
    if (change.losesAllAccess()) {
      parts.add("loses all its access");
    }
    return String.join("; ", parts);
  }

  private static String permissions(Permissions permissions) {
    return list(
        Importance.permissions(permissions).stream().map(PlanAnnotations::permission).toList(),
        ", ");
  }

  private static String permission(Permission permission) {
    return name(permission.action().name()) + " " + resource(permission.resource());
  }

  private static String resource(String resource) {
    return resource.equals(Permission.ALL_DATABASES) ? "all databases" : name(resource);
  }

  private static String name(String text) {
    Excerpt excerpt = Excerpt.of(text, Excerpt.NAME);
    return excerpt.withPlace(Printable.name(excerpt.text()));
  }
}
