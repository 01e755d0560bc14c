package io.tokenform.plan;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of changes, one for each member of the family {@link Change}, in the order of
 * summaries.
 */
public enum Kind {
  /** A token is made, and its secret delivered. */
  CREATE("create", Create.class),
  /** The description or the permissions of a live token become what the policy says. */
  UPDATE("update", Update.class),
  /** A token gets a successor, whose secret is delivered. */
  ROTATE("rotate", Rotate.class),
  /** A token that has a successor loses its access. */
  RETIRE("retire", Retire.class),
  /** A token is revoked. */
  REVOKE("revoke", Revoke.class),
  /** What an apply left that did not end is finished or removed. */
  CLEAN_UP("clean-up", CleanUp.class);

  private final String word;
  private final Class<? extends Change> type;

  Kind(String word, Class<? extends Change> type) {
    this.word = word;
    this.type = type;
  }

  /** The kind of that word, as in files. */
  public static Optional<Kind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** The member of the family. */
  public Class<? extends Change> type() {
    return type;
  }

  @Override
  public String toString() {
    return word;
  }
}
