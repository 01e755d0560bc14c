package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.Change;
import io.tokenform.plan.SavedPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A plan as workflow commands of GitHub Actions, which shows them at the policy's lines of a pull
 * request: the findings, and a notice for each change. GitHub shows ten of a kind for each step, so
 * the most important come first; its log has them all.
 */
public final class PlanAnnotations {
  /** Permissions of a change beyond this many are counted and not listed. */
  private static final int MOST_PERMISSIONS = 6;

  private PlanAnnotations() {}

  /** The commands, each a line that ends in a line break. */
  public static String render(SavedPlan saved) {
    Importance importance = new Importance(saved.plan());
    StringBuilder out = new StringBuilder(GithubAnnotations.render(importance.findings()));
    importance.changes().forEach(change -> append(out, change));
    return out.toString();
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
    String listed =
        Importance.permissions(permissions).stream()
            .limit(MOST_PERMISSIONS)
            .map(PlanAnnotations::permission)
            .collect(Collectors.joining(", "));
    int more = permissions.size() - MOST_PERMISSIONS;
    return more > 0 ? listed + " and " + Counts.number(more) + " more" : listed;
  }

  private static String permission(Permission permission) {
    return name(permission.action().name()) + " " + name(permission.resource());
  }

  private static String name(String text) {
    Excerpt excerpt = Excerpt.of(text, Excerpt.NAME);
    String shown = Printable.name(excerpt.text());
    return excerpt.isWhole() ? shown : shown + " (" + excerpt.place() + ")";
  }
}
