package io.tokenform.cli.console;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Explained;
import io.tokenform.plan.Plan;
import java.util.Optional;

/**
 * A guardrail or an expectation forbids to apply the plan; which one, and how to allow it, has been
 * said.
 */
public final class DeniedPlanException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private final String hint;

  private DeniedPlanException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  private static final String CHANGE =
      "change the policy, or the expectation; no option allows what an expectation forbids";

  /** For a plan that was to be made, and may still be saved and shown. */
  public static DeniedPlanException ofPlan(Plan plan) {
    if (plan.failsExpectations()) {
      return new DeniedPlanException(
          "an expectation fails after this plan: it may not be applied", CHANGE);
    }
    return new DeniedPlanException(
        "a guardrail denies this plan: it may not be applied",
        "change the policy, or allow it once as shown above");
  }

  /** For a plan that was made to be applied. */
  public static DeniedPlanException ofApply(Plan plan) {
    if (plan.failsExpectations()) {
      return new DeniedPlanException(
          "an expectation fails after this plan; nothing was sent", CHANGE);
    }
    return new DeniedPlanException(
        "a guardrail denies this plan; nothing was sent",
        "change the policy, or allow it once as shown above");
  }

  /** For a policy against which expectations fail already. */
  public static DeniedPlanException ofPolicy() {
    return new DeniedPlanException("an expectation fails for this policy", CHANGE);
  }

  /** For an expectation that stands on the command line. */
  public static DeniedPlanException ofOption() {
    return new DeniedPlanException(
        "the expectation fails", "take away what is too much, or expect something else");
  }

  /** For the plan of a rollback, behind which stands no policy. */
  public static DeniedPlanException ofRollback() {
    return new DeniedPlanException(
        "a guardrail denies this rollback; nothing was sent",
        "if that is what you want, allow it once as shown above");
  }

  /** For a plan from a file, which holds what was allowed when it was made. */
  public static DeniedPlanException ofSavedPlan(Plan plan) {
    if (plan.failsExpectations()) {
      return new DeniedPlanException(
          "an expectation fails after this plan; nothing was sent",
          "change the policy, or the expectation, and make the plan again");
    }
    return new DeniedPlanException(
        "a guardrail denies this plan; nothing was sent",
        "change the policy, or allow it once: plan again with --out and the --allow shown above,"
            + " and apply that plan");
  }

  /** For a saved plan that has no room in a comment, and was not made with one. */
  public static DeniedPlanException ofComment() {
    return new DeniedPlanException(
        "the Markdown has no room for every gain of access of this plan",
        "plan it in parts with --target, or give the host's own limit with --markdown-limit; or"
            + " allow it once: plan again with --format markdown, --allow cut-comment and --out");
  }

  @Override
  public Optional<String> hint() {
    return Optional.of(hint);
  }

  @Override
  public int exitCode() {
    return ExitCode.DENIED;
  }
}
