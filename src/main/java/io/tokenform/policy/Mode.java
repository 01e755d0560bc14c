package io.tokenform.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a token's permissions in the policy mean for those that it has. */
public enum Mode {
  /** The token gets exactly the policy's permissions. */
  AUTHORITATIVE("authoritative"),
  /** The token gets the policy's permissions, and keeps what else it has. */
  ADDITIVE("additive");

  private final String word;

  Mode(String word) {
    this.word = word;
  }

  public static Optional<Mode> named(String word) {
    return Arrays.stream(values()).filter(mode -> mode.word.equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Mode::toString).toList();
  }

  @Override
  public String toString() {
    return word;
  }
}
