package io.tokenform.fleet;

import io.tokenform.access.SinkName;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.SinkDefinition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sinks in which a secret has the same place whatever cluster it is from. */
final class SharedSinks {
  private final Map<SinkName, SinkDefinition> sinks = new HashMap<>();

  /**
   * @param sinks all sinks
   */
  SharedSinks(Map<SinkName, SinkDefinition> sinks) {
    sinks.forEach(
        (name, sink) -> {
          if (!sink.tellsClustersApart()) {
            this.sinks.put(name, sink);
          }
        });
  }

  /** A place for a secret. */
  record Delivery(SinkName sink, TokenName token) {}

  /** The deliveries of a cluster to such sinks, each with the place that says so. */
  Map<Delivery, Location> deliveries(ClusterPolicy cluster) {
    Map<Delivery, Location> deliveries = new LinkedHashMap<>();
    if (sinks.isEmpty() || cluster.policy().isEmpty()) {
      return deliveries;
    }
    for (DesiredToken token : cluster.policy().get().tokens()) {
      token
          .lifecycle()
          .deliver()
          .filter(sink -> sinks.containsKey(sink.value()))
          .ifPresent(
              sink -> deliveries.put(new Delivery(sink.value(), token.name()), sink.where()));
    }
    return deliveries;
  }

  /**
   * Some clusters, with an error for each delivery that another cluster has too.
   *
   * @param everywhere all clusters
   */
  List<ClusterPolicy> checked(List<ClusterPolicy> some, List<ClusterPolicy> everywhere) {
    Map<Delivery, Integer> clusters = new HashMap<>();
    everywhere.forEach(
        one -> deliveries(one).keySet().forEach(each -> clusters.merge(each, 1, Integer::sum)));
    return some.stream().map(one -> checked(one, clusters)).toList();
  }

  private ClusterPolicy checked(ClusterPolicy cluster, Map<Delivery, Integer> clusters) {
    List<Diagnostic> findings = new ArrayList<>(cluster.findings());
    deliveries(cluster)
        .forEach(
            (delivery, where) -> {
              if (clusters.getOrDefault(delivery, 0) > 1) {
                findings.add(finding(delivery, where, clusters.get(delivery)));
              }
            });
    if (findings.size() == cluster.findings().size()) {
      return cluster;
    }
    findings.sort(Diagnostic.BY_PLACE);
    return new ClusterPolicy(cluster.cluster(), Optional.empty(), findings);
  }

  private Diagnostic finding(Delivery delivery, Location where, int clusters) {
    return Diagnostic.error(
            Code.SHARED_SINK,
            where,
            clusters
                + " clusters of the fleet deliver \""
                + delivery.token()
                + "\" to the sink \""
                + delivery.sink()
                + "\", which has one place for all of them: the secrets would replace each other")
        .hint(
            "write "
                + SinkDefinition.CLUSTER
                + " into sinks."
                + delivery.sink()
                + "."
                + sinks.get(delivery.sink()).kind()
                + " in the platform file, or limit the token to one cluster with clusters");
  }
}
