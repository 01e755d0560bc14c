package io.tokenform.fleet;

import static io.tokenform.report.Plans.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.ExitCode;
import io.tokenform.access.Permissions;
import io.tokenform.plan.Effect;
import io.tokenform.plan.Kind;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.placement.Place;
import io.tokenform.report.Plans;
import io.tokenform.report.fleet.Fleets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FleetPlanTest {
  private static final SavedPlan WIDENS =
      new Plans().change("grafana", read("logs"), read("logs", "metrics")).plan();
  private static final SavedPlan UNCHANGED =
      new Plans().change("grafana", read("logs"), read("logs")).plan();
  private static final SavedPlan DENIED =
      new Plans().change("grafana", read("logs"), Permissions.NONE).plan();

  @Test
  void theExitCodeIsThatOfTheWorst() {
    Fleets fleets = new Fleets().cluster("a", 1, UNCHANGED);
    assertThat(fleets.fleet().exitCode(true)).isEqualTo(ExitCode.OK);
    fleets.cluster("b", 1, WIDENS);
    assertThat(fleets.fleet().exitCode(false)).isEqualTo(ExitCode.OK);
    assertThat(fleets.fleet().exitCode(true)).isEqualTo(ExitCode.CHANGES);
    fleets.cluster("c", 2, DENIED);
    assertThat(fleets.fleet().exitCode(false)).isEqualTo(ExitCode.DENIED);
    assertThat(fleets.fleet().exitCode(true)).isEqualTo(ExitCode.DENIED);
    fleets.failed("d", 2, "no answer");
    assertThat(fleets.fleet().exitCode(true)).isEqualTo(ExitCode.ERROR);
  }

  @Test
  void theCountsAreThoseOfAllPlans() {
    FleetPlan fleet =
        new Fleets()
            .cluster("a", 1, WIDENS)
            .cluster("b", 1, WIDENS)
            .cluster("c", 2, DENIED)
            .cluster("d", 2, UNCHANGED)
            .failed("e", 2, "no answer")
            .fleet();
    ChangeCounts counts = fleet.counts();
    assertThat(counts.changes()).isEqualTo(3);
    assertThat(counts.of(Kind.UPDATE)).isEqualTo(3);
    assertThat(counts.of(Kind.CREATE)).isZero();
    assertThat(counts.of(Effect.WIDENS)).isEqualTo(2);
    assertThat(counts.of(Effect.NARROWS)).isEqualTo(1);
    assertThat(counts.irreversible()).isZero();
    assertThat(fleet.changed()).isEqualTo(3);
    assertThat(fleet.count(Verdict.CHANGES)).isEqualTo(2);
    assertThat(fleet.count(Verdict.DENIED)).isEqualTo(1);
    assertThat(fleet.count(Verdict.UNCHANGED)).isEqualTo(1);
    assertThat(fleet.count(Verdict.FAILED)).isEqualTo(1);
    assertThat(fleet.isApplicable()).isFalse();
    assertThat(fleet.waves()).containsOnlyKeys(1, 2);
  }

  @Test
  void theDigestIsOfNamesAndWavesAndPlansInTheirOrder() {
    String digest =
        new Fleets().cluster("a", 1, WIDENS).cluster("b", 1, UNCHANGED).fleet().digest();

    assertThat(new Fleets().cluster("a", 1, WIDENS).cluster("b", 1, UNCHANGED).fleet().digest())
        .isEqualTo(digest);
    assertThat(
            List.of(
                new Fleets().cluster("b", 1, UNCHANGED).cluster("a", 1, WIDENS).fleet().digest(),
                new Fleets().cluster("a", 1, WIDENS).cluster("b", 2, UNCHANGED).fleet().digest(),
                new Fleets().cluster("a", 1, WIDENS).cluster("c", 1, UNCHANGED).fleet().digest(),
                new Fleets().cluster("a", 1, WIDENS).cluster("b", 1, WIDENS).fleet().digest(),
                new Fleets().cluster("a", 1, WIDENS).failed("b", 1, "no").fleet().digest(),
                new Fleets().cluster("a", 1, WIDENS).fleet().digest()))
        .doesNotHaveDuplicates()
        .doesNotContain(digest);
  }

  @Test
  void whatClustersAreChosenByHasAPartInTheDigest() {
    FleetPlan prod = new Fleets().cluster("prod-eu", 1, WIDENS).fleet();
    assertThat(labelled(Map.of("env", "prod")).digest()).isEqualTo(prod.digest());
    assertThat(
            List.of(
                labelled(Map.of("env", "dev")).digest(),
                labelled(Map.of("tier", "prod")).digest(),
                labelled(Map.of("env", "prod", "tier", "1")).digest(),
                labelled(Map.of()).digest()))
        .doesNotHaveDuplicates()
        .doesNotContain(prod.digest());
  }

  private static FleetPlan labelled(Map<String, String> labels) {
    ClusterPlan plan = new Fleets().cluster("prod-eu", 1, WIDENS).fleet().clusters().get(0);
    Place place = new Place(plan.name(), new TreeMap<>(labels));
    return new FleetPlan(
        "1.2.3", Instant.EPOCH, List.of(new ClusterPlan(place, plan.wave(), plan.outcome())));
  }

  @Test
  void whyAClusterFailedHasNoPartInTheDigest() {
    assertThat(new Fleets().failed("a", 1, "no answer after 3 s").fleet().digest())
        .isEqualTo(new Fleets().failed("a", 1, "no answer after 4 s").fleet().digest());
  }

  @Test
  void namesAreNamesOfFilesToo() {
    assertThatThrownBy(() -> new Fleets().cluster("a", 1, WIDENS).cluster("A", 1, WIDENS).fleet())
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Fleets().fleet()).isInstanceOf(IllegalArgumentException.class);
  }
}
