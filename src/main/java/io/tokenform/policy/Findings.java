package io.tokenform.policy;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is found while a policy is read, so that one run tells everything. */
final class Findings {
  private static final Comparator<Diagnostic> BY_PLACE =
      Comparator.comparingInt((Diagnostic finding) -> finding.where().line())
          .thenComparingInt(finding -> finding.where().column());

  /** A set, since a fault below an anchor is met again at each alias, and told once. */
  private final Set<Diagnostic> found = new LinkedHashSet<>();

  void add(Diagnostic finding) {
    found.add(finding);
  }

  boolean haveErrors() {
    return found.stream().anyMatch(Diagnostic::isError);
  }

  /** All findings, in the order of the text. */
  List<Diagnostic> sorted() {
    return found.stream().sorted(BY_PLACE).toList();
  }
}
