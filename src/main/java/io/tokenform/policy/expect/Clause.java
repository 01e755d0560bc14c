package io.tokenform.policy.expect;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.yaml.Values;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What an expectation says of one action.
 *
 * @param where the place of the action
 * @param databases what it is about: patterns of databases, of which {@code *} is the permission on
 *     all of them; none for {@link #ANY}, which is any permission at all
 */
public record Clause(Action action, Location where, List<Located<String>> databases) {
  /** The word for any permission at all. */
  public static final String ANY = "any";

  public Clause {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(where, "where");
    databases = List.copyOf(databases);
  }

  /** Whether it is about any permission at all with its action. */
  public boolean isAny() {
    return databases.isEmpty();
  }

  /** As a policy would say it. */
  @Override
  public String toString() {
    if (isAny()) {
      return action + ": " + ANY;
    }
    return action
        + ": "
        + databases.stream()
            .map(database -> text(database.value()))
            .collect(Collectors.joining(", ", "[", "]"));
  }

  /** A pattern as a list of a policy would hold it. */
  static String text(String pattern) {
    return pattern.equals(Permission.ALL_DATABASES)
        ? Values.quoted(pattern)
        : Values.inFlow(pattern);
  }
}
