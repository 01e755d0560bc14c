package io.tokenform.access;

/** Whether a token works. */
public enum TokenStatus {
  ACTIVE("active"),
  EXPIRED("expired"),
  REVOKED("revoked");

  private final String word;

  TokenStatus(String word) {
    this.word = word;
  }

  @Override
  public String toString() {
    return word;
  }
}
