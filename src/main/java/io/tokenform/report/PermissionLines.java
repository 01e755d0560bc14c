package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.Change;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.MarkdownText;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The permissions of a change before and after, in the forms of a plan. */
final class PermissionLines {
  /** Roles whose names take more characters than this are counted and not listed. */
  private static final int LONGEST_ROLES = 60;

  private PermissionLines() {}

  /** A line for each permission, in text: gained, lost, or kept. */
  static String text(Change change, Style style) {
    StringBuilder out = new StringBuilder();
    Permissions before = change.permissionsBefore();
    Permissions after = change.permissionsAfter();
    Permissions all = before.union(after);
    Columns columns = new Columns("", "  ");
    for (Permission permission : all) {
      columns.row(
          PlanText.action(permission),
          Printable.name(permission.resource()),
          after.contains(permission)
              ? PlanText.origin(change.roles().of(permission), Printable::name)
              : "");
    }
    Iterator<String> lines = columns.lines().iterator();
    for (Permission permission : all) {
      String text = lines.next();
      if (!after.contains(permission)) {
        out.append("      ").append(style.red("- " + text));
      } else if (!before.contains(permission)) {
        out.append("      ").append(style.green("+ " + text));
      } else {
        out.append("        ").append(style.faint(text));
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** Lines of a cell in Markdown, as in {@code adds read logs, metrics (role reader)}. */
  static List<String> markdown(Change change) {
    Permissions gains = change.accessGained().withoutCovered();
    List<Permission> added = new ArrayList<>(Importance.gains(gains));
    added.addAll(Importance.permissions(change.gained().minus(gains)));
    List<String> lines = new ArrayList<>(markdown("adds", change, added, gains.size()));
    lines.addAll(markdown("removes", change, Importance.permissions(change.lost()), 0));
    return lines;
  }

  /** The same of what it has and keeps, as in {@code can write orders}. */
  static List<String> kept(Change change) {
    return markdown(
        "can", change, Importance.gains(change.permissionsAfter().minus(change.gained())), 0);
  }

  /**
   * A line for each action and origin.
   *
   * @param least how many are shown however many there are, beginning with the first
   */
  private static List<String> markdown(
      String verb, Change change, List<Permission> all, int least) {
    int most = Math.max(least, MarkdownText.most(all.stream().map(PlanComment::resource).toList()));
    Map<String, Map<String, List<String>>> byActionAndOrigin = new LinkedHashMap<>();
    for (Permission permission : all.subList(0, most)) {
      byActionAndOrigin
          .computeIfAbsent(PlanComment.action(permission), key -> new LinkedHashMap<>())
          .computeIfAbsent(origin(change.roles().of(permission)), key -> new ArrayList<>())
          .add(PlanComment.resource(permission));
    }
    List<String> lines = new ArrayList<>();
    byActionAndOrigin.forEach(
        (action, byOrigin) ->
            byOrigin.forEach(
                (origin, resources) ->
                    lines.add(verb + " " + action + " " + String.join(", ", resources) + origin)));
    if (most < all.size()) {
      lines.add(Counts.more(all.size() - most));
    }
    return lines;
  }

  /** Which roles a permission comes from; nothing for one of the token's own. */
  private static String origin(List<String> roles) {
    if (roles.isEmpty()) {
      return "";
    }
    if (String.join(", ", roles).length() > LONGEST_ROLES) {
      return " (" + Counts.of(roles.size(), "role", "roles") + ")";
    }
    return " (" + PlanText.origin(roles, MarkdownText::name) + ")";
  }

  /** Parts of an annotation. */
  static List<String> annotation(Change change) {
    List<String> parts = new ArrayList<>();
    Permissions gains = change.accessGained().withoutCovered();
    List<Permission> added = new ArrayList<>(Importance.gains(gains));
    added.addAll(Importance.permissions(change.gained().minus(gains)));
    if (!added.isEmpty()) {
      parts.add(
          "adds "
              + PlanAnnotations.permissions(
                  added, Math.min(gains.size(), PlanAnnotations.MOST_GAINED)));
    }
    if (!change.lost().isEmpty()) {
      parts.add("removes " + PlanAnnotations.permissions(Importance.permissions(change.lost()), 0));
    }
    return parts;
  }
}
