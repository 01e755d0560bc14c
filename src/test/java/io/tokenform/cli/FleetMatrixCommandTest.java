package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

class FleetMatrixCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void fleet() throws IOException {
    Files.writeString(
        folder.resolve("fleet.yaml"),
        """
        version: 1
        clusters:
          dev-eu: {product: clustered, url: "https://a.example.com", files: [no-such], labels: {env: dev, team/x: a}}
          prod-eu: {product: clustered, url: "https://b.example.com", files: [no-such], labels: {env: prod}}
          prod.us_2: {product: clustered, url: "https://c.example.com", files: [no-such], labels: {env: prod}}
        waves: [{env: dev}, {env: prod}]
        """);
  }

  private Cli.Run run(String... options) {
    List<String> args = new ArrayList<>(List.of("fleet", "matrix"));
    args.addAll(List.of(options));
    return Cli.in(folder).with("COLUMNS", "1000").run(args.toArray(String[]::new));
  }

  /** The matrix, which follows its schema. */
  private JsonNode matrix(String... options) throws IOException {
    Cli.Run run = run(options);
    assertThat(run).exited(0).complainedOfNothing();
    Assertions.assertThat(run.out().lines()).hasSize(1);
    JsonNode matrix = new ObjectMapper().readTree(run.out());
    Assertions.assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("schemas/fleet-matrix.schema.json")))
                .validate(matrix))
        .isEmpty();
    return matrix;
  }

  @Test
  void thereIsAJobForEachCluster() throws IOException {
    assertThat(run())
        .exited(0)
        .complainedOfNothing()
        .printedExactly(
            """
            {"include":[\
            {"name":"dev-eu","wave":1,"labels":{"env":"dev","team/x":"a"},\
            "variable":"INFLUX_DB_MANAGEMENT_TOKEN_DEV_EU","arguments":"--only dev-eu"},\
            {"name":"prod-eu","wave":2,"labels":{"env":"prod"},\
            "variable":"INFLUX_DB_MANAGEMENT_TOKEN_PROD_EU","arguments":"--only prod-eu"},\
            {"name":"prod.us_2","wave":2,"labels":{"env":"prod"},\
            "variable":"INFLUX_DB_MANAGEMENT_TOKEN_PROD_US_2","arguments":"--only prod.us_2"}]}
            """);
    matrix();
  }

  @Test
  void orForEachShare() throws IOException {
    Assertions.assertThat(matrix("--shards", "2"))
        .hasToString(
            """
            {"include":[\
            {"name":"0-of-2","shard":"0/2","clusters":["dev-eu"],"wave":1,"arguments":"--shard 0/2"},\
            {"name":"1-of-2","shard":"1/2","clusters":["prod-eu","prod.us_2"],"wave":2,\
            "arguments":"--shard 1/2"}]}""");
    Assertions.assertThat(matrix("--shards", "10000").path("include")).hasSize(3);
  }

  @Test
  void aWaveCanBeHadAlone() throws IOException {
    Assertions.assertThat(matrix("--wave", "2").path("include"))
        .extracting(entry -> entry.path("name").asText())
        .containsExactly("prod-eu", "prod.us_2");
    Assertions.assertThat(matrix("--wave", "2", "--shards", "1").path("include"))
        .extracting(entry -> entry.path("arguments").asText())
        .containsExactly("--only prod-eu --only prod.us_2");
    Assertions.assertThat(matrix("--wave", "1", "--only", "env=prod").path("include")).isEmpty();
    assertThat(run("--wave", "3"))
        .exited(64)
        .complained("--wave 3: the fleet has 2 waves", "their numbers are 1 to 2");
    assertThat(run("--wave", "0")).exited(64).complained("not a whole number from 1 to 10000");
  }

  @Test
  void onlySomeClustersAreDealtOut() throws IOException {
    Assertions.assertThat(matrix("--only", "env=prod", "--shards", "5").path("include"))
        .extracting(entry -> entry.path("shard").asText() + " " + entry.path("arguments").asText())
        .containsExactly("0/2 --only prod-eu", "1/2 --only prod.us_2");
    assertThat(run("--only", "env=prd")).exited(64).complained("did you mean \"prod\"?");
  }

  @Test
  void moreJobsThanAMatrixMayHaveAreRefused() throws IOException {
    String clusters =
        IntStream.range(0, 257)
            .mapToObj(
                i ->
                    "  c%d: {product: clustered, url: 'https://c%d.example.com', files: [a]}\n"
                        .formatted(i, i))
            .collect(Collectors.joining());
    Files.writeString(folder.resolve("fleet.yaml"), "version: 1\nclusters:\n" + clusters);
    assertThat(run())
        .exited(64)
        .printedNothing()
        .complained(
            "error: these are 257 jobs, and a matrix has at most 256",
            "hint: deal the clusters out in shares, as with --shards 16");
    assertThat(run("--shards", "257")).exited(64).complained("257 jobs");
    assertThat(run("--format", "gitlab")).exited(64).complained("257 jobs");
    Assertions.assertThat(matrix("--shards", "256").path("include")).hasSize(256);
  }

  @Test
  void aPipelineOfGitlabPlansMergesAndAppliesWaveAfterWave() {
    Cli.Run run = run("--format", "gitlab");
    assertThat(run).exited(0).complainedOfNothing();
    Map<?, ?> pipeline =
        (Map<?, ?>)
            new Load(LoadSettings.builder().setAllowDuplicateKeys(false).build())
                .loadFromString(run.out());
    Assertions.assertThat(pipeline.keySet())
        .hasToString(
            "[stages, plan-dev-eu, plan-prod-eu, plan-prod.us_2, merge, apply-dev-eu,"
                + " apply-prod-eu, apply-prod.us_2]");
    Assertions.assertThat(pipeline.get("stages")).hasToString("[plan, merge, wave-1, wave-2]");
    Assertions.assertThat(pipeline.get("plan-prod.us_2"))
        .hasToString(
            "{extends=.tokenform-plan, stage=plan,"
                + " variables={TOKENFORM_JOB=prod.us_2, TOKENFORM_ARGUMENTS=--only prod.us_2}}");
    Assertions.assertThat(pipeline.get("apply-prod.us_2"))
        .hasToString(
            "{extends=.tokenform-apply, stage=wave-2, environment={name=fleet-wave-2},"
                + " resource_group=fleet-prod.us_2,"
                + " variables={TOKENFORM_JOB=prod.us_2, TOKENFORM_ARGUMENTS=--only prod.us_2},"
                + " rules=[{if=$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH, when=manual,"
                + " allow_failure=false}]}");
    Assertions.assertThat(run.out()).doesNotContain("script:");
  }

  @Test
  void thePipelineOfSharesAppliesTheSharesOfEachWave() {
    assertThat(run("--format", "gitlab", "--shards", "2"))
        .exited(0)
        .printed(
            "plan-1-of-2:",
            "TOKENFORM_ARGUMENTS: \"--shard 1/2\"",
            "apply-wave-1-0-of-1:",
            "apply-wave-2-0-of-2:",
            "TOKENFORM_ARGUMENTS: \"--only prod-eu\"",
            "apply-wave-2-1-of-2:");
    assertThat(run("--format", "gitlab", "--wave", "1", "--only", "env=prod"))
        .exited(64)
        .complained("--wave 1 has none of the clusters that --only means");
    assertThat(run("--format", "github-actions"))
        .exited(64)
        .complained("the formats are github and gitlab");
  }

  @Test
  void optionsOfWhatAsksClustersAreNone() {
    assertThat(run("--shard", "0/2")).exited(64);
    assertThat(run("--trust-fleet-hosts")).exited(64);
  }
}
