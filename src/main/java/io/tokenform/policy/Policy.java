package io.tokenform.policy;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The desired state.
 *
 * @param cluster the cluster that the policy is for, where it says so
 * @param tokens what it says of each token, by name; names and ids are unique
 * @param roles all roles, by name; names are unique
 * @param warnings what is probably not meant, in the order of {@link Diagnostic#BY_PLACE}
 */
public record Policy(
    Optional<ClusterSection> cluster,
    List<DesiredToken> tokens,
    List<Role> roles,
    List<Diagnostic> warnings) {
  public Policy {
    Objects.requireNonNull(cluster, "cluster");
    tokens = List.copyOf(tokens);
    roles = List.copyOf(roles);
    warnings = List.copyOf(warnings);
  }
}
