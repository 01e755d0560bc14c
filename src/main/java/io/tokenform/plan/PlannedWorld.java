package io.tokenform.plan;

import io.tokenform.access.Token;
import io.tokenform.finding.Subject;
import io.tokenform.live.Live;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import java.util.List;

/**
 * What changes are planned from.
 *
 * @param entries the selected tokens of the policy that are live and not revoked, in the policy's
 *     order
 */
record PlannedWorld(Policy policy, Live live, PlanOptions options, List<Entry> entries) {
  PlannedWorld {
    entries = List.copyOf(entries);
  }

  /**
   * A token of the policy, and the live token that it is.
   *
   * @param desired what the policy says
   * @param live what the cluster has
   */
  record Entry(DesiredToken desired, Token live) {
    /** Whom a finding about it is about. */
    Subject subject() {
      return Subject.of(desired.name(), live.id());
    }
  }
}
