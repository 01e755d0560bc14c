package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.AccessByDatabase;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.policy.Diagnostic;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * A plan as workflow commands of GitHub Actions, which shows them at the policy's lines of a pull
 * request: the findings, a notice by database, and a notice for each change. GitHub shows ten of a
 * kind for each step: so many there are at most, the most important ones, and the last says how
 * many more there would be.
 */
public final class PlanAnnotations {
  /** Permissions of a change, or changes of a database, beyond this many are counted. */
  private static final int MOST_ITEMS = 6;

  /** Databases beyond this many are counted and not listed. */
  private static final int MOST_DATABASES = 20;

  /** Annotations of a kind beyond this many are counted, in the place of the last. */
  private static final int MOST_OF_A_KIND = 10;

  private PlanAnnotations() {}

  /**
   * The commands, each a line that ends in a line break.
   *
   * @param paths gives a file the name that it has in the repository
   */
  public static String render(Plan plan, UnaryOperator<String> paths) {
    List<Diagnostic> findings = Importance.findings(plan.findings());
    StringBuilder out = new StringBuilder();
    for (String kind : List.of(GithubAnnotations.ERROR, GithubAnnotations.WARNING)) {
      append(
          out,
          kind,
          findings.stream()
              .filter(finding -> GithubAnnotations.kind(finding).equals(kind))
              .map(finding -> GithubAnnotations.render(List.of(finding), paths))
              .toList());
    }
    List<String> notices = new ArrayList<>();
    databases(plan).ifPresent(notices::add);
    new Importance(plan).changes().forEach(change -> notices.add(notice(change, paths)));
    append(out, GithubAnnotations.NOTICE, notices);
    return out.toString();
  }

  private static void append(StringBuilder out, String kind, List<String> commands) {
    if (commands.size() <= MOST_OF_A_KIND) {
      commands.forEach(out::append);
      return;
    }
    commands.stream().limit(MOST_OF_A_KIND - 1).forEach(out::append);
    GithubAnnotations.appendCommand(out, kind, "More");
    out.append(Counts.number(commands.size() - MOST_OF_A_KIND + 1))
        .append(" more: the other formats of the plan have them\n");
  }

  private static Optional<String> databases(Plan plan) {
    List<String> lines = new ArrayList<>();
    AccessByDatabase.of(plan)
        .forEach((resource, entries) -> lines.add(resource(resource) + ": " + who(entries)));
    if (lines.isEmpty()) {
      return Optional.empty();
    }
    int more = lines.size() - MOST_DATABASES;
    if (more > 0) {
      lines.subList(MOST_DATABASES, lines.size()).clear();
      lines.add(Counts.more(more));
    }
    StringBuilder out = new StringBuilder();
    GithubAnnotations.appendCommand(out, GithubAnnotations.NOTICE, "By database");
    out.append(
        lines.stream()
            .map(GithubAnnotations::data)
            .collect(Collectors.joining(GithubAnnotations.LINE_BREAK)));
    return Optional.of(out.append('\n').toString());
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

  private static String notice(Change change, UnaryOperator<String> paths) {
    String title = name(change.token().value()) + " " + change.effect().words();
    StringBuilder out = new StringBuilder();
    GithubAnnotations.appendCommand(out, GithubAnnotations.NOTICE, change.where(), paths, title);
    return out.append(GithubAnnotations.data(what(change))).append('\n').toString();
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
