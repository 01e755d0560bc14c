package io.tokenform.report;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What the comment on a pull request depends on besides the plan.
 *
 * @param commit the commit that was planned, as hexadecimal digits; it is printed and nothing else
 * @param limit how many characters the host takes: UTF-16 code units, so never more characters than
 *     that, whichever way the host counts them
 * @param unfolded whether each finding is shown
 * @param saved the file in which the plan is saved, as the user names it; nothing if it is in none
 */
public record CommentOptions(
    Optional<String> commit, int limit, boolean unfolded, Optional<String> saved) {
  /** What GitHub takes. */
  public static final int DEFAULT_LIMIT = 65_536;

  /** Room for what a comment always has: the verdict, the summary and the digest. */
  public static final int LEAST_LIMIT = 4_096;

  /** What GitLab takes, which takes the most. */
  public static final int MOST_LIMIT = 1_000_000;

  public static final CommentOptions DEFAULT =
      new CommentOptions(Optional.empty(), DEFAULT_LIMIT, false, Optional.empty());

  private static final Pattern COMMIT = Pattern.compile("[0-9a-fA-F]{7,64}");

  /**
   * @throws IllegalArgumentException if {@code commit} is none, or {@code limit} out of bounds
   */
  public CommentOptions {
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(saved, "saved");
    if (commit.isPresent() && !isCommit(commit.get())) {
      throw new IllegalArgumentException("a commit has 7 to 64 hexadecimal digits");
    }
    if (limit < LEAST_LIMIT || limit > MOST_LIMIT) {
      throw new IllegalArgumentException(
          "a comment has " + LEAST_LIMIT + " to " + MOST_LIMIT + " characters at most");
    }
  }

  /** Whether a text has the form of a commit's hash, whole or abbreviated. */
  public static boolean isCommit(String text) {
    return COMMIT.matcher(text).matches();
  }
}
