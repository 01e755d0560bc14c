package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.policy.Diagnostic;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** What of a plan has to be seen where there is no room for all of it. */
final class Importance {
  /** Errors first, then what a guardrail denies. */
  private static final Comparator<Diagnostic> BY_SEVERITY =
      Comparator.comparing(Diagnostic::severity);

  private static final Comparator<Permission> ALL_DATABASES_FIRST =
      Comparator.comparing(Permission::coversAllDatabases)
          .reversed()
          .thenComparing(Comparator.naturalOrder());

  private final Plan plan;
  private final Set<String> deniedPlaces;

  /** The ranks of changes, the most important first. */
  private enum Rank {
    GAINS_ALL_DATABASES,
    LOSES_ALL_ACCESS,
    BOTH,
    WIDENS,
    NARROWS,
    NEUTRAL
  }

  Importance(Plan plan) {
    this.plan = plan;
    this.deniedPlaces =
        plan.findings().stream()
            .filter(Diagnostic::isDenied)
            .map(finding -> finding.where().toString())
            .collect(Collectors.toSet());
  }

  /**
   * The plan's changes, the most important first: what a guardrail denies, and then by rank; in the
   * plan's order where they are alike.
   */
  List<Change> changes() {
    return plan.changes().stream()
        .sorted(
            Comparator.comparing((Change change) -> !isDenied(change))
                .thenComparing(Importance::rank))
        .toList();
  }

  /** The findings, the most severe first; in their order where they are alike. */
  static List<Diagnostic> bySeverity(List<Diagnostic> findings) {
    return findings.stream().sorted(BY_SEVERITY).toList();
  }

  /** The permissions, those on all databases first. */
  static List<Permission> permissions(Permissions permissions) {
    return permissions.stream().sorted(ALL_DATABASES_FIRST).toList();
  }

  /** Whether a guardrail denies a change for what it does. */
  boolean isDenied(Change change) {
    return deniedPlaces.contains(change.where().toString());
  }

  private static Rank rank(Change change) {
    if (change.accessGained().stream().anyMatch(Permission::coversAllDatabases)) {
      return Rank.GAINS_ALL_DATABASES;
    }
    if (change.losesAllAccess()) {
      return Rank.LOSES_ALL_ACCESS;
    }
    return switch (change.effect()) {
      case BOTH -> Rank.BOTH;
      case WIDENS -> Rank.WIDENS;
      case NARROWS -> Rank.NARROWS;
      case NEUTRAL -> Rank.NEUTRAL;
    };
  }
}
