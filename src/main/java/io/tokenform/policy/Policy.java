package io.tokenform.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The desired state.
 *
 * @param cluster the cluster that the policy is for, where it says so
 * @param tokens what it says of each token, by name; names and ids are unique
 */
public record Policy(Optional<ClusterSection> cluster, List<DesiredToken> tokens) {
  public Policy {
    Objects.requireNonNull(cluster, "cluster");
    tokens = List.copyOf(tokens);
  }
}
