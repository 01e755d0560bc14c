package io.tokenform.fleet;

import io.tokenform.expect.ExpectationFindings;
import io.tokenform.expect.Judge;
import io.tokenform.expect.World;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.policy.Policy;
import io.tokenform.policy.expect.Expectation;
import io.tokenform.policy.placement.ClusterName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The policies of a fleet, checked without any cluster: what is wrong with each of them, and what
 * each gives against what is expected. What is wrong with one of them hides no other.
 *
 * @param policies what was checked
 * @param findings those of each cluster by their places, in the order of the fleet; a cluster
 *     without findings has an empty list
 * @param expectations how many there are: one of a file that several clusters share counts once
 */
public record FleetCheck(
    FleetPolicies policies, Map<ClusterName, List<Diagnostic>> findings, int expectations) {
  /**
   * Checks them.
   *
   * @param everywhere what is expected of each cluster, besides what its own policy expects
   */
  public static FleetCheck of(FleetPolicies policies, List<Expectation> everywhere) {
    Map<ClusterName, List<Diagnostic>> findings = new LinkedHashMap<>();
    for (ClusterPolicy cluster : policies.all()) {
      findings.put(cluster.name(), findings(cluster, everywhere));
    }
    return new FleetCheck(policies, findings, count(policies, everywhere));
  }

  private static List<Diagnostic> findings(ClusterPolicy cluster, List<Expectation> everywhere) {
    List<Diagnostic> findings = new ArrayList<>(cluster.findings());
    cluster.policy().ifPresent(policy -> findings.addAll(broken(policy, everywhere)));
    findings.sort(Diagnostic.BY_PLACE);
    return List.copyOf(findings);
  }

  private static List<Diagnostic> broken(Policy policy, List<Expectation> everywhere) {
    List<Expectation> expectations =
        Stream.concat(everywhere.stream(), policy.expectations().stream()).toList();
    return expectations.isEmpty()
        ? List.of()
        : ExpectationFindings.of(Judge.judge(expectations, World.of(policy)));
  }

  private static int count(FleetPolicies policies, List<Expectation> everywhere) {
    Stream<Location> own =
        policies.all().stream()
            .flatMap(cluster -> cluster.policy().stream())
            .flatMap(policy -> policy.expectations().stream())
            .map(Expectation::where);
    return everywhere.size() + (int) own.distinct().count();
  }

  /** How many tokens all valid policies have, on their clusters. */
  public int tokens() {
    return policies.all().stream()
        .flatMap(cluster -> cluster.policy().stream())
        .mapToInt(policy -> policy.tokens().size())
        .sum();
  }

  /** The clusters whose policies have errors, in the order of the fleet. */
  public List<ClusterName> withErrors() {
    return policies.all().stream()
        .filter(cluster -> cluster.policy().isEmpty())
        .map(ClusterPolicy::name)
        .toList();
  }

  /** The clusters whose valid policies break an expectation, in the order of the fleet. */
  public List<ClusterName> denied() {
    return findings.entrySet().stream()
        .filter(cluster -> cluster.getValue().stream().anyMatch(Diagnostic::isDenied))
        .map(Map.Entry::getKey)
        .toList();
  }
}
