package io.tokenform.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a plan does about changes that fall due with time alone. */
public enum Due {
  /** They are planned with all others. */
  INCLUDE("include"),
  /** Nothing else is planned: for a job that runs every night. */
  ONLY("only"),
  /** They are left out, so that a plan does not change under its reviewers. */
  EXCLUDE("exclude");

  private final String word;

  Due(String word) {
    this.word = word;
  }

  public static Optional<Due> named(String word) {
    return Arrays.stream(values()).filter(due -> due.word.equals(word)).findFirst();
  }

  public static List<String> words() {
    return Arrays.stream(values()).map(Due::toString).toList();
  }

  @Override
  public String toString() {
    return word;
  }
}
