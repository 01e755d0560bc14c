package io.tokenform.fleet;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Sha256;
import io.tokenform.finding.Code;
import io.tokenform.planfile.SavedPlan;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * The plans of a fleet, or of some of its clusters. What it says depends on the order of the
 * clusters, and never on which was planned first.
 *
 * @param toolVersion the version of tokenform that made it
 * @param createdAt when
 * @param share which share of a fleet it is, if other machines have the other clusters
 * @param clusters in the order of the fleet file; at least one
 */
public record FleetPlan(
    String toolVersion, Instant createdAt, Optional<FleetShare> share, List<ClusterPlan> clusters) {
  /**
   * @throws IllegalArgumentException if there is no cluster, or the names of two differ in case
   *     only: they are names of files, too
   */
  public FleetPlan {
    Objects.requireNonNull(toolVersion, "toolVersion");
    Objects.requireNonNull(createdAt, "createdAt");
    Objects.requireNonNull(share, "share");
    clusters = List.copyOf(clusters);
    if (clusters.isEmpty()) {
      throw new IllegalArgumentException("a plan of no cluster");
    }
    Set<String> names = new HashSet<>();
    for (ClusterPlan cluster : clusters) {
      if (!names.add(cluster.name().value().toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException("two clusters are called " + cluster.name());
      }
    }
  }

  /** The plan of all clusters that are meant. */
  public FleetPlan(String toolVersion, Instant createdAt, List<ClusterPlan> clusters) {
    this(toolVersion, createdAt, Optional.empty(), clusters);
  }

  /**
   * The digest of what all plans would do, in the order of the fleet file: names, labels, by which
   * clusters are chosen, waves and the digests of the plans. A cluster without a plan has a part in
   * it as one that has failed, whatever the reason: the same fleet with its plan has another
   * digest. Clusters that were not chosen have none.
   */
  public String digest() {
    Sha256 digest = new Sha256();
    digest.add("fleet 1");
    for (ClusterPlan cluster : clusters) {
      digest.add(cluster.name().value());
      SortedMap<String, String> labels = cluster.place().labels();
      digest.add(Integer.toString(labels.size()));
      labels.forEach(
          (label, value) -> {
            digest.add(label);
            digest.add(value);
          });
      digest.add(Integer.toString(cluster.wave()));
      digest.add(cluster.plan().map(SavedPlan::digest).orElse("failed"));
    }
    return digest.text();
  }

  /** How many clusters have this verdict. */
  public int count(Verdict verdict) {
    return (int) clusters.stream().filter(cluster -> cluster.verdict() == verdict).count();
  }

  /** How many clusters have plans with changes, whether these may be applied or not. */
  public int changed() {
    return (int) clusters.stream().filter(ClusterPlan::hasChanges).count();
  }

  /** The changes of all plans. */
  public ChangeCounts counts() {
    return clusters.stream().map(ClusterPlan::counts).reduce(ChangeCounts.NONE, ChangeCounts::plus);
  }

  public boolean hasChanges() {
    return clusters.stream().anyMatch(ClusterPlan::hasChanges);
  }

  /** Whether each cluster has a plan that may be applied as it stands. */
  public boolean isApplicable() {
    return clusters.stream().allMatch(cluster -> cluster.verdict().isApplicable());
  }

  /**
   * What plan ends with: the worst of all clusters, in the order of {@link ExitCode#worst}.
   *
   * @param isDetailed whether changes have a code of their own, as with --detailed-exitcode
   */
  public int exitCode(boolean isDetailed) {
    return ExitCode.worst(
        clusters.stream()
            .map(cluster -> cluster.verdict().exitCode(isDetailed))
            .collect(Collectors.toSet()));
  }

  /** The waves that have clusters here, by their numbers. */
  public Map<Integer, List<ClusterPlan>> waves() {
    return clusters.stream()
        .collect(
            Collectors.groupingBy(
                ClusterPlan::wave, TreeMap::new, Collectors.toUnmodifiableList()));
  }

  /**
   * The same, where a warning that an exception of a guardrail excepts no token of a cluster stands
   * only if it excepts none of any: an exception is for the fleet. Nobody knows that while a
   * cluster is left out or has failed.
   *
   * @param isWhole whether no cluster of the fleet is left out, save those of other shares, with
   *     which the plan is going to be judged once more
   */
  public FleetPlan judgingExceptions(boolean isWhole) {
    boolean isKnown = isWhole && count(Verdict.FAILED) == 0;
    Set<String> unused =
        isKnown ? new HashSet<>(unusedExceptions(clusters.get(0))) : new HashSet<>();
    clusters.forEach(cluster -> unused.retainAll(unusedExceptions(cluster)));
    return withEach(
        cluster ->
            cluster
                .plan()
                .map(
                    saved ->
                        cluster.with(
                            saved.with(
                                saved
                                    .plan()
                                    .without(
                                        finding ->
                                            finding.code() == Code.UNUSED_EXCEPTION
                                                && !unused.contains(finding.where().toString())))))
                .orElse(cluster));
  }

  /** Where entries stand that except no token of a cluster; plans that were read have own texts. */
  private static Set<String> unusedExceptions(ClusterPlan cluster) {
    return cluster.findings().stream()
        .filter(finding -> finding.code() == Code.UNUSED_EXCEPTION)
        .map(finding -> finding.where().toString())
        .collect(Collectors.toSet());
  }

  /** The same with other plans of the clusters. */
  public FleetPlan withEach(UnaryOperator<ClusterPlan> change) {
    return new FleetPlan(toolVersion, createdAt, share, clusters.stream().map(change).toList());
  }
}
