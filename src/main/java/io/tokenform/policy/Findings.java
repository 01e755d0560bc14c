package io.tokenform.policy;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is found while a policy is read, so that one run tells everything. */
final class Findings {
  private static final Comparator<Diagnostic> BY_PLACE =
      Comparator.comparingInt((Diagnostic finding) -> finding.where().line())
          .thenComparingInt(finding -> finding.where().column());

  private final List<Diagnostic> found = new ArrayList<>();

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
