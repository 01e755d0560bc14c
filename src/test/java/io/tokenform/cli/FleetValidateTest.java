package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class FleetValidateTest extends FleetOfServers {
  private static String[] validate(String... more) {
    return Stream.concat(Stream.of("validate", "--fleet=fleet.yaml"), Arrays.stream(more))
        .toArray(String[]::new);
  }

  private static JsonNode json(Cli.Run run) throws IOException {
    JsonNode document = new ObjectMapper().readTree(run.out());
    Assertions.assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("schemas/diagnostics.schema.json")))
                .validate(document))
        .as(run.out())
        .isEmpty();
    return document;
  }

  @Test
  void aFleetIsCheckedWithoutAnyCluster() throws IOException {
    assertThat(sameEachTime(keyless(), validate()))
        .exited(0)
        .complainedOfNothing()
        .printedExactly("fleet.yaml: valid, 5 clusters, 6 tokens on them\n");
    assertThat(keyless().run(validate("--only=prod-eu")))
        .exited(0)
        .printedExactly("fleet.yaml: valid, 1 cluster, 2 tokens on it\n");
    Assertions.assertThat(requests).isEmpty();
    JsonNode document = json(keyless().run(validate("--format=json")));
    Assertions.assertThat(document.path("valid").asBoolean()).isTrue();
    Assertions.assertThat(document.path("clusters").get(4))
        .hasToString("{\"name\":\"prod-eu\",\"valid\":true,\"tokens\":2}");
  }

  @Test
  void whatIsWrongIsToldOnceAndNamesTheClustersThatHaveIt() throws IOException {
    write("shared/tokens.yaml", "{version: 1, tokns: {}}");
    write("prod/tokens.yaml", "{version: 1, tokens: {a: {description: a, permisions: {}}}}");
    Cli.Run run = sameEachTime(keyless(), validate());
    assertThat(run)
        .exited(1)
        .printedNothing()
        .complained(
            "shared/tokens.yaml:1:14: error[unknown-key]",
            "  cluster: prod-eu\n",
            "error: the policies of 5 clusters have errors: dev-eu, page, refused, down, prod-eu\n"
                + "  hint: \"tokenform explain unknown-key\" says more");
    Assertions.assertThat(run.err().split("tokns", -1)).hasSize(3);

    JsonNode document = json(keyless().run(validate("--format=json")));
    Assertions.assertThat(document.path("errors").asInt()).isEqualTo(2);
    Assertions.assertThat(document.path("findings"))
        .extracting(finding -> finding.path("file").asText() + finding.path("clusters"))
        .containsExactly(
            "prod/tokens.yaml[\"prod-eu\"]",
            "shared/tokens.yaml[\"dev-eu\",\"page\",\"refused\",\"down\",\"prod-eu\"]");

    Cli.Run github = keyless().run(validate("--format=github"));
    assertThat(github)
        .exited(1)
        .printed("::error file=prod/tokens.yaml,line=1,", "%0Acluster: prod-eu\n");
    Assertions.assertThat(github.out().lines()).hasSize(2);
  }

  @Test
  void anIdThatSeveralClustersShareIsAWarning() throws IOException {
    write(
        "shared/tokens.yaml",
        """
        version: 1
        tokens:
          grafana: {id: 55555555-5555-4555-8555-555555555555, permissions: {read: [metrics]}}
        """);
    assertThat(keyless().run(validate("--only=prod-*", "--only=dev-eu")))
        .exited(0)
        .complained(
            "shared/tokens.yaml:3:17: warning[duplicate-id]: \"grafana\" has this id on dev-eu,"
                + " prod-eu, and each cluster gives its tokens ids of their own",
            "ids: {dev-eu: ID, prod-eu: ID}");
    assertThat(keyless().run(validate("--only=dev-eu"))).exited(0).complainedOfNothing();
  }

  @Test
  void whoeverForgetsTheFleetIsToldOfIt() {
    assertThat(keyless().run("validate"))
        .exited(1)
        .complained("or the fleet with --fleet fleet.yaml");
  }

  @Test
  void expectationsAreJudgedOnEachCluster() throws IOException {
    write("platform.yaml", "{version: 1, expect: [{never: {write: [metrics]}}]}");
    Cli.Run run = sameEachTime(keyless(), validate("--platform=platform.yaml"));
    assertThat(run)
        .exited(3)
        .printedNothing()
        .complained(
            "platform.yaml:1:40: denied[expectation]: \"telegraf\" can write metrics",
            "  cluster: prod-eu\n",
            "error: the policy of 1 cluster breaks an expectation: prod-eu\n");
    assertThat(keyless().run(validate("--platform=platform.yaml", "--only=env=dev")))
        .exited(0)
        .printedExactly("fleet.yaml: valid, 4 clusters, 4 tokens on them, 1 expectation\n");
    JsonNode document = json(keyless().run(validate("--platform=platform.yaml", "--format=json")));
    Assertions.assertThat(document.path("denied").asInt()).isEqualTo(1);
    Assertions.assertThat(document.path("clusters"))
        .extracting(one -> one.path("valid").asBoolean())
        .containsExactly(true, true, true, true, false);

    // Errors of one cluster do not keep the others from being judged, and matter more.
    write("dev/tokens.yaml", "{version: 1, tokns: {}}");
    write(
        "fleet.yaml",
        Files.readString(folder.resolve("fleet.yaml")).replaceFirst("\\[shared\\]", "[dev]"));
    assertThat(keyless().run(validate("--platform=platform.yaml")))
        .exited(1)
        .complained(
            "error: the policy of 1 cluster has errors: dev-eu; the policy of 1 cluster breaks an"
                + " expectation: prod-eu");
  }

  @Test
  void anExpectationOfAFileThatSeveralShareCountsOnceAndFailsOnce() throws IOException {
    write(
        "shared/tokens.yaml",
        """
        version: 1
        tokens:
          grafana: {description: Grafana, permissions: {read: [metrics]}}
        expect:
          - {token: grafana, can: {read: [metrics]}}
        """);
    assertThat(keyless().run(validate())).exited(0).printed("6 tokens on them, 1 expectation\n");
    write(
        "shared/tokens.yaml",
        Files.readString(folder.resolve("shared/tokens.yaml")).replace("can:", "cannot:"));
    Cli.Run run = keyless().run(validate("--format=github"));
    assertThat(run).exited(3).complained("the policies of 5 clusters break an expectation");
    Assertions.assertThat(run.out().lines()).hasSize(1);
    Assertions.assertThat(run.out()).doesNotContain("cluster: ");
  }

  @Test
  void aSinkInWhichSecretsWouldReplaceEachOtherIsAnErrorOfThoseThatDeliverToIt()
      throws IOException {
    write(
        "shared/tokens.yaml",
        "{version: 1, tokens: {a: {description: a, permissions: {read: [x]}, deliver: files}}}");
    assertThat(keyless().run(validate())).exited(0);
    write("platform.yaml", "{version: 1, sinks: {files: {directory: /run/secrets}}}");
    Cli.Run run = sameEachTime(keyless(), validate("--platform=platform.yaml"));
    assertThat(run)
        .exited(1)
        .complained(
            "error[shared-sink]: 5 clusters of the fleet deliver \"a\" to the sink \"files\"");
    Assertions.assertThat(run.err().split("shared-sink]", -1)).hasSize(2);
    assertThat(keyless().run(validate("--platform=platform.yaml", "--only=page"))).exited(1);
    write("platform.yaml", "{version: 1, sinks: {files: {directory: '/run/{cluster}'}}}");
    assertThat(keyless().run(validate("--platform=platform.yaml"))).exited(0);
  }

  @Test
  void whatIsAboutTheFleetNamesNoCluster() throws IOException {
    write(
        "shared/tokens.yaml",
        "{version: 1, roles: {unused: {read: [x]}}, tokens: {grafana: {description: Grafana}}}");
    assertThat(keyless().run(validate()))
        .exited(0)
        .printed("fleet.yaml: valid")
        .complained("warning[unused-role]: no token of the fleet has the role \"unused\"");
    JsonNode finding = json(keyless().run(validate("--format=json"))).at("/findings/0");
    Assertions.assertThat(finding.has("clusters")).isFalse();
    // Another cluster may use it.
    assertThat(keyless().run(validate("--only=dev-eu"))).exited(0).complainedOfNothing();
  }

  @Test
  void wrongUsageAndWrongFilesAreTold() throws IOException {
    assertThat(keyless().run(validate("-f", "shared")))
        .exited(64)
        .complained("-f names the policy of one cluster", "leave it out");
    assertThat(keyless().run(validate("--only=prod"))).exited(64).complained("--only prod: ");
    assertThat(keyless().run(validate("--shard=0/9")))
        .exited(0)
        .printedNothing()
        .complained("the share 0/9 has no cluster");
    json(keyless().run(validate("--shard=0/9", "--format=json")));
    write("platform.yaml", "{version: 1, exect: []}");
    Cli.Run platform = keyless().run(validate("--platform=platform.yaml", "--format=json"));
    assertThat(platform).exited(1);
    Assertions.assertThat(json(platform).path("valid").asBoolean()).isFalse();
    write("fleet.yaml", "{version: 1}");
    assertThat(keyless().run(validate()))
        .exited(1)
        .complained("fleet.yaml:1:1: error[missing-key]");
    json(keyless().run(validate("--format=json")));
  }

  @Test
  void anEmptyShareIsListedAsNothing() {
    assertThat(keyless().run("fleet", "list", "--offline", "--shard=0/9"))
        .exited(0)
        .printedNothing()
        .complained("note: the share 0/9 has no cluster; there is nothing to do");
  }
}
