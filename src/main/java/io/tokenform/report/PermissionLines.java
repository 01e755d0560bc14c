package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.TokenChange;
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

  /**
   * A line for each permission, in text: gained, lost, or kept. What {@code *} takes in, or gave
   * before, is neither gained nor lost.
   */
  static String text(TokenChange change, Style style) {
    StringBuilder out = new StringBuilder();
    Permissions before = change.permissionsBefore();
    Permissions after = change.permissionsAfter();
    Permissions gained = change.accessGained();
    Permissions lost = change.accessLost();
    Permissions all = before.union(after);
    Columns columns = new Columns("", "  ");
    for (Permission permission : all) {
      columns.row(
          PlanText.action(permission),
          Printable.name(permission.resource()),
          remark(permission, change, before, after));
    }
    Iterator<String> lines = columns.lines().iterator();
    for (Permission permission : all) {
      String text = lines.next();
      if (lost.contains(permission)) {
        out.append("      ").append(style.red("- " + text));
      } else if (gained.contains(permission)) {
        out.append("      ").append(style.green("+ " + text));
      } else {
        out.append("        ").append(style.faint(text));
      }
      out.append('\n');
    }
    return out.toString();
  }

  /** Which roles it comes from, and what it is a part of where it is written for nothing. */
  private static String remark(
      Permission permission, TokenChange change, Permissions before, Permissions after) {
    String all = "part of " + PlanText.action(permission) + " " + Permission.ALL_DATABASES;
    if (taken(change).contains(permission)) {
      return (isAll(permission, before) ? "not named any more, " : "now ") + all;
    }
    String origin =
        after.contains(permission)
            ? PlanText.origin(change.roles().of(permission), Printable::name)
            : "";
    if (!left(change).contains(permission)) {
      return origin;
    }
    return (origin.isEmpty() ? "" : origin + ", ")
        + (isAll(permission, after) ? "named now, " : "was ")
        + all;
  }

  /** Whether permissions have the same action on all databases. */
  private static boolean isAll(Permission permission, Permissions in) {
    return in.contains(new Permission(permission.action(), Permission.ALL_DATABASES));
  }

  /** Lines of a cell in Markdown, as in {@code adds read logs, metrics (role reader)}. */
  static List<String> markdown(TokenChange change) {
    Permissions gains = change.accessGained().withoutCovered();
    List<Permission> added = new ArrayList<>(Importance.gains(gains));
    added.addAll(Importance.permissions(change.accessGained().minus(gains)));
    List<String> lines = new ArrayList<>(markdown("adds", change, added, gains.size()));
    lines.addAll(markdown("removes", change, Importance.permissions(change.accessLost()), 0));
    markdown("keeps", change, Importance.permissions(taken(change)), 0)
        .forEach(line -> lines.add(line + ", as part of " + PlanComment.ALL_DATABASES));
    lines.addAll(markdown("keeps", change, Importance.permissions(left(change)), 0));
    return lines;
  }

  /** What is not written any more, because {@code *} gives it. */
  private static Permissions taken(TokenChange change) {
    return change.lost().minus(change.accessLost());
  }

  /** What is written now, and {@code *} gave before. */
  private static Permissions left(TokenChange change) {
    return change.gained().minus(change.accessGained());
  }

  /** The same of what it has and keeps, as in {@code can write orders}. */
  static List<String> kept(TokenChange change) {
    return markdown(
        "can", change, Importance.gains(change.permissionsAfter().minus(change.gained())), 0);
  }

  /**
   * A line for each action and origin.
   *
   * @param least how many are shown however many there are, beginning with the first
   */
  private static List<String> markdown(
      String verb, TokenChange change, List<Permission> all, int least) {
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
  static List<String> annotation(TokenChange change) {
    List<String> parts = new ArrayList<>();
    Permissions gains = change.accessGained().withoutCovered();
    List<Permission> added = new ArrayList<>(Importance.gains(gains));
    added.addAll(Importance.permissions(change.accessGained().minus(gains)));
    if (!added.isEmpty()) {
      parts.add(
          "adds "
              + PlanAnnotations.permissions(
                  added, Math.min(gains.size(), PlanAnnotations.MOST_GAINED)));
    }
    add(parts, "removes ", change.accessLost(), "");
    add(parts, "keeps ", taken(change), ", as part of all databases");
    add(parts, "keeps ", left(change), "");
    return parts;
  }

  private static void add(List<String> parts, String verb, Permissions permissions, String rest) {
    if (!permissions.isEmpty()) {
      parts.add(verb + PlanAnnotations.permissions(Importance.permissions(permissions), 0) + rest);
    }
  }
}
