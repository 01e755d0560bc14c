package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.Update;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Counts;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.MarkdownText;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Updates: the description and the permissions, before and after. */
final class UpdateLines implements ChangeLines<Update> {
  /** Roles whose names take more characters than this are counted and not listed. */
  private static final int LONGEST_ROLES = 60;

  @Override
  public Class<Update> type() {
    return Update.class;
  }

  @Override
  public String sign() {
    return "~";
  }

  @Override
  public String text(Update change, Style style) {
    StringBuilder out = new StringBuilder();
    Optional<String> description = change.changedAfter().description();
    if (description.isPresent()) {
      out.append("      description  ")
          .append(style.red(Printable.quoted(change.before().description().orElseThrow())))
          .append(" -> ")
          .append(style.green(Printable.quoted(description.get())))
          .append('\n');
    }
    if (change.changedAfter().permissions().isPresent()) {
      appendPermissions(out, style, change);
    }
    return out.toString();
  }

  private static void appendPermissions(StringBuilder out, Style style, Update change) {
    Permissions before = change.permissionsBefore();
    Permissions after = change.permissionsAfter();
    if (after.isEmpty()) {
      out.append("      ").append(style.red("loses all its access")).append('\n');
    }
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
  }

  @Override
  public List<String> markdown(Update change) {
    List<String> lines = new ArrayList<>();
    if (change.losesAllAccess()) {
      lines.add("**loses all its access**");
    }
    if (change.changedAfter().description().isPresent()) {
      String before = change.before().description().orElseThrow();
      String after = change.changedAfter().description().get();
      lines.add(
          "description "
              + MarkdownText.description(Excerpt.of(before, Excerpt.DESCRIPTION, after))
              + " becomes "
              + MarkdownText.description(Excerpt.of(after, Excerpt.DESCRIPTION, before)));
    }
    Permissions gains = change.accessGained().withoutCovered();
    List<Permission> added = new ArrayList<>(Importance.gains(gains));
    added.addAll(Importance.permissions(change.gained().minus(gains)));
    lines.addAll(permissions("adds", change, added, gains.size()));
    lines.addAll(permissions("removes", change, Importance.permissions(change.lost()), 0));
    return lines;
  }

  /**
   * A line for each action and origin, as in {@code adds read logs, metrics (role reader)}.
   *
   * @param least how many are shown however many there are, beginning with the first
   */
  private static List<String> permissions(
      String verb, Update change, List<Permission> all, int least) {
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

  @Override
  public String annotation(Update change) {
    List<String> parts = new ArrayList<>();
    if (change.changedAfter().description().isPresent()) {
      parts.add("changes the description");
    }
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
    if (change.losesAllAccess()) {
      parts.add("loses all its access");
    }
    return String.join("; ", parts);
  }

  @Override
  public List<String> policyBefore(Update change) {
    return CanonicalPolicy.token(change, change.before(), change.after());
  }

  @Override
  public List<String> policyAfter(Update change) {
    return CanonicalPolicy.token(change, change.after(), change.before());
  }
}
