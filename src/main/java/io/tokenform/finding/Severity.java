package io.tokenform.finding;

/** How much a finding matters. */
public enum Severity {
  /** The policy cannot be planned as it stands. */
  ERROR("error"),
  /** A guardrail forbids to apply the plan. */
  DENIED("denied"),
  /** It can, and is probably not what was meant. */
  WARNING("warning");

  private final String word;

  Severity(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
