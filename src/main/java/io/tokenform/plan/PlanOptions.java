package io.tokenform.plan;

import java.time.Instant;
import java.util.Objects;

/**
 * What else a plan depends on.
 *
 * @param order the order of its stages
 * @param selection which tokens it is about
 * @param now the time by which tokens count as expired
 */
public record PlanOptions(StageOrder order, Selection selection, Instant now) {
  public PlanOptions {
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(selection, "selection");
    Objects.requireNonNull(now, "now");
  }
}
