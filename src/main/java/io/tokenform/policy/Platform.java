package io.tokenform.policy;

import java.util.Objects;
import java.util.Optional;

/**
 * What a platform file says: the user who runs tokenform names it, and the policy cannot loosen it.
 *
 * @param cluster which cluster it must be, where the file says so; it pins the host and vouches for
 *     none, since the file may lie in the policy's own repository
 * @param guardrails those that the file sets, and no defaults
 */
public record Platform(Optional<ClusterSection> cluster, Guardrails guardrails) {
  /** That of no file at all. */
  public static final Platform NONE = new Platform(Optional.empty(), Guardrails.NONE);

  public Platform {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(guardrails, "guardrails");
  }
}
