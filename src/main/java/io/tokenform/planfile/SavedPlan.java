package io.tokenform.planfile;

import io.tokenform.plan.Plan;
import java.time.Instant;
import java.util.Objects;

/**
 * A plan as it is handed on: to a reviewer, a machine, or a later apply.
 *
 * @param toolVersion the version of tokenform that made it
 * @param createdAt when
 * @param policyDigest the {@link Digests digest} of the policy's files
 * @param plan the plan
 */
public record SavedPlan(String toolVersion, Instant createdAt, String policyDigest, Plan plan) {
  public SavedPlan {
    Objects.requireNonNull(toolVersion, "toolVersion");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(policyDigest, "policyDigest");
    Objects.requireNonNull(plan, "plan");
  }

  /** The digest of what the plan would do: what a review approves, and an apply may demand. */
  public String digest() {
    return Digests.of(plan);
  }
}
