package io.tokenform.policy;

import io.tokenform.access.HostPattern;
import io.tokenform.access.SinkName;
import io.tokenform.policy.expect.Expectation;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a platform file says: the user who runs tokenform names it, and the policy cannot loosen it.
 *
 * @param cluster which cluster it must be, where the file says so; it pins the host and vouches for
 *     none, since the file may lie in the policy's own repository
 * @param guardrails those that the file sets, and no defaults
 * @param expectations those that the file states
 * @param sinks where the secrets of new tokens may go, by name
 * @param hosts those of a fleet file's hosts that may get the management token
 */
public record Platform(
    Optional<ClusterSection> cluster,
    Guardrails guardrails,
    List<Expectation> expectations,
    SortedMap<SinkName, SinkDefinition> sinks,
    List<HostPattern> hosts) {
  /** That of no file at all. */
  public static final Platform NONE =
      new Platform(Optional.empty(), Guardrails.NONE, List.of(), new TreeMap<>(), List.of());

  public Platform {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(guardrails, "guardrails");
    expectations = List.copyOf(expectations);
    sinks = Collections.unmodifiableSortedMap(new TreeMap<>(sinks));
    hosts = List.copyOf(hosts);
  }
}
