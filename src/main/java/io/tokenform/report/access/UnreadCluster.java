package io.tokenform.report.access;

import io.tokenform.policy.placement.ClusterName;
import java.util.Objects;
import java.util.Optional;

/**
 * A cluster of a fleet of which nothing is known.
 *
 * @param reason why it could not be read, with secrets masked
 * @param hint what to do about it, where something is known to do
 */
public record UnreadCluster(ClusterName name, String reason, Optional<String> hint) {
  public UnreadCluster {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(reason, "reason");
    Objects.requireNonNull(hint, "hint");
  }
}
