package io.tokenform.planfile;

import io.tokenform.plan.Plan;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * A plan as it is handed on: to a reviewer, a machine, or a later apply.
 *
 * @param toolVersion the version of tokenform that made it
 * @param createdAt when
 * @param policyDigest the {@link Digests digest} of the policy's files
 * @param snapshot what stood in for the cluster, if anything did; the digest does not tell
 * @param plan the plan
 */
public record SavedPlan(
    String toolVersion,
    Instant createdAt,
    String policyDigest,
    Optional<SnapshotSource> snapshot,
    Plan plan) {
  public SavedPlan {
    Objects.requireNonNull(toolVersion, "toolVersion");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(policyDigest, "policyDigest");
    Objects.requireNonNull(snapshot, "snapshot");
    Objects.requireNonNull(plan, "plan");
  }

  /** A plan that was made from a cluster. */
  public SavedPlan(String toolVersion, Instant createdAt, String policyDigest, Plan plan) {
    this(toolVersion, createdAt, policyDigest, Optional.empty(), plan);
  }

  /** The digest of what the plan would do: what a review approves, and an apply may demand. */
  public String digest() {
    return Digests.of(plan);
  }

  /** The same facts with another plan, as after a guardrail was checked. */
  public SavedPlan with(Plan other) {
    return new SavedPlan(toolVersion, createdAt, policyDigest, snapshot, other);
  }
}
