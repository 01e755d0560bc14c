package io.tokenform.report.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Masking;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.plan.PlanWorld;
import io.tokenform.planfile.PlanFile;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.report.CommentOptions;
import io.tokenform.report.HostileText;
import io.tokenform.report.PlanFormat;
import io.tokenform.report.Plans;
import io.tokenform.report.text.Columns;
import io.tokenform.report.text.Printable;
import io.tokenform.report.text.Style;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetFormatsTest {
  private static final FleetText TEXT =
      new FleetText(Style.PLAIN, new Masking(), OptionalInt.empty(), false);
  private static final FleetAnnotations GITHUB =
      new FleetAnnotations(UnaryOperator.identity(), false);

  static Stream<String> hostileTexts() {
    return HostileText.ALL.stream();
  }

  private static FleetPlan mixed() {
    Plans same = new Plans().change("grafana", Plans.read("logs"), Plans.read("logs"));
    same.unmanaged("nobody's", Permissions.NONE);
    return new Fleets()
        .cluster(
            "dev-eu",
            1,
            new Plans().change("grafana", Plans.read("logs"), Plans.read("logs", "metrics")).plan())
        .cluster(
            "dev-us",
            1,
            new Plans().change("grafana", Plans.read("logs"), Plans.read("logs")).plan())
        .cluster("stage", 2, same.plan())
        .cluster(
            "prod-eu",
            3,
            new Plans().change("grafana", Plans.read("logs"), Permissions.NONE).plan())
        .failed("prod-us", 3, "the cluster did not answer")
        .fleet();
  }

  @Test
  void theTableComesFirstAndAClusterWithoutChangesHasOneLine() {
    String text = TEXT.renderAlone(mixed());

    assertThat(text)
        .startsWith(
            """
            CLUSTER  WAVE  CREATES  WIDENS  NARROWS  RESULT
            dev-eu   1              1                1 change
            dev-us   1                               no changes
            stage    2                               no changes
            prod-eu  3                      1        denied: lockout, 1 change
            prod-us  3                               failed: the cluster did not answer

            dev-eu (wave 1, env=dev)
            Cluster 33333333-3333-4333-8333-333333333333 (cloud-dedicated): 1 active token, 1 in the policy
            """)
        .contains(
            """

            dev-us (wave 1, env=dev): Nothing to change: 1 unchanged, 0 unmanaged.
            stage (wave 2, env=stage): Nothing to change: 1 unchanged, 1 unmanaged.

            prod-eu (wave 3, env=prod)
            """)
        .contains(
            """

            prod-us (wave 3, env=prod)
            There is no plan: the cluster did not answer
              hint: run it again

            Fleet: 5 clusters, 1 with changes, 2 unchanged, 1 denied, 1 failed. Changes: 2 to update. Effects: widens 1, narrows 1.
            1 cluster has no plan, 1 plan is denied: the fleet cannot be applied as it stands.
            Digest: %s
            """
                .formatted(mixed().digest()));
    assertThat(text).doesNotContain("unmanaged-token");
    assertThat(TEXT.render(mixed())).contains("unmanaged-token", "denied[lockout]");
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void theTableFitsATerminal(int width) {
    FleetText text = new FleetText(Style.PLAIN, new Masking(), OptionalInt.of(width), false);
    Fleets fleets = new Fleets();
    mixed()
        .clusters()
        .forEach(
            cluster ->
                cluster
                    .plan()
                    .ifPresent(
                        saved ->
                            fleets.cluster(cluster.name() + "-with-a-rather-long-name", 2, saved)));
    fleets.failed("last", 12, "a long message, ".repeat(30));
    for (FleetPlan fleet : List.of(mixed(), fleets.fleet(), Fleets.random(7, 30, 8))) {
      String table = text.renderAlone(fleet).split("\n\n", 2)[0];
      assertThat(table.lines()).allMatch(line -> Columns.width(line) <= width);
    }
  }

  @Test
  void whatIsFoundInSeveralClustersIsToldOnce() {
    Location where = new Location(new SourceText("shared.yaml", "x: y"), 1, 1, 1);
    Fleets fleets = new Fleets();
    for (int i = 0; i < 12; i++) {
      // As if each were read from its own file.
      Location same = new Location(new SourceText("shared.yaml", "x: y"), 1, 1, 1);
      fleets.failed(
          "prod-" + i, 1, "the policy has an error", Diagnostic.error(Code.SYNTAX, same, "broken"));
    }
    fleets.failed("dev", 1, "no", Diagnostic.error(Code.SYNTAX, where, "other"));
    String all =
        "prod-0, prod-1, prod-2, prod-3, prod-4, prod-5, prod-6, prod-7, prod-8, prod-9, prod-10, prod-11";

    assertThat(TEXT.render(fleets.fleet()))
        .contains("Found in several clusters\n\nshared.yaml:1:1: error[syntax]: broken\n")
        .contains("\n  clusters: " + all + "\n")
        .containsOnlyOnce("error[syntax]: broken");
    assertThat(TEXT.findings(fleets.fleet())).contains("\n  cluster: dev\n", "  clusters: " + all);
    assertThat(GITHUB.render(fleets.fleet()))
        .isEqualTo(
            """
            ::error file=shared.yaml,line=1,col=1,endColumn=2,title=syntax::broken%%0Aclusters: %s
            ::error file=shared.yaml,line=1,col=1,endColumn=2,title=syntax::other%%0Acluster: dev
            """
                .formatted(all));
  }

  @Test
  void thereAreNoMoreAnnotationsThanOfOnePlan() {
    for (int seed = 0; seed < 20; seed++) {
      List<String> commands = GITHUB.render(Fleets.random(seed, 20, 12)).lines().toList();
      for (String kind : List.of("::error ", "::warning ", "::notice ")) {
        assertThat(commands.stream().filter(line -> line.startsWith(kind)).count())
            .isLessThanOrEqualTo(10);
      }
      assertThat(commands).allMatch(line -> line.startsWith("::"));
    }
  }

  @Test
  void aChangeThatIsTheSameInSeveralClustersIsOneNotice() {
    assertThat(GITHUB.render(Fleets.of(3, 1)))
        .containsOnlyOnce(
            "title=token-100 widens::adds read metrics%0Aclusters: cluster-100, cluster-101, cluster-102\n")
        .containsOnlyOnce(
            "::notice title=By database::cluster-100, cluster-101, cluster-102: metrics: token-100 gains read\n");
    assertThat(GITHUB.render(new Fleets().failed("a", 1, "no").failed("b", 1, "no").fleet()))
        .isEqualTo("::error title=no plan::no%0Aclusters: a, b\n");
  }

  @Test
  void theDocumentHasThePlansAsTheirFilesHaveThem() throws IOException {
    FleetPlan fleet = mixed();
    JsonNode document = new ObjectMapper().readTree(new FleetDocument().render(fleet));
    for (int i = 0; i < fleet.clusters().size(); i++) {
      ClusterPlan cluster = fleet.clusters().get(i);
      JsonNode node = document.path("clusters").path(i);
      assertThat(node.path("name").asText()).isEqualTo(cluster.name().value());
      assertThat(node.path("verdict").asText()).isEqualTo(cluster.verdict().toString());
      if (cluster.plan().isPresent()) {
        assertThat(node.path("plan"))
            .isEqualTo(new ObjectMapper().readTree(PlanFile.write(cluster.plan().get())));
      } else {
        assertThat(node.path("error").path("message").asText())
            .isEqualTo("the cluster did not answer");
      }
    }
    assertThat(document.path("digest").asText()).isEqualTo(fleet.digest());
  }

  @Test
  void theDiffNamesTheClusterOfEachFile() {
    assertThat(new FleetDiff(Style.PLAIN).render(mixed()))
        .contains("# dev-eu (wave 1, env=dev)\n", "--- live/dev-eu\n+++ policy/dev-eu\n")
        .contains("# prod-us (wave 3, env=prod)\n# There is no plan: the cluster did not answer\n")
        .doesNotContain("dev-us", "stage");
  }

  @Test
  void whereTheFleetItselfIsWrongEachFormSaysSoAsForOneCluster() {
    PlanFormat.NoPlan why =
        new PlanFormat.NoPlan("the fleet is wrong", Optional.empty(), List.of());
    assertThat(TEXT.failure(why)).isEqualTo("There is no plan: the fleet is wrong\n");
    assertThat(new FleetDocument().failure(why)).contains("\"message\" : \"the fleet is wrong\"");
    assertThat(GITHUB.failure(why)).isEqualTo("::error title=no plan::the fleet is wrong\n");
    assertThat(new FleetDiff(Style.PLAIN).failure(why))
        .isEqualTo("# There is no plan: the fleet is wrong\n");
  }

  @ParameterizedTest
  @MethodSource("hostileTexts")
  void nothingIsObeyedByATerminalOrARunner(String hostile) throws IOException {
    Permissions before = Permissions.of(Permission.read(HostileText.asDatabase(hostile)));
    Fleets fleets = new Fleets();
    for (int i = 0; i < 2; i++) {
      Plans plans = new Plans(hostile).on(i);
      plans.change(HostileText.asName(hostile), hostile, "new", before, Plans.read("x"), List.of());
      plans.unmanaged(hostile, before);
      fleets.cluster("prod-" + i, 1, plans.plan());
    }
    Location where = new Location(new SourceText(hostile, hostile), 1, 1, 1);
    fleets.failed(
        "prod-2", 1, hostile, Diagnostic.error(Code.SYNTAX, where, hostile).hint(hostile));
    fleets.failed("prod-3", 1, hostile);
    FleetPlan fleet = fleets.fleet();

    for (String text :
        List.of(
            TEXT.render(fleet),
            new FleetText(Style.PLAIN, new Masking(), OptionalInt.empty(), true).render(fleet),
            TEXT.findings(fleet),
            new FleetDiff(Style.PLAIN).render(fleet))) {
      assertThat(text.codePoints().allMatch(c -> c == '\n' || Printable.isHarmless(c))).isTrue();
      assertThat(text).doesNotContain("##[");
      assertThat(text.lines().map(String::strip)).noneMatch(line -> line.startsWith("::"));
    }
    assertThat(GITHUB.render(fleet).lines())
        .allMatch(line -> line.matches("::(error|warning|notice) [^\\n]*"))
        .allMatch(line -> line.codePoints().allMatch(Printable::isHarmless));
    String json = new FleetDocument().render(fleet);
    assertThat(json).matches("[\\n -~]*").doesNotContain("##[");
    new ObjectMapper().readTree(json);
  }

  @Test
  void changesOfDatabasesHaveAColumnWhereThereAreAny() throws Exception {
    SavedPlan saved =
        new SavedPlan(
            "1.2.3",
            Fleets.NOW,
            "sha256:" + "0".repeat(64),
            new PlanWorld()
                .withDatabases(
                    PlanWorld.database("logs", "30d"), PlanWorld.database("metrics", "30d"))
                .allowing("data-loss")
                .plan(
                    PlanWorld.QUIET
                        + "tokens: {}\ndatabases: {orders: {}, logs: {retention: 90d}, metrics:"
                        + " {state: deleted}}\n"));
    FleetPlan fleet =
        new Fleets()
            .cluster(
                "dev",
                1,
                new Plans()
                    .change("grafana", Plans.read("logs"), Plans.read("logs", "metrics"))
                    .plan())
            .cluster("prod", 2, saved)
            .fleet();

    assertThat(TEXT.renderAlone(fleet))
        .startsWith(
            """
            CLUSTER  WAVE  CREATES  WIDENS  NARROWS  DATABASES  RESULT
            dev      1              1                           1 change
            prod     2                               3          3 changes, 1 irreversible
            """)
        .contains(
            " Changes: 1 to update, 1 database to create, 1 database to update, 1 database to"
                + " delete. ");
    assertThat(new FleetMarkdown(CommentOptions.DEFAULT).render(fleet))
        .contains(
            """
            | Cluster | Wave | Creates | Widens | Narrows | Databases | Result |
            | --- | ---: | ---: | ---: | ---: | ---: | --- |
            | `dev` | 1 |  | 1 |  |  | 1 change |
            | `prod` | 2 |  |  |  | 3 | 3 changes, 1 irreversible""");
    assertThat(TEXT.renderAlone(mixed())).doesNotContain("DATABASES");
  }
}
