package io.tokenform.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenform.policy.placement.ClusterSelector;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetMatrixTest {
  private static final Fleet FLEET = fleet(7);

  /** Clusters of which the first is development, and the others are production. */
  private static Fleet fleet(int clusters) {
    String entries =
        IntStream.range(0, clusters)
            .mapToObj(
                i ->
                    "  c%d: {product: clustered, url: 'https://c%d.example.com', files: [a], labels: {env: %s}}\n"
                        .formatted(i, i, i == 0 ? "dev" : "prod"))
            .collect(Collectors.joining());
    return FleetTexts.fleet("version: 1\nclusters:\n" + entries + "waves: [{env: dev}, '*']\n");
  }

  private static List<String> names(List<FleetCluster> clusters) {
    return clusters.stream().map(cluster -> cluster.name().value()).toList();
  }

  @Test
  void aJobForEachClusterKnowsItsWaveAndHowToNameIt() {
    List<FleetMatrix.Job> jobs = FleetMatrix.ofClusters(FLEET, FLEET.clusters().subList(0, 2));
    assertThat(jobs)
        .extracting(FleetMatrix.Job::name, FleetMatrix.Job::arguments)
        .containsExactly(tuple("c0", "--only c0"), tuple("c1", "--only c1"));
    assertThat(jobs)
        .extracting(FleetMatrix.Job::wave)
        .containsExactly(Optional.of(1), Optional.of(2));
    assertThat(jobs).allMatch(job -> job.shard().isEmpty());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 7, 8, 100})
  void theSharesOfAFleetAreAllOfItAndNoneIsEmpty(int wanted) {
    List<FleetMatrix.Job> jobs = FleetMatrix.ofShares(FLEET, FLEET.clusters(), wanted);
    assertThat(jobs).hasSize(Math.min(wanted, 7));
    assertThat(jobs.size()).isEqualTo(FleetMatrix.count(FLEET.clusters(), Optional.of(wanted)));
    assertThat(jobs).allMatch(job -> !job.clusters().isEmpty());
    assertThat(jobs.stream().flatMap(job -> job.clusters().stream()).toList())
        .isEqualTo(FLEET.clusters());
    for (FleetMatrix.Job job : jobs) {
      Shard shard = Shard.parse(job.arguments().replace("--shard ", ""));
      assertThat(job.shard()).contains(shard);
      assertThat(shard.of(FLEET.clusters())).isEqualTo(job.clusters());
    }
  }

  @Test
  void theSharesOfSomeClustersNameThem() {
    List<FleetCluster> some =
        FleetMatrix.ofWave(FLEET, FLEET.select(List.of(ClusterSelector.parse("c*"))), 2);
    assertThat(names(some)).containsExactly("c1", "c2", "c3", "c4", "c5", "c6");
    List<FleetMatrix.Job> jobs = FleetMatrix.ofShares(FLEET, some, 4);
    assertThat(jobs)
        .extracting(FleetMatrix.Job::arguments)
        .containsExactly("--only c1", "--only c2 --only c3", "--only c4", "--only c5 --only c6");
    assertThat(jobs).allMatch(job -> job.wave().equals(Optional.of(2)));
  }

  @Test
  void aShareOfSeveralWavesHasNone() {
    assertThat(FleetMatrix.ofShares(FLEET, FLEET.clusters(), 2))
        .extracting(FleetMatrix.Job::wave)
        .containsExactly(Optional.empty(), Optional.of(2));
    assertThat(FleetMatrix.waves(FLEET, FLEET.clusters())).containsExactly(1, 2);
    assertThat(FleetMatrix.waves(FLEET, FLEET.clusters().subList(1, 3))).containsExactly(2);
  }

  @Test
  void ofNoClusterThereIsNoJob() {
    assertThat(FleetMatrix.ofShares(FLEET, List.of(), 4)).isEmpty();
    assertThat(FleetMatrix.ofClusters(FLEET, List.of())).isEmpty();
  }
}
