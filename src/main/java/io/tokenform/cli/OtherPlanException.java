package io.tokenform.cli;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Explained;
import java.util.Optional;

/** A plan is not the one that was reviewed, and nothing was sent. */
final class OtherPlanException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private static final String OTHER =
      "live may have changed since the review; the digest covers the policy, live, the cluster,"
          + " --target, --exclude, --order, --due, --allow, the guardrails and the expectations; review"
          + " this plan, or apply the one that was reviewed from its file";

  private final String hint;
  private final int exitCode;

  private OtherPlanException(String digest, String hint, int exitCode) {
    super("the digest of this plan is " + digest + ", and not the expected one; nothing was sent");
    this.hint = hint;
    this.exitCode = exitCode;
  }

  /**
   * The plan that was made anew: live, or something else that it rests on, is another now.
   *
   * @param hasChanges whether there is anything to apply now
   */
  static OtherPlanException madeAnew(String digest, boolean hasChanges) {
    return new OtherPlanException(
        digest,
        hasChanges
            ? OTHER
            : "there is nothing to change now: the plan that was reviewed may have been applied"
                + " already (tokenform journal list)",
        ExitCode.STALE);
  }

  /** The plan in a file, which is another file than the reviewed one. */
  static OtherPlanException inFile(String digest) {
    return new OtherPlanException(
        digest, "review this plan, or apply the file of the one that was reviewed", ExitCode.ERROR);
  }

  @Override
  public Optional<String> hint() {
    return Optional.of(hint);
  }

  @Override
  public int exitCode() {
    return exitCode;
  }
}
