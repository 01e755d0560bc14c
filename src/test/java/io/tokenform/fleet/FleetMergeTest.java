package io.tokenform.fleet;

import static io.tokenform.report.Plans.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.placement.ClusterSelector;
import io.tokenform.report.Plans;
import io.tokenform.report.fleet.FleetDocument;
import io.tokenform.report.fleet.Fleets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FleetMergeTest {
  private static final Fleet FLEET =
      FleetTexts.fleet(
          """
          version: 1
          clusters:
            dev-a: {product: cloud-dedicated, accountId: 11111111-1111-4111-8111-111111111111, clusterId: 00000000-0000-4000-8000-000000000001, files: [a], labels: {env: dev}}
            prod-b: {product: cloud-dedicated, accountId: 11111111-1111-4111-8111-111111111111, clusterId: 00000000-0000-4000-8000-000000000002, files: [a], labels: {env: prod}}
            dev-c: {product: cloud-dedicated, accountId: 11111111-1111-4111-8111-111111111111, clusterId: 00000000-0000-4000-8000-000000000003, files: [a], labels: {env: dev}}
          waves: [{env: dev}, {env: prod}]
          """);

  private static SavedPlan plan(int cluster) {
    return new Plans().on(cluster).change("grafana", read("logs"), read("logs", "metrics")).plan();
  }

  private static final FleetPlan WHOLE =
      new Fleets()
          .cluster("dev-a", 1, plan(1))
          .failed("prod-b", 2, "down")
          .cluster("dev-c", 1, plan(3))
          .fleet();

  private static final Instant LATER = Instant.parse("2026-01-02T00:00:00Z");

  private static FleetMerge.Part part(String folder, ClusterPlan... clusters) {
    return part(folder, new FleetPlan("1.2.3", WHOLE.createdAt(), List.of(clusters)));
  }

  private static FleetMerge.Part part(String folder, FleetPlan plan) {
    return new FleetMerge.Part(folder, Optional.of(plan), Optional.empty());
  }

  private static ClusterPlan cluster(int index) {
    return WHOLE.clusters().get(index);
  }

  private static FleetPlan merged(FleetMerge.Part... parts) throws Exception {
    return new FleetMerge(FLEET, FLEET.clusters()).of(List.of(parts), "9.9.9", LATER);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void theSharesTogetherAreTheWhole(int count) throws Exception {
    List<FleetMerge.Part> parts =
        IntStream.range(0, count)
            .mapToObj(index -> new Shard(index, count).of(WHOLE.clusters()))
            .filter(share -> !share.isEmpty())
            .map(share -> part("x", share.toArray(ClusterPlan[]::new)))
            .toList();
    FleetPlan merged = merged(parts.toArray(FleetMerge.Part[]::new));
    assertThat(merged.digest()).isEqualTo(WHOLE.digest());
    assertThat(new FleetDocument().render(merged)).isEqualTo(new FleetDocument().render(WHOLE));
  }

  @Test
  void theOrderOfTheFoldersDoesNotMatterAndTheEarliestTimeCounts() throws Exception {
    FleetPlan late = new FleetPlan("1.2.3", LATER, List.of(cluster(0)));
    FleetPlan merged = merged(part("c", cluster(2)), part("b", cluster(1)), part("a", late));
    assertThat(merged).isEqualTo(WHOLE);
  }

  @Test
  void aClusterThatNoFolderHasHasFailed() throws Exception {
    FleetPlan merged = merged(part("a", cluster(0)), part("b", cluster(1)));
    assertThat(merged.clusters().get(2).failure().orElseThrow().message())
        .isEqualTo("no plan of it was made: the job of its share did not end");
    assertThat(merged.clusters().get(2).wave()).isEqualTo(1);
    assertThat(merged.exitCode(false)).isEqualTo(1);
    assertThat(merged.digest()).isNotEqualTo(WHOLE.digest());
  }

  @Test
  void whyAFolderHasNoPlanIsTold() throws Exception {
    FleetMerge.Part none =
        new FleetMerge.Part("b", Optional.empty(), Optional.of("there is not enough memory"));
    ClusterPlan.Failed failed =
        merged(part("a", cluster(0), cluster(1)), none).clusters().get(2).failure().orElseThrow();
    assertThat(failed.message()).isEqualTo("no plan of it was made: there is not enough memory");
    assertThat(failed.hint().orElseThrow()).endsWith("so much is known from b");
    // Where nothing is missing, it does not matter.
    assertThat(merged(part("a", cluster(0), cluster(1), cluster(2)), none)).isEqualTo(WHOLE);
  }

  @Test
  void withoutAFolderEveryClusterHasFailed() throws Exception {
    FleetPlan merged = merged();
    assertThat(merged.count(Verdict.FAILED)).isEqualTo(3);
    assertThat(merged.createdAt()).isEqualTo(LATER);
    assertThat(merged.toolVersion()).isEqualTo("9.9.9");
  }

  @Test
  void whatIsNotOfOnePlanIsRefused() {
    assertThatThrownBy(() -> merged(part("a", cluster(0)), part("b", cluster(1), cluster(0))))
        .isInstanceOf(FleetMerge.MismatchException.class)
        .hasMessage("both the folder a and the folder b have a plan of dev-a");
    assertThatThrownBy(() -> merged(part("a", new Fleets().cluster("lab", 1, plan(1)).fleet())))
        .hasMessage("the folder a has a plan of lab, which is no cluster of the fleet file");
    assertThatThrownBy(() -> merged(part("a", new Fleets().cluster("dev-a", 2, plan(1)).fleet())))
        .hasMessageContaining("was made with another fleet file");
    FleetPlan old = new FleetPlan("1.2.2", LATER, List.of(cluster(0)));
    assertThatThrownBy(() -> merged(part("a", cluster(1)), part("b", old)))
        .hasMessageEndingWith("were made by different versions of tokenform, 1.2.3 and 1.2.2");
    List<FleetCluster> some = FLEET.select(List.of(ClusterSelector.parse("env=prod")));
    assertThatThrownBy(
            () -> new FleetMerge(FLEET, some).of(List.of(part("a", cluster(0))), "1.2.3", LATER))
        .hasMessage("the folder a has a plan of dev-a, which the options leave out");
  }

  @Test
  void aPlanOfAnotherClusterOfTheSameNameIsRefused() {
    assertThatThrownBy(() -> merged(part("x", new Fleets().cluster("dev-a", 1, plan(7)).fleet())))
        .isInstanceOf(FleetMerge.MismatchException.class)
        .hasMessage(
            "the plan of dev-a in x was made with another fleet file: the name was that of another"
                + " cluster");
    Fleet elsewhere =
        FleetTexts.fleet(
            """
            version: 1
            clusters:
              dev-a: {product: clustered, url: "https://a.example.com", files: [a], labels: {env: dev}}
            """);
    assertThatThrownBy(
            () ->
                new FleetMerge(elsewhere, elsewhere.clusters())
                    .of(List.of(part("x", cluster(0))), "1.2.3", LATER))
        .hasMessageEndingWith("the name was that of another cluster");
    Fleet otherHost =
        FleetTexts.fleet(
            """
            version: 1
            clusters:
              dev-a:
                product: cloud-dedicated
                accountId: 11111111-1111-4111-8111-111111111111
                clusterId: 00000000-0000-4000-8000-000000000001
                url: https://mirror.example.com
                files: [a]
                labels: {env: dev}
            """);
    assertThatThrownBy(
            () ->
                new FleetMerge(otherHost, otherHost.clusters())
                    .of(List.of(part("x", cluster(0))), "1.2.3", LATER))
        .hasMessageEndingWith("the name was that of another cluster");
  }

  @Test
  void anEmptyShareIsNoReasonWhyAClusterHasNoPlan() throws Exception {
    FleetMerge.Part empty = new FleetMerge.Part("e", Optional.empty(), Optional.empty());
    assertThat(merged(part("a", cluster(0), cluster(1)), empty).clusters().get(2).failure())
        .get()
        .extracting(ClusterPlan.Failed::message)
        .isEqualTo("no plan of it was made: the job of its share did not end");
  }
}
