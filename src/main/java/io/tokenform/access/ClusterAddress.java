package io.tokenform.access;

import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Which cluster, and where its Management API answers.
 *
 * @param product decides the form of the paths
 * @param url where it answers
 * @param accountId present unless the product is Clustered
 * @param clusterId present unless the product is Clustered
 */
public record ClusterAddress(
    Product product, ClusterUrl url, Optional<UUID> accountId, Optional<UUID> clusterId) {
  public ClusterAddress {
    Objects.requireNonNull(product, "product");
    Objects.requireNonNull(url, "url");
    boolean needsIds = product != Product.CLUSTERED;
    if (accountId.isPresent() != needsIds || clusterId.isPresent() != needsIds) {
      throw new IllegalArgumentException("a Clustered address alone has no ids");
    }
  }

  /** Whether it is the same cluster, reached at the same address. */
  public boolean isSameCluster(ClusterAddress other) {
    return product == other.product
        && accountId.equals(other.accountId)
        && clusterId.equals(other.clusterId)
        && fixedUrl().equals(other.fixedUrl());
  }

  /** Where it answers; nothing for a sandbox, which listens where there is room. */
  public Optional<ClusterUrl> fixedUrl() {
    return product == Product.SANDBOX ? Optional.empty() : Optional.of(url);
  }
}
