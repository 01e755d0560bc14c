package io.tokenform.fleet;

import io.tokenform.access.Flag;
import io.tokenform.policy.placement.ClusterName;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The jobs among which the work on a fleet is dealt: one for each cluster, or one for each share.
 * Whatever a job is told stands in names of clusters, numbers and options alone, which no shell and
 * no YAML takes for anything else.
 */
public final class FleetMatrix {
  /** So many jobs one matrix of GitHub Actions may have. */
  public static final int MOST = 256;

  private FleetMatrix() {}

  /**
   * A job.
   *
   * @param name what tells it from the other jobs, and can be a part of a file's name
   * @param shard which share it has, if it has one
   * @param wave the number of the wave that its clusters are in, if it is the same for all
   * @param clusters its clusters, in the order of the fleet file; at least one
   * @param arguments what to add to a command line, so that it is about these clusters
   */
  public record Job(
      String name,
      Optional<Shard> shard,
      Optional<Integer> wave,
      List<FleetCluster> clusters,
      String arguments) {
    public Job {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(shard, "shard");
      Objects.requireNonNull(wave, "wave");
      clusters = List.copyOf(clusters);
      Objects.requireNonNull(arguments, "arguments");
      if (clusters.isEmpty()) {
        throw new IllegalArgumentException("a job without clusters");
      }
    }
  }

  /** A job for each of these clusters. */
  public static List<Job> ofClusters(Fleet fleet, List<FleetCluster> clusters) {
    return clusters.stream()
        .map(
            cluster ->
                new Job(
                    cluster.name().value(),
                    Optional.empty(),
                    Optional.of(fleet.waveOf(cluster)),
                    List.of(cluster),
                    only(List.of(cluster))))
        .toList();
  }

  /**
   * A job for each share of these clusters: as many as are wanted, or one for each cluster if there
   * are fewer, so that none is empty.
   *
   * @param clusters some or all of the fleet, in its order
   * @param wanted at least one
   */
  public static List<Job> ofShares(Fleet fleet, List<FleetCluster> clusters, int wanted) {
    int count = Math.min(wanted, clusters.size());
    boolean isWhole = clusters.size() == fleet.clusters().size();
    List<Job> jobs = new ArrayList<>();
    for (int index = 0; index < count; index++) {
      Shard shard = new Shard(index, count);
      List<FleetCluster> mine = shard.of(clusters);
      jobs.add(
          new Job(
              index + "-of-" + count,
              Optional.of(shard),
              commonWave(fleet, mine),
              mine,
              isWhole ? Flag.SHARD + " " + shard : only(mine)));
    }
    return jobs;
  }

  /** How many jobs these would be. */
  public static int count(List<FleetCluster> clusters, Optional<Integer> wanted) {
    return wanted.map(most -> Math.min(most, clusters.size())).orElse(clusters.size());
  }

  /** Those of the clusters that are in a wave. */
  public static List<FleetCluster> ofWave(Fleet fleet, List<FleetCluster> clusters, int wave) {
    return clusters.stream().filter(cluster -> fleet.waveOf(cluster) == wave).toList();
  }

  /** The numbers of the waves that these clusters are in, in their order. */
  public static List<Integer> waves(Fleet fleet, List<FleetCluster> clusters) {
    return IntStream.rangeClosed(1, fleet.waves().size())
        .filter(wave -> !ofWave(fleet, clusters, wave).isEmpty())
        .boxed()
        .toList();
  }

  private static Optional<Integer> commonWave(Fleet fleet, List<FleetCluster> clusters) {
    List<Integer> waves = waves(fleet, clusters);
    return waves.size() == 1 ? Optional.of(waves.get(0)) : Optional.empty();
  }

  private static String only(List<FleetCluster> clusters) {
    return clusters.stream()
        .map(FleetCluster::name)
        .map(ClusterName::value)
        .map(name -> Flag.ONLY + " " + name)
        .collect(Collectors.joining(" "));
  }
}
