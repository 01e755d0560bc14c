package io.tokenform.plan;

import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import java.util.Set;

/**
 * Which of the policy's tokens and databases a plan is about.
 *
 * @param targets these tokens alone, where there are targets of any kind
 * @param excluded and of those, not these
 * @param targetDatabases these databases alone, where there are targets of any kind
 * @param excludedDatabases and of those, not these
 */
public record Selection(
    Set<TokenName> targets,
    Set<TokenName> excluded,
    Set<DatabaseName> targetDatabases,
    Set<DatabaseName> excludedDatabases) {
  public static final Selection ALL = new Selection(Set.of(), Set.of());

  public Selection {
    targets = Set.copyOf(targets);
    excluded = Set.copyOf(excluded);
    targetDatabases = Set.copyOf(targetDatabases);
    excludedDatabases = Set.copyOf(excludedDatabases);
  }

  /** Of tokens alone; where some are targets, the plan is about no database. */
  public Selection(Set<TokenName> targets, Set<TokenName> excluded) {
    this(targets, excluded, Set.of(), Set.of());
  }

  private boolean hasTargets() {
    return !targets.isEmpty() || !targetDatabases.isEmpty();
  }

  public boolean includes(TokenName token) {
    return (!hasTargets() || targets.contains(token)) && !excluded.contains(token);
  }

  public boolean includes(DatabaseName database) {
    return (!hasTargets() || targetDatabases.contains(database))
        && !excludedDatabases.contains(database);
  }
}
