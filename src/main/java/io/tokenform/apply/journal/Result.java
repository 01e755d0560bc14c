package io.tokenform.apply.journal;

import java.util.Arrays;
import java.util.Optional;

/** What can become of a change; the words are those of summaries and journals. */
public enum Result {
  /** The cluster confirmed it. */
  APPLIED("applied"),
  /** It was refused, or its answer is not what was asked for. */
  FAILED("failed"),
  /** Somebody else has changed the token meanwhile. */
  DRIFTED("drifted"),
  /** Its answer was lost, and the cluster could not be asked what became of it. */
  UNKNOWN("unknown"),
  /** It was not sent. */
  NOT_ATTEMPTED("not attempted");

  private final String word;

  Result(String word) {
    this.word = word;
  }

  static Optional<Result> named(String word) {
    return Arrays.stream(values()).filter(result -> result.word.equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return word;
  }
}
