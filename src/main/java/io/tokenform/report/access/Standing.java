package io.tokenform.report.access;

/** What a policy has to say of a live token. */
public enum Standing {
  /** A token of the policy means it, or has had it. */
  MANAGED("managed"),
  /** No token of the policy means it. */
  UNMANAGED("unmanaged"),
  /** A token of the policy may mean it, or another one with the same description. */
  AMBIGUOUS("ambiguous");

  private final String word;

  Standing(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
