package io.tokenform.policy;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is found while a policy is read, so that one run tells everything. */
final class Findings {
  /** A set, since a fault below an anchor is met again at each alias, and told once. */
  private final Set<Diagnostic> found = new LinkedHashSet<>();

  void add(Diagnostic finding) {
    found.add(finding);
  }

  boolean haveErrors() {
    return found.stream().anyMatch(Diagnostic::isError);
  }

  void addAll(Collection<Diagnostic> findings) {
    found.addAll(findings);
  }

  /** All findings, by their places. */
  List<Diagnostic> sorted() {
    return found.stream().sorted(Diagnostic.BY_PLACE).toList();
  }
}
