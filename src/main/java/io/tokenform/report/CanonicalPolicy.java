package io.tokenform.report;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.Plan;
import io.tokenform.plan.TokenChange;
import io.tokenform.policy.PolicyParser;
import io.tokenform.report.text.Excerpt;
import io.tokenform.report.text.YamlText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lines of a policy that says of some tokens what a plan manages of them: roles resolved, and
 * each database on a line of its own. Each line ends in a line break.
 */
final class CanonicalPolicy {
  /** What stands before the tokens. */
  static final List<String> HEAD =
      List.of("version: " + PolicyParser.VERSION + "\n", "\n", "tokens:\n");

  /** What stands before the databases. */
  static final String DATABASES = "databases:\n";

  private CanonicalPolicy() {}

  /** What stands before the first change of a plan: the databases follow the tokens. */
  static List<String> head(Plan plan) {
    if (plan.databaseChanges().isEmpty() || !plan.tokenChanges().isEmpty()) {
      return HEAD;
    }
    List<String> head = new ArrayList<>(HEAD.subList(0, HEAD.size() - 1));
    head.add(DATABASES);
    return head;
  }

  /**
   * A token as a change finds it or leaves it, or part of it where its description is very long.
   *
   * @param other the same fields at the other side of the change
   */
  static List<String> token(TokenChange change, ManagedFields fields, ManagedFields other) {
    String otherDescription = other.description().orElse("");
    List<String> lines = new ArrayList<>();
    lines.add("  " + YamlText.name(change.token().value()) + ":\n");
    change.liveId().ifPresent(id -> lines.add("    id: " + id + "\n"));
    fields
        .description()
        .map(text -> Excerpt.of(text, Excerpt.DESCRIPTION, otherDescription))
        .ifPresent(text -> lines.add("    description: " + description(text) + "\n"));
    fields.permissions().ifPresent(permissions -> addPermissions(lines, permissions));
    return lines;
  }

  private static String description(Excerpt excerpt) {
    String text = YamlText.quoted(excerpt.text());
    return excerpt.isWhole() ? text : text + "  # " + excerpt.place();
  }

  private static void addPermissions(List<String> lines, Permissions permissions) {
    if (permissions.isEmpty()) {
      lines.add("    permissions: {}\n");
      return;
    }
    lines.add("    permissions:\n");
    Optional<Action> action = Optional.empty();
    for (Permission permission : permissions) {
      if (!action.equals(Optional.of(permission.action()))) {
        action = Optional.of(permission.action());
        lines.add("      " + YamlText.name(permission.action().name()) + ":\n");
      }
      lines.add(
          "        - "
              + YamlText.name(permission.resource())
              + (permission.coversAllDatabases() ? "  # all databases\n" : "\n"));
    }
  }
}
