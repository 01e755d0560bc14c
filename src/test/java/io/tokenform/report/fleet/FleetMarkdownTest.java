package io.tokenform.report.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.fleet.Verdict;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.CommentOptions;
import io.tokenform.report.HostileText;
import io.tokenform.report.Plans;
import io.tokenform.report.text.Printable;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Give -Dfleets.seed to repeat a run of the random fleets. */
class FleetMarkdownTest {
  private static final long SEED = Long.getLong("fleets.seed", System.nanoTime());
  private static final int LIMIT = CommentOptions.DEFAULT_LIMIT;

  static Stream<String> hostileTexts() {
    return HostileText.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void hostileTextIsVisibleAndMeansNothing(String hostile) {
    String name = HostileText.asName(hostile);
    String database = HostileText.asDatabase(hostile);
    Fleets fleets = new Fleets();
    for (int i = 0; i < 2; i++) {
      Plans plans = new Plans(hostile).on(i);
      plans.change(name, hostile, "new", Plans.read("metrics"), Plans.read(database), List.of());
      plans.change(
          "writer",
          hostile,
          "new",
          Plans.read("a"),
          Permissions.of(List.of(Permission.write(database))),
          List.of());
      plans.unmanaged(hostile, Permissions.NONE);
      fleets.cluster("prod-" + i, 1, plans.plan());
    }
    Location where = new Location(new SourceText(hostile, hostile), 1, 1, 1);
    fleets.failed("prod-2", 2, hostile, Diagnostic.error(Code.SYNTAX, where, "it is " + hostile));

    // As much as fits, and as little as has to.
    for (int limit : new int[] {LIMIT, 8_192}) {
      String text = render(fleets.fleet(), limit);
      FleetPage page = new FleetPage(text).isSound(limit);
      if (limit == LIMIT) {
        assertThat(withoutSpaces(page.visible())).contains(withoutSpaces(Printable.name(name)));
      }
    }
  }

  /** Between code spans, several spaces are shown as one. */
  private static String withoutSpaces(String text) {
    return text.replace(" ", "");
  }

  @Test
  void twelveClustersWithFortyEqualChangesEachAreShownWhole() {
    FleetPlan fleet = Fleets.of(12, 40);

    String text = render(fleet, LIMIT);

    FleetPage page = new FleetPage(text).isSound(LIMIT);
    assertThat(markdown(LIMIT).cut(fleet)).isEmpty();
    assertThat(page.clusters()).hasSize(12);
    assertThat(text)
        .contains("### Changes in several clusters", "### Access by database in several clusters")
        .contains("| `token-100`<br>`\"description\"` | widens | adds read `metrics` |")
        .contains(" | all 12 |\n")
        .doesNotContain("not shown")
        .contains("--expect-digest " + fleet.digest());
    assertThat(page.rows().stream().filter(row -> row.get(0).startsWith("token-"))).hasSize(40);
  }

  /** Neither the order of the fleet file nor a fold hides it, and the table shows it too. */
  @Test
  void theOneClusterThatGainsWriteAccessIsSeenAtOnce() {
    Fleets fleets = new Fleets();
    for (int i = 1; i <= 40; i++) {
      Plans plans = new Plans().on(i);
      plans.change("reader", Plans.read("metrics"), Plans.read("logs", "metrics"));
      if (i == 25) {
        plans.change(
            "writer", Plans.read("metrics"), Permissions.of(List.of(Permission.write("*"))));
      }
      fleets.cluster("c" + i, 1, plans.plan());
    }

    for (int limit : new int[] {LIMIT, 20_000, 8_192}) {
      String text = render(fleets.fleet(), limit);

      FleetPage page = new FleetPage(text).isSound(limit);
      assertThat(text.substring(0, text.indexOf("<details>")))
          .contains("\n### Gains write access\n\n- `writer` gains `write` on `*`: `c25`\n");
      assertThat(page.sections()).startsWith("c25");
      if (limit > 8_192) {
        assertThat(text)
            .contains(
                "| `c24` | 1 |  | 1 |  |  | 1 change |\n",
                "| `c25` | 1 |  | 1 |  | 1 | denied: wildcard-write, 2 changes, gains write access"
                    + " |\n");
      }
    }
  }

  @Test
  void aSmallFleetHasASectionForEachClusterWithItsDiff() {
    FleetPlan fleet = Fleets.of(3, 2);

    String text = render(fleet, LIMIT);

    FleetPage page = new FleetPage(text).isSound(LIMIT);
    assertThat(page.sections()).containsExactly("cluster-100", "cluster-101", "cluster-102");
    assertThat(text).contains("```diff").doesNotContain("Shortened");
  }

  @Test
  void whereGainsDoNotFitTheirPlansAreDenied() {
    Fleets fleets = new Fleets();
    for (int i = 0; i < 12; i++) {
      Plans plans = new Plans().on(i);
      for (int j = 0; j < 40; j++) {
        plans.change(
            "token-" + i + "-" + (100 + j), Plans.read("logs"), Plans.read("logs", "metrics"));
      }
      fleets.cluster("cluster-" + (100 + i), 1, plans.plan());
    }
    fleets.cluster(
        "quiet", 2, new Plans().change("a", Plans.read("logs"), Plans.read("logs")).plan());
    FleetPlan fleet = fleets.fleet();

    FleetPlan held = markdown(LIMIT).held(fleet);

    assertThat(held.count(Verdict.DENIED)).isEqualTo(markdown(LIMIT).cut(held).size()).isPositive();
    assertThat(held.clusters().get(12).verdict()).isEqualTo(Verdict.UNCHANGED);
    assertThat(held.exitCode(true)).isEqualTo(3);
    String text = markdown(LIMIT).render(held);
    new FleetPage(text).isSound(LIMIT);
    assertThat(text)
        .contains("changes that gain access not shown**")
        .contains("cut-comment")
        .contains("`--only`")
        .doesNotContain("Apply exactly");
    assertThat(markdown(LIMIT).render(fleet))
        .contains("Do not approve these plans on the basis of");

    FleetPlan allowed =
        markdown(LIMIT)
            .held(
                fleet.withEach(
                    cluster ->
                        cluster.with(Plans.allowing(cluster.plan().orElseThrow(), "cut-comment"))));
    assertThat(allowed.count(Verdict.DENIED)).isZero();
    // With more room nothing is denied.
    assertThat(markdown(CommentOptions.MOST_LIMIT).held(fleet)).isEqualTo(fleet);
  }

  @Test
  void whatIsWrongInTwelveClustersIsSaidOnce() {
    Location where = new Location(new SourceText("shared.yaml", "x"), 1, 1, 1);
    Fleets fleets = new Fleets();
    for (int i = 0; i < 12; i++) {
      fleets.failed(
          "prod-" + i,
          1,
          "the policy has an error",
          Diagnostic.error(Code.SYNTAX, where, "broken"));
    }
    String text = render(fleets.fleet(), LIMIT);
    new FleetPage(text).isSound(LIMIT);
    assertThat(text.split("shared.yaml:1")).hasSize(2);
    assertThat(text).contains("`prod-0`, `prod-1`").contains("12 clusters have no plan");
  }

  @Test
  void randomFleetsFitInEveryCommentAndHideNoGainUnseen() {
    Random random = new Random(SEED);
    int cut = 0;
    for (int i = 0; i < 40; i++) {
      FleetPlan fleet = Fleets.random(SEED + i, 1 + i % 4 * 20, 1 + i % 5 * 15);
      int limit =
          i % 3 == 0
              ? CommentOptions.LEAST_LIMIT
              : i % 3 == 1 ? LIMIT : 4_096 + random.nextInt(90_000);
      FleetPlan held = markdown(limit).held(fleet);
      String text = markdown(limit).render(held);
      FleetPage page = new FleetPage(text).isSound(limit);
      assertThat(markdown(limit).render(held)).isEqualTo(text);
      Set<ClusterName> hidden = markdown(limit).cut(held).keySet();
      cut += hidden.isEmpty() ? 0 : 1;
      for (ClusterPlan cluster : held.clusters()) {
        if (hidden.contains(cluster.name())) {
          assertThat(cluster.verdict()).as("seed " + SEED).isEqualTo(Verdict.DENIED);
        } else {
          assertThat(gains(cluster))
              .as("seed " + SEED + " " + cluster.name())
              .allMatch(row -> text.contains(row));
        }
      }
      assertThat(page.sections()).as("seed " + SEED).isSubsetOf(names(held));
    }
    assertThat(cut).as("seed " + SEED).isBetween(5, 35);
  }

  /** The first cell of each change that gains access, as it may be without its id. */
  private static List<String> gains(ClusterPlan cluster) {
    return cluster.plan().stream()
        .flatMap(saved -> saved.plan().changes().stream())
        .filter(change -> !change.accessGained().isEmpty())
        .map(change -> "| `" + change.name() + "`<br>")
        .toList();
  }

  private static List<String> names(FleetPlan fleet) {
    return fleet.clusters().stream().map(cluster -> cluster.name().value()).toList();
  }

  @Test
  void manyLargeFailuresFitInTheSmallestComment() {
    Fleets fleets = new Fleets();
    IntStream.range(0, 500)
        .forEach(i -> fleets.failed("cluster-" + i, 1, "| `x` ".repeat(2_000) + i));
    new FleetPage(render(fleets.fleet(), CommentOptions.LEAST_LIMIT))
        .isSound(CommentOptions.LEAST_LIMIT);
  }

  private static String render(FleetPlan fleet, int limit) {
    return markdown(limit).render(markdown(limit).held(fleet));
  }

  private static FleetMarkdown markdown(int limit) {
    return new FleetMarkdown(
        new CommentOptions(Optional.of("0123abcd"), limit, false, Optional.of("plans")));
  }
}
