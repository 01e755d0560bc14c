package io.tokenform.report.fleet;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.Severity;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.Importance;
import io.tokenform.report.PlanFindings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The findings of a fleet, each of them once: what is found in several clusters at the same place
 * in the same words is one finding, of which it is known where it was found. What a plan's findings
 * fold, these fold too.
 *
 * @param each those that are shown as they are, the most important first
 * @param groups those that are folded, in the order of the clusters
 */
record FleetFindings(List<Told<Diagnostic>> each, List<Told<PlanFindings.Group>> groups) {
  FleetFindings {
    each = List.copyOf(each);
    groups = List.copyOf(groups);
  }

  /**
   * What is told once.
   *
   * @param clusters where it was found, in the order of the fleet; at least one
   */
  record Told<T>(T what, List<ClusterName> clusters) {
    Told {
      clusters = List.copyOf(clusters);
    }

    boolean isShared() {
      return clusters.size() > 1;
    }
  }

  /** What makes two findings the same to a reader. */
  private record Key(
      Severity severity,
      Code code,
      String message,
      Optional<String> hint,
      boolean isAllowed,
      Spot where,
      Optional<Spot> other) {
    static Key of(Diagnostic finding) {
      return new Key(
          finding.severity(),
          finding.code(),
          finding.message(),
          finding.hint(),
          finding.isAllowed(),
          Spot.of(finding.where()),
          finding.other().map(Spot::of));
    }
  }

  /** Two texts of one name are the same file, as in plans that were read. */
  private record Spot(String file, int line, int column, int length) {
    static Spot of(Location where) {
      return new Spot(where.source().name(), where.line(), where.column(), where.length());
    }
  }

  /**
   * The findings of all clusters.
   *
   * @param isUnfolded whether each finding is shown
   */
  static FleetFindings of(FleetPlan fleet, boolean isUnfolded) {
    Map<Key, List<ClusterName>> places = new LinkedHashMap<>();
    Map<Key, Diagnostic> findings = new LinkedHashMap<>();
    Map<String, List<ClusterName>> groupPlaces = new LinkedHashMap<>();
    Map<String, PlanFindings.Group> groups = new LinkedHashMap<>();
    for (ClusterPlan cluster : fleet.clusters()) {
      PlanFindings told = told(cluster, isUnfolded);
      for (Diagnostic finding : told.each()) {
        Key key = Key.of(finding);
        findings.putIfAbsent(key, finding);
        add(places, key, cluster.name());
      }
      for (PlanFindings.Group group : told.groups()) {
        String key =
            group.first().severity()
                + " "
                + group.first().code()
                + " "
                + group.message(name -> name);
        groups.putIfAbsent(key, group);
        add(groupPlaces, key, cluster.name());
      }
    }
    return new FleetFindings(
        Importance.findings(List.copyOf(findings.values())).stream()
            .map(finding -> new Told<>(finding, places.get(Key.of(finding))))
            .toList(),
        groups.entrySet().stream()
            .map(group -> new Told<>(group.getValue(), groupPlaces.get(group.getKey())))
            .toList());
  }

  /**
   * The findings of clusters, each of them once, in the order in which they come first.
   *
   * @param findings those of each cluster, in the order of the fleet
   */
  static List<Told<Diagnostic>> once(Map<ClusterName, List<Diagnostic>> findings) {
    Map<Key, List<ClusterName>> places = new LinkedHashMap<>();
    Map<Key, Diagnostic> first = new LinkedHashMap<>();
    findings.forEach(
        (cluster, found) -> {
          for (Diagnostic finding : found) {
            Key key = Key.of(finding);
            first.putIfAbsent(key, finding);
            add(places, key, cluster);
          }
        });
    return first.entrySet().stream()
        .map(one -> new Told<>(one.getValue(), places.get(one.getKey())))
        .toList();
  }

  /** Where a finding was found; one that is there twice in a cluster is told once. */
  private static <K> void add(Map<K, List<ClusterName>> places, K key, ClusterName cluster) {
    List<ClusterName> clusters = places.computeIfAbsent(key, any -> new ArrayList<>());
    if (clusters.isEmpty() || !clusters.get(clusters.size() - 1).equals(cluster)) {
      clusters.add(cluster);
    }
  }

  private static PlanFindings told(ClusterPlan cluster, boolean isUnfolded) {
    return cluster
        .plan()
        .map(
            saved -> {
              List<Diagnostic> ordered = new Importance(saved.plan()).findings();
              return isUnfolded
                  ? PlanFindings.unfolded(ordered)
                  : PlanFindings.of(saved.plan(), ordered);
            })
        .orElseGet(() -> PlanFindings.unfolded(Importance.findings(cluster.findings())));
  }

  /** Those that were found in several clusters. */
  FleetFindings shared() {
    return new FleetFindings(
        each.stream().filter(Told::isShared).toList(),
        groups.stream().filter(Told::isShared).toList());
  }

  boolean isEmpty() {
    return each.isEmpty() && groups.isEmpty();
  }

  /** Those that were found in one cluster alone, by its name; the others have none. */
  Map<ClusterName, PlanFindings> alone() {
    Map<ClusterName, List<Diagnostic>> findings = byCluster(each);
    Map<ClusterName, List<PlanFindings.Group>> folded = byCluster(groups);
    Map<ClusterName, PlanFindings> alone = new LinkedHashMap<>();
    findings.forEach((name, of) -> alone.put(name, new PlanFindings(of, List.of())));
    folded.forEach(
        (name, of) ->
            alone.put(name, new PlanFindings(findings.getOrDefault(name, List.of()), of)));
    return alone;
  }

  private static <T> Map<ClusterName, List<T>> byCluster(List<Told<T>> told) {
    return told.stream()
        .filter(one -> !one.isShared())
        .collect(
            Collectors.groupingBy(
                one -> one.clusters().get(0),
                LinkedHashMap::new,
                Collectors.mapping(Told::what, Collectors.toList())));
  }
}
