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

class FleetDoctorTest extends FleetOfServers {
  private static String[] doctor(String... more) {
    return Stream.concat(
            Stream.of("doctor", "--fleet=fleet.yaml", "--trust-fleet-hosts", "--max-attempts=1"),
            Arrays.stream(more))
        .toArray(String[]::new);
  }

  private static JsonNode json(Cli.Run run) throws IOException {
    JsonNode document = new ObjectMapper().readTree(run.out());
    Assertions.assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("schemas/fleet-doctor.schema.json")))
                .validate(document))
        .as(run.out())
        .isEmpty();
    return document;
  }

  @Test
  void eachClusterIsExaminedUnderItsName() {
    assertThat(sameEachTime(user(), doctor("--only=dev-eu")))
        .exited(0)
        .complainedOfNothing()
        .printedExactly(
            """
            == dev-eu (env=dev)
            settings
              product  clustered                %s
              URL      %s   %s
              token    [secret], 24 characters  INFLUX_DB_MANAGEMENT_TOKEN
            checks
              ok    name            127.0.0.1 is 127.0.0.1
              ok    connection      127.0.0.1:%d answers
              ok    authentication  the cluster accepts the token
              ok    tokens          2 tokens listed
              ok    databases       2 databases listed

            1 cluster: all is well.
            """
                .formatted(
                    "fleet.yaml:3:21", sandbox.url(), "fleet.yaml:3:37", sandbox.url().getPort()));
  }

  @Test
  void whatIsWrongWithOneHidesNoOther() throws IOException {
    Cli.Run run = sameEachTime(user(), doctor());
    assertThat(run)
        .exited(1)
        .printed(
            "\n== refused (env=dev)\n",
            "  token    [secret], 26 characters  INFLUX_DB_MANAGEMENT_TOKEN_REFUSED\n",
            "  FAIL  authentication  ",
            "  FAIL  connection  nothing answers at http://127.0.0.1:1\n        hint: ",
            "A check failed; what comes after it was not checked.\n\n== prod-eu (env=prod)\n",
            "\n5 clusters: 2 are well, 3 are not: page, refused, down.\n");

    JsonNode document = json(sameEachTime(user(), doctor("--format=json")));
    Assertions.assertThat(document.path("healthy").asBoolean()).isFalse();
    Assertions.assertThat(document.path("clusters"))
        .extracting(one -> one.path("name").asText() + " " + one.path("healthy").asText())
        .containsExactly(
            "dev-eu true", "page false", "refused false", "down false", "prod-eu true");
  }

  @Test
  void aHostThatOnlyTheFleetFileNamesIsACheckThatFails() {
    assertThat(user().run("doctor", "--fleet=fleet.yaml", "--only=*-eu"))
        .exited(1)
        .printed(
            "  FAIL  host  fleet.yaml:3:37 alone names the host " + sandbox.url(),
            "hint: if it may go there, say so with --trust-fleet-hosts",
            "2 clusters: none is well.\n");
    assertThat(keyless().run(doctor("--only=prod-eu")))
        .exited(1)
        .printed("  FAIL  token  there is no management token for prod-eu");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aPolicyWithErrorsIsACheckOfItsCluster() throws IOException {
    write("prod/tokens.yaml", "{version: 1, tokns: {}}");
    assertThat(user().run(doctor("--only=*-eu")))
        .exited(1)
        .printed(
            "  ok    databases       2 databases listed\n  FAIL  policy          the policy has 1"
                + " error\n",
            "2 clusters: 1 is well, 1 is not: prod-eu.\n")
        .complained("prod/tokens.yaml:1:14: error[unknown-key]");
  }

  @Test
  void aSinkIsCheckedForEachClusterByItsName() throws IOException {
    write(
        "platform.yaml",
        """
        version: 1
        sinks:
          vault:
            command: [cat]
            check: [sh, -c, 'test "$TOKENFORM_TOKEN_CLUSTER" = prod-eu']
        """);
    assertThat(user().run(doctor("--only=*-eu", "--platform=platform.yaml")))
        .exited(1)
        .printed(
            "  FAIL  vault  command  ",
            "  ok    vault  command  ",
            "The connection is well. A sink cannot be used",
            "2 clusters: 1 is well, 1 is not: dev-eu.\n");
  }

  @Test
  void wrongUsageIsTold() throws IOException {
    assertThat(user().run(doctor("-f", "shared")))
        .exited(64)
        .complained("-f names the policy of one cluster");
    assertThat(user().run(doctor("--cluster", sandbox.clusterId().toString())))
        .exited(64)
        .complained("--cluster is about one cluster");
    assertThat(user().run(doctor("--shard=0/9")))
        .exited(0)
        .printedNothing()
        .complained("the share 0/9 has no cluster");
    Assertions.assertThat(json(user().run(doctor("--shard=0/9", "--format=json"))).path("clusters"))
        .isEmpty();
    write("fleet.yaml", "{version: 1}");
    Cli.Run broken = user().run(doctor("--format=json"));
    assertThat(broken).exited(1).complained("fleet.yaml:1:1: error[missing-key]");
    json(broken);
  }
}
