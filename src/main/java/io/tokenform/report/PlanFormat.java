package io.tokenform.report;

import io.tokenform.finding.Diagnostic;
import io.tokenform.planfile.SavedPlan;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A form in which a plan is given. The same plan gives the same text. */
public interface PlanFormat {
  /** The plan, as lines that each end in a line break. */
  String render(SavedPlan saved);

  /** What stands in for a plan that could not be made; no earlier plan is taken for it. */
  String failure(NoPlan why);

  /**
   * Why there is no plan.
   *
   * @param message what went wrong, for a person; it may quote the policy or the server
   * @param hint what to do about it, where that is known
   * @param findings what is wrong with the policy, where that is the reason
   */
  record NoPlan(String message, Optional<String> hint, List<Diagnostic> findings) {
    public NoPlan {
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(hint, "hint");
      findings = List.copyOf(findings);
    }
  }
}
