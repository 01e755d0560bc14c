package io.tokenform.finding;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects what is found while a policy is read, so that one run tells everything. */
public final class Findings {
  /** A set, since a fault below an anchor is met again at each alias, and told once. */
  private final Set<Diagnostic> found = new LinkedHashSet<>();

  private final Set<Integer> concealed = new HashSet<>();

  public void add(Diagnostic finding) {
    found.add(finding);
  }

  public boolean haveErrors() {
    return found.stream().anyMatch(Diagnostic::isError);
  }

  public void addAll(Collection<Diagnostic> findings) {
    found.addAll(findings);
  }

  /** Notes that the line of a place holds a secret that cannot be told from other text. */
  public void conceal(Location where) {
    concealed.add(where.line());
  }

  /** Forgets all but these, which explain the rest; what is concealed stays so. */
  public void keepOnly(Collection<Diagnostic> these) {
    found.clear();
    found.addAll(these);
  }

  /** The numbers of the lines that must not be shown, from 1. */
  public Set<Integer> concealed() {
    return Set.copyOf(concealed);
  }

  /** All findings, by their places. */
  public List<Diagnostic> sorted() {
    return found.stream().sorted(Diagnostic.BY_PLACE).toList();
  }
}
