package io.tokenform.plan.planner;

import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.finding.Diagnostic;
import io.tokenform.plan.Change;
import io.tokenform.plan.PlannedDatabases;
import io.tokenform.plan.WaveOrder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** Collects what the planners of the kinds find. */
final class Draft {
  private final List<Change> changes = new ArrayList<>();
  private final List<TokenName> unchanged = new ArrayList<>();
  private final List<TokenName> unselected = new ArrayList<>();
  private final List<DatabaseName> unchangedDatabases = new ArrayList<>();
  private final List<DatabaseName> unselectedDatabases = new ArrayList<>();
  private final List<Diagnostic> findings = new ArrayList<>();
  private int dueLeftOut;

  void add(Change change) {
    changes.add(change);
  }

  /** Notes that a token is as the policy says. */
  void unchanged(TokenName token) {
    unchanged.add(token);
  }

  /** Notes that a token differs from the policy, and this plan is not about that. */
  void unselected(TokenName token) {
    unselected.add(token);
  }

  /** Notes that a change is due with time alone, and this plan leaves such out. */
  void leftOutThoughDue() {
    dueLeftOut++;
  }

  /** Notes that a database is as the policy says. */
  void unchanged(DatabaseName database) {
    unchangedDatabases.add(database);
  }

  /**
   * Notes that this plan is not about a database: it is not selected, or it differs from the policy
   * in what this plan leaves out.
   */
  void unselected(DatabaseName database) {
    unselectedDatabases.add(database);
  }

  /** The databases that are not changed. */
  PlannedDatabases databases() {
    if (unchangedDatabases.isEmpty() && unselectedDatabases.isEmpty()) {
      return PlannedDatabases.NONE;
    }
    Collections.sort(unchangedDatabases);
    Collections.sort(unselectedDatabases);
    return new PlannedDatabases(unchangedDatabases, unselectedDatabases);
  }

  void add(Diagnostic finding) {
    findings.add(finding);
  }

  /** The changes in the order in which they are made. */
  List<Change> changes(WaveOrder order) {
    return changes.stream().sorted(order.comparator()).toList();
  }

  /** The tokens that are as the policy says, by name. */
  List<TokenName> unchanged() {
    return unchanged.stream().sorted(Comparator.naturalOrder()).toList();
  }

  List<TokenName> unselected() {
    return List.copyOf(unselected);
  }

  int dueLeftOut() {
    return dueLeftOut;
  }

  List<Diagnostic> findings() {
    return List.copyOf(findings);
  }
}
