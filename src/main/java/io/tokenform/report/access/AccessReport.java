package io.tokenform.report.access;

import io.tokenform.live.Snapshot;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Who may read and write what, on one cluster or on those of a fleet.
 *
 * @param fleet which fleet, where it is of one
 * @param clusters those that could be read, in the order of the fleet; just one without a fleet
 */
public record AccessReport(
    Imprint imprint, Optional<FleetScope> fleet, List<ClusterAccess> clusters) {
  /** How long before its end a token is said to expire. */
  public static final Duration SOON = Duration.ofDays(30);

  /**
   * @throws IllegalArgumentException if there are several clusters without a fleet, or if a cluster
   *     of a fleet has no name
   */
  public AccessReport {
    Objects.requireNonNull(imprint, "imprint");
    Objects.requireNonNull(fleet, "fleet");
    clusters = List.copyOf(clusters);
    if (fleet.isEmpty() && clusters.size() != 1) {
      throw new IllegalArgumentException("several clusters are a fleet");
    }
    for (ClusterAccess cluster : clusters) {
      if (cluster.origin().place().isPresent() != fleet.isPresent()) {
        throw new IllegalArgumentException("a cluster has a name if it is one of a fleet");
      }
    }
  }

  /** Of one cluster. */
  public static AccessReport of(Imprint imprint, ClusterAccess cluster) {
    return new AccessReport(imprint, Optional.empty(), List.of(cluster));
  }

  /** The clusters that could not be read; none without a fleet. */
  public List<UnreadCluster> unread() {
    return fleet.map(FleetScope::unread).orElse(List.of());
  }

  /** Whether there is a policy that could name tokens. */
  boolean hasPolicy() {
    return clusters.stream().anyMatch(ClusterAccess::hasPolicy);
  }

  /** Whether any cluster is compared with an earlier snapshot. */
  boolean hasSince() {
    return clusters.stream().anyMatch(cluster -> cluster.origin().since().isPresent());
  }

  /** Whether it is known of any cluster how its tokens came to what they have. */
  boolean hasPast() {
    return clusters.stream().anyMatch(cluster -> cluster.origin().past().isPresent());
  }

  /** When the clusters reported what they had, earliest first, each once. */
  List<Instant> moments() {
    return moments(clusters.stream().map(cluster -> cluster.origin().live()));
  }

  /** The moments with which they are compared, earliest first, each once. */
  List<Instant> sinceMoments() {
    return moments(clusters.stream().flatMap(cluster -> cluster.origin().since().stream()));
  }

  private static List<Instant> moments(Stream<Snapshot> snapshots) {
    return snapshots.map(Snapshot::takenAt).distinct().sorted().toList();
  }

  /** The names of the policies' files, each once. */
  List<String> policyFiles() {
    return clusters.stream()
        .flatMap(cluster -> cluster.origin().policyFiles().stream())
        .distinct()
        .toList();
  }

  /** Those who can do something on all databases of their cluster, present and future. */
  List<DatabaseAccess> all() {
    return clusters.stream().map(ClusterAccess::all).toList();
  }

  /** The databases of the same name, by their names: one for each cluster that has or names it. */
  SortedMap<String, List<DatabaseAccess>> databases() {
    SortedMap<String, List<DatabaseAccess>> databases = new TreeMap<>();
    for (ClusterAccess cluster : clusters) {
      for (DatabaseAccess database : cluster.databases()) {
        databases.computeIfAbsent(database.name(), name -> new ArrayList<>()).add(database);
      }
    }
    return databases;
  }

  /** The numbers of all clusters together; databases of the same name count once. */
  Glance glance() {
    Glance sum = clusters.stream().map(ClusterAccess::glance).reduce(Glance.NOTHING, Glance::plus);
    List<List<DatabaseAccess>> databases = List.copyOf(databases().values());
    long live =
        databases.stream().filter(same -> same.stream().anyMatch(DatabaseAccess::isLive)).count();
    return sum.with((int) live, (int) (databases.size() - live));
  }

  /** How many tokens have a change of this kind; one of both kinds counts as wider and narrower. */
  int changed(AccessChange.Kind kind) {
    return sum(cluster -> cluster.changed(kind));
  }

  /** How many tokens of the policy can do more than it gives them. */
  int beyondPolicy() {
    return sum(ClusterAccess::beyondPolicy);
  }

  /** How many tokens of the policy cannot do all that it gives them. */
  int belowPolicy() {
    return sum(ClusterAccess::belowPolicy);
  }

  /** How many tokens have a permission that came between two looks, and no journal says how. */
  int unexplained() {
    return sum(ClusterAccess::unexplained);
  }

  private int sum(ToIntFunction<ClusterAccess> number) {
    return clusters.stream().mapToInt(number).sum();
  }
}
