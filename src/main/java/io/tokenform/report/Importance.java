package io.tokenform.report;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.policy.Code;
import io.tokenform.policy.Diagnostic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What of a plan has to be seen where there is no room for all of it. */
public final class Importance {
  /** Findings of one kind beyond this many stand behind those of the other kinds. */
  private static final int MOST_OF_A_KIND = 10;

  /** Errors first, then what a guardrail denies; of these and of warnings, danger first. */
  private static final Comparator<Diagnostic> FINDINGS =
      Comparator.comparing(Diagnostic::severity).thenComparing(finding -> danger(finding.code()));

  private static final Comparator<Permission> ALL_DATABASES_FIRST =
      Comparator.comparing(Permission::coversAllDatabases)
          .reversed()
          .thenComparing(Comparator.naturalOrder());

  private final Plan plan;
  private final Set<String> deniedPlaces;
  private final Set<String> allowedPlaces;
  private final Set<String> lockedOutPlaces;

  /** The ranks of changes, and of findings about them, the most important first. */
  private enum Rank {
    WRITES_ALL_DATABASES,
    LOSES_ALL_ACCESS,
    READS_ALL_DATABASES,
    DENIED,
    BOTH,
    WIDENS,
    NARROWS,
    NEUTRAL
  }

  Importance(Plan plan) {
    this.plan = plan;
    this.deniedPlaces = places(plan, Diagnostic::isDenied);
    this.allowedPlaces = places(plan, plan::isAllowed);
    this.lockedOutPlaces = places(plan, finding -> finding.code() == Code.LOCKOUT);
  }

  private static Set<String> places(Plan plan, Predicate<Diagnostic> which) {
    return plan.findings().stream()
        .filter(which)
        .map(finding -> finding.where().toString())
        .collect(Collectors.toSet());
  }

  /** The plan's changes, the most important first; in the plan's order where they are alike. */
  List<Change> changes() {
    return plan.changes().stream().sorted(Comparator.comparing(this::rank)).toList();
  }

  /**
   * The findings, the most important first: the errors, then of each other kind the first ones, and
   * then the others. So no kind hides another one, however often it is found.
   */
  public static List<Diagnostic> findings(List<Diagnostic> findings) {
    Map<String, Integer> counts = new HashMap<>();
    List<Diagnostic> ordered = new ArrayList<>();
    List<Diagnostic> others = new ArrayList<>();
    for (Diagnostic finding : findings.stream().sorted(FINDINGS).toList()) {
      boolean isOfTheFirst =
          finding.isError() || counts.merge(kind(finding), 1, Integer::sum) <= MOST_OF_A_KIND;
      (isOfTheFirst ? ordered : others).add(finding);
    }
    ordered.addAll(others);
    return ordered;
  }

  /** Which kind of finding it is, as in {@code denied widening}. */
  static String kind(Diagnostic finding) {
    return finding.severity() + " " + finding.code();
  }

  /** The permissions, those on all databases first. */
  static List<Permission> permissions(Permissions permissions) {
    return permissions.stream().sorted(ALL_DATABASES_FIRST).toList();
  }

  /** Whether a guardrail denies a change for what it does. */
  boolean isDenied(Change change) {
    return deniedPlaces.contains(change.where().toString());
  }

  /** Whether it was allowed this once to do what a guardrail denies. */
  boolean isAllowed(Change change) {
    return allowedPlaces.contains(change.where().toString());
  }

  private static Rank danger(Code code) {
    return switch (code) {
      case WILDCARD_WRITE -> Rank.WRITES_ALL_DATABASES;
      case LOCKOUT -> Rank.LOSES_ALL_ACCESS;
      case WILDCARD_READ -> Rank.READS_ALL_DATABASES;
      default -> Rank.NEUTRAL;
    };
  }

  private Rank rank(Change change) {
    List<Permission> everywhere =
        change.accessGained().stream().filter(Permission::coversAllDatabases).toList();
    if (!everywhere.stream().allMatch(permission -> permission.action().name().equals("read"))) {
      return Rank.WRITES_ALL_DATABASES;
    }
    if (change.losesAllAccess() || lockedOutPlaces.contains(change.where().toString())) {
      return Rank.LOSES_ALL_ACCESS;
    }
    if (!everywhere.isEmpty()) {
      return Rank.READS_ALL_DATABASES;
    }
    if (isDenied(change)) {
      return Rank.DENIED;
    }
    return switch (change.effect()) {
      case BOTH -> Rank.BOTH;
      case WIDENS -> Rank.WIDENS;
      case NARROWS -> Rank.NARROWS;
      case NEUTRAL -> Rank.NEUTRAL;
    };
  }
}
