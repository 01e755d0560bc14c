package io.tokenform.fleet;

import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.policy.Policy;
import io.tokenform.policy.placement.ClusterName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A cluster of a fleet with its policy, or with everything that is wrong with that.
 *
 * @param policy absent where one of the findings is an error
 * @param findings by their places; of a valid policy its warnings
 */
public record ClusterPolicy(
    FleetCluster cluster, Optional<Policy> policy, List<Diagnostic> findings) {
  public ClusterPolicy {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(policy, "policy");
    findings = List.copyOf(findings);
  }

  public ClusterName name() {
    return cluster.name();
  }

  /**
   * The policy.
   *
   * @throws InvalidPolicyException with all findings if it has errors
   */
  public Policy valid() throws InvalidPolicyException {
    return policy.orElseThrow(() -> new InvalidPolicyException(findings));
  }
}
