package io.tokenform.policy;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Product;
import io.tokenform.finding.Located;
import io.tokenform.policy.placement.ClusterName;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The cluster to which the policy pins itself.
 *
 * @param accountId present for Cloud Dedicated, absent otherwise
 * @param clusterId present for Cloud Dedicated, absent otherwise
 * @param url present for Clustered, optional for Cloud Dedicated, absent for the sandbox
 * @param seed the sandbox's seed file, relative to the policy's own folder; optional
 * @param name what the cluster is called in its fleet, if it is in one
 */
public record ClusterSection(
    Located<Product> product,
    Optional<Located<UUID>> accountId,
    Optional<Located<UUID>> clusterId,
    Optional<Located<ClusterUrl>> url,
    Optional<Located<String>> seed,
    Optional<ClusterName> name) {
  public ClusterSection {
    Objects.requireNonNull(product, "product");
    Objects.requireNonNull(accountId, "accountId");
    Objects.requireNonNull(clusterId, "clusterId");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(name, "name");
  }

  /** The same as a cluster of a fleet. */
  public ClusterSection called(ClusterName known) {
    return new ClusterSection(product, accountId, clusterId, url, seed, Optional.of(known));
  }
}
