package io.tokenform.cli;

/** A guardrail forbids to apply the plan; which one, and how to allow it, has been said. */
final class DeniedPlanException extends Exception {
  private static final long serialVersionUID = 1L;

  DeniedPlanException() {
    super("a guardrail denies the plan");
  }
}
