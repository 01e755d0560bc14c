package io.tokenform.plan;

import io.tokenform.finding.Allowance;
import io.tokenform.policy.Guardrails;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;

/**
 * What else a plan depends on.
 *
 * @param order the order of its waves
 * @param selection which tokens it is about
 * @param platform guardrails that hold besides the policy's own, whatever that says
 * @param allowances which guardrails may be broken this once
 * @param now the time by which tokens count as expired
 */
public record PlanOptions(
    WaveOrder order,
    Selection selection,
    Guardrails platform,
    Set<Allowance> allowances,
    Instant now) {
  public PlanOptions {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(platform, "platform");
    allowances = Set.copyOf(allowances);
    Objects.requireNonNull(now, "now");
  }
}
