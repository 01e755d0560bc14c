package io.tokenform.finding;

import io.tokenform.access.Explained;
import java.util.List;

/** The policy has errors; every one that could be found is here. */
public final class InvalidPolicyException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private final transient List<Diagnostic> findings;

  /**
   * @param findings all findings, errors and warnings, in the order of {@link Diagnostic#BY_PLACE}
   */
  public InvalidPolicyException(List<Diagnostic> findings) {
    super("the policy has errors");
    this.findings = List.copyOf(findings);
  }

  public List<Diagnostic> findings() {
    return findings;
  }
}
