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

class FleetWhoCanTest extends FleetOfServers {
  private static String[] whoCan(String question, String... more) {
    return Stream.of(
            Stream.concat(Stream.of("who-can"), Arrays.stream(question.split(" "))),
            Stream.of("--fleet=fleet.yaml", "--trust-fleet-hosts", "--max-attempts=1"),
            Arrays.stream(more))
        .flatMap(words -> words)
        .toArray(String[]::new);
  }

  private static JsonNode json(Cli.Run run) throws IOException {
    JsonNode document = new ObjectMapper().readTree(run.out());
    Assertions.assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("schemas/fleet-who-can.schema.json")))
                .validate(document))
        .as(run.out())
        .isEmpty();
    return document;
  }

  @Test
  void whoCanAnywhereIsOneTableAndAClusterThatFailsHidesNone() {
    Cli.Run run = sameEachTime(user(), whoCan("write logs"));
    assertThat(run)
        .exited(1)
        .printedExactly(
            """
            2 active tokens of 2 clusters can write logs

            CLUSTER  ID                                    HOW  NAME      DESCRIPTION
            dev-eu   22222222-0000-4000-8000-000000000002  *              Telegraf
            prod-eu  22222222-0000-4000-8000-000000000002  *    telegraf  Telegraf

            Not known of 3 clusters, which gave no answer: page, refused, down
            """)
        .complained("error: page: ", "error: refused: ", "error: down: ");
    Assertions.assertThat(run.err()).matches("(?s).*page: .*refused: .*down: .*");
  }

  @Test
  void machinesGetEachClusterWithItsAnswerOrWhyThereIsNone() throws IOException {
    Cli.Run run = sameEachTime(user(), whoCan("read metrics", "--format=json"));
    assertThat(run).exited(1);
    JsonNode clusters = json(run).path("clusters");
    Assertions.assertThat(clusters)
        .extracting(one -> one.path("name").asText() + " " + one.path("tokens").size())
        .containsExactly("dev-eu 1", "page 0", "refused 0", "down 0", "prod-eu 1");
    Assertions.assertThat(clusters.get(0).at("/tokens/0/name").asText()).isEqualTo("grafana");
    Assertions.assertThat(clusters.get(0).path("hasDatabase").asBoolean()).isTrue();
    Assertions.assertThat(clusters.get(4).at("/labels/env").asText()).isEqualTo("prod");
    Assertions.assertThat(clusters.get(2).at("/error/message").asText()).contains("401");
    Assertions.assertThat(clusters.get(2).has("tokens")).isFalse();

    assertThat(user().run(whoCan("write metrics", "--format=csv")))
        .exited(1)
        .printed(
            "cluster,id,how,name,description\r\n"
                + "dev-eu,22222222-0000-4000-8000-000000000002,*,,Telegraf\r\npage,,",
            "down,,not known: GET /api/v0/tokens: nothing answers");
  }

  @Test
  void snapshotsAnswerWithoutAnyToken() {
    assertThat(
            user()
                .run(
                    "snapshot",
                    "--fleet=fleet.yaml",
                    "--only=*-eu",
                    "--trust-fleet-hosts",
                    "--out=snaps"))
        .exited(0);
    requests.clear();
    assertThat(
            keyless()
                .run("who-can", "write", "*", "--fleet=fleet.yaml", "--only=*-eu", "--live=snaps"))
        .exited(0)
        .printed("2 active tokens of 2 clusters can write all databases, present and future\n")
        .complained("note: live is from snapshots; the oldest, that of dev-eu, is as of 2026-");
    assertThat(keyless().run("who-can", "read", "logs", "--fleet=fleet.yaml", "--live=snaps"))
        .exited(1)
        .printed("Not known of 3 clusters")
        .complained("--fleet FILE --only down --out snaps");
    assertThat(keyless().run("who-can", "read", "logs", "--fleet=fleet.yaml", "--live=fleet.yaml"))
        .exited(64)
        .complained("which is no folder with the snapshots of a fleet");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void thoseWhoAreExpectedAreExpectedWhereTheyAre() throws IOException {
    // Only production's policy has telegraf; on dev-eu the live token is unmanaged.
    assertThat(user().run(whoCan("write metrics", "--only=prod-eu", "--expect=telegraf")))
        .exited(0)
        .complainedOfNothing();
    Cli.Run run = sameEachTime(user(), whoCan("write metrics", "--only=*-eu", "--expect=telegraf"));
    assertThat(run)
        .exited(3)
        .complained(
            "denied[expectation]: the unmanaged token 22222222-0000-4000-8000-000000000002",
            "  cluster: dev-eu\n",
            "error: the expectation fails on 1 cluster: dev-eu\n");
    Assertions.assertThat(run.err()).doesNotContain("no working token");
    JsonNode clusters =
        json(user()
                .run(whoCan("write metrics", "--only=*-eu", "--expect=telegraf", "--format=json")))
            .path("clusters");
    Assertions.assertThat(clusters)
        .extracting(one -> one.at("/expectation/holds").asBoolean())
        .containsExactly(false, true);

    assertThat(user().run(whoCan("read logs", "--only=*-eu", "--expect="))).exited(0);
    // An id is that of one cluster, and these sandboxes have the same.
    assertThat(user().run(whoCan("write logs", "--only=*-eu", "--expect=" + TELEGRAF))).exited(0);
    assertThat(
            user()
                .run(
                    whoCan(
                        "read logs",
                        "--only=*-eu",
                        "--expect=99999999-0000-4000-8000-000000000009")))
        .exited(3)
        .complained("no cluster that answered has the token 99999999-0000-4000-8000-000000000009");
    // A name that no cluster's policy has is expected on each, and missed there.
    assertThat(user().run(whoCan("read logs", "--only=*-eu", "--expect=nobody")))
        .exited(3)
        .complained("no working token \"nobody\"", "fails on 2 clusters: dev-eu, prod-eu");
    // A cluster that gave no answer is worse than one that is denied.
    assertThat(user().run(whoCan("write metrics", "--expect=telegraf"))).exited(1);
  }

  @Test
  void aDatabaseThatNoClusterHasIsTold() {
    assertThat(user().run(whoCan("read metric", "--only=*-eu")))
        .exited(0)
        .printedExactly("No active token of 2 clusters can read metric\n")
        .complained("warning: no cluster has a database \"metric\"", "did you mean \"metrics\"?");
  }

  @Test
  void aPolicyWithErrorsLeavesItsClusterWithoutAnAnswer() throws IOException {
    write("prod/tokens.yaml", "{version: 1, tokns: {}}");
    assertThat(user().run(whoCan("read metrics", "--only=*-eu")))
        .exited(1)
        .printed("1 active token of 1 cluster can read metrics", "no answer: prod-eu\n")
        .complained(
            "prod/tokens.yaml:1:14: error[unknown-key]",
            "error: prod-eu: its policy has 1 error\n"
                + "  hint: \"tokenform explain unknown-key\" says more");
  }

  @Test
  void wrongUsageIsTold() throws IOException {
    assertThat(user().run(whoCan("read metrics", "-f", "shared")))
        .exited(64)
        .complained("-f names the policy of one cluster");
    assertThat(user().run(whoCan("read metrics", "--url=http://127.0.0.1:1")))
        .exited(64)
        .complained("--url is about one cluster");
    Cli.Run empty = user().run(whoCan("read metrics", "--shard=0/9", "--format=json"));
    assertThat(empty).exited(0).complained("the share 0/9 has no cluster");
    Assertions.assertThat(json(empty).path("clusters")).isEmpty();
    write("fleet.yaml", "{version: 1}");
    json(user().run(whoCan("read metrics", "--format=json")));
  }

  @Test
  void aPlatformFileSaysWhichClusterItMustBe() throws IOException {
    policyForSandbox(TOKENS);
    write(
        "platform.yaml",
        "{version: 1, cluster: {product: cloud-dedicated, accountId: "
            + "99999999-0000-4000-8000-000000000009, clusterId: "
            + sandbox.clusterId()
            + "}}");
    assertThat(cli().run("who-can", "read", "metrics", "--platform=platform.yaml")).exited(1);
    assertThat(cli().run("snapshot", "--platform=platform.yaml")).exited(1);
    assertThat(cli().run("who-can", "read", "metrics")).exited(0);
  }
}
