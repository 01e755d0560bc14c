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
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetDiffCommandTest {
  @TempDir Path folder;

  @BeforeEach
  void files() throws IOException {
    write(
        "fleet.yaml",
        """
        version: 1
        clusters:
          dev: {product: clustered, url: "http://127.0.0.1:1", files: [shared.yaml, dev.yaml]}
          prod: {product: clustered, url: "http://127.0.0.1:2", files: [shared.yaml, prod.yaml]}
          same: {product: clustered, url: "http://127.0.0.1:3", files: [shared.yaml, prod.yaml]}
          broken: {product: clustered, url: "http://127.0.0.1:4", files: [broken.yaml]}
        """);
    write(
        "shared.yaml",
        """
        {version: 1, tokens: {
          common: {description: Common, permissions: {read: [logs]}},
          billing: {description: Billing, clusters: [prod, same], permissions: {read: [orders]}}}}
        """);
    write(
        "dev.yaml",
        """
        {version: 1, tokens: {
          grafana: {description: "Grafana [dev]", permissions: {read: [logs, traces]}},
          load: {description: Load test, permissions: {write: [orders]}}}}
        """);
    write(
        "prod.yaml",
        "{version: 1, tokens: {grafana: {description: Grafana, permissions: {read: ['*']}}}}");
    write("broken.yaml", "{version: 1, tokns: {}}");
  }

  private void write(String path, String text) throws IOException {
    Files.writeString(folder.resolve(path), text);
  }

  private Cli.Run run(String... words) {
    List<String> args = new ArrayList<>(List.of("fleet", "diff"));
    args.addAll(List.of(words));
    return Cli.in(folder).with("COLUMNS", "1000").run(args.toArray(String[]::new));
  }

  @Test
  void whatDiffersIsShownAsInADiff() {
    assertThat(run("dev", "prod"))
        .exited(0)
        .complainedOfNothing()
        .printedExactly(
            """
            --- dev
            +++ prod

            + billing
                + read orders
                + description "Billing"
            ~ grafana
                + read (all)
                - description "Grafana [dev]"
                + description "Grafana"
            - load
                - write orders
                - description "Load test"

            By database
              (all)   + grafana read, in dev only logs, traces
              orders  + billing read
                      - load write

            3 tokens differ: 1 only in dev, 1 only in prod, 1 in both. 1 is the same.
            """);
    assertThat(run("prod", "dev"))
        .printed("(all)   - grafana read, in dev only logs, traces", "--- prod\n+++ dev\n");
    assertThat(run("dev", "prod", "--detailed-exitcode")).exited(2);
  }

  @Test
  void clustersWithTheSamePolicyDoNotDiffer() {
    assertThat(run("prod", "same", "--detailed-exitcode"))
        .exited(0)
        .printedExactly(
            "The desired access of prod and same does not differ: 3 tokens are the same.\n");
  }

  @Test
  void machinesGetOneDocument() throws IOException {
    Cli.Run run = run("dev", "prod", "--format", "json", "--detailed-exitcode");
    assertThat(run).exited(2).complainedOfNothing();
    JsonNode document = new ObjectMapper().readTree(run.out());
    Assertions.assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("schemas/fleet-diff.schema.json")))
                .validate(document))
        .isEmpty();
    Assertions.assertThat(document.path("summary"))
        .hasToString("{\"onlyFirst\":1,\"onlySecond\":1,\"differ\":1,\"same\":1}");
    Assertions.assertThat(document.path("tokens"))
        .extracting(token -> token.path("token").asText() + " " + token.path("side").asText())
        .containsExactly("billing second", "grafana both", "load first");
    Assertions.assertThat(document.at("/tokens/1/fields/0"))
        .hasToString(
            "{\"field\":\"description\",\"first\":\"Grafana [dev]\",\"second\":\"Grafana\"}");
    Assertions.assertThat(document.at("/databases/0"))
        .hasToString(
            "{\"database\":\"*\",\"access\":[{\"side\":\"second\",\"token\":\"grafana\","
                + "\"action\":\"read\",\"elsewhere\":[\"logs\",\"traces\"]}]}");
  }

  @Test
  void whatIsWrongWithAnotherClusterDoesNotMatter() throws IOException {
    assertThat(run("dev", "broken")).exited(1).printedNothing().complained("error[unknown-key]");
    Cli.Run json = run("dev", "broken", "--format", "json");
    assertThat(json).exited(1);
    Assertions.assertThat(new ObjectMapper().readTree(json.out()).path("findings")).isNotEmpty();
  }

  @Test
  void twoClustersOfTheFleetAreNamed() {
    assertThat(run("dev", "prd"))
        .exited(64)
        .complained("no cluster \"prd\"", "did you mean \"prod\"?");
    assertThat(run("dev", "dev")).exited(64).complained("not compared with itself: dev");
    assertThat(run("dev", "p*")).exited(64).complained("this is no cluster's name");
    assertThat(run("dev")).exited(64);
    assertThat(run("dev", "prod", "--only", "dev")).exited(64);
  }

  @Test
  void aSecretOfAClusterIsNotShown() throws IOException {
    write(
        "dev.yaml",
        "{version: 1, tokens: {a: {description: a-secret-of-somebody, permissions: {read: [x]}}}}");
    for (String format : List.of("text", "json")) {
      assertThat(
              Cli.in(folder)
                  .with("INFLUX_DB_MANAGEMENT_TOKEN_DEV", "a-secret-of-somebody")
                  .run("fleet", "diff", "dev", "prod", "--format", format))
          .exited(0)
          .printed("[secret]")
          .neverShowed("a-secret-of");
    }
  }

  @Test
  void databasesAreComparedToo() throws IOException {
    write(
        "shared.yaml",
        """
        {version: 1, databases: {
          logs: {retention: 30d},
          orders: {clusters: [prod, same], retention: 90d}}}
        """);
    write("dev.yaml", "{version: 1, tokens: {}, databases: {load: {}, billing: {maxTables: 7}}}");
    write("prod.yaml", "{version: 1, tokens: {}, databases: {billing: {maxTables: 9}}}");

    assertThat(run("dev", "prod", "--detailed-exitcode"))
        .exited(2)
        .complainedOfNothing()
        .printedExactly(
            """
            --- dev
            +++ prod

            Databases
            ~ billing
                - maxTables 7
                + maxTables 9
            - load
            + orders
                + retention 90d

            The desired access of dev and prod does not differ: 0 tokens are the same. 3 databases \
            differ: 1 only in dev, 1 only in prod, 1 in both. 1 is the same.
            """);
    assertThat(run("prod", "same", "--detailed-exitcode"))
        .exited(0)
        .printed("0 tokens are the same. 3 databases are the same.\n");

    JsonNode document = new ObjectMapper().readTree(run("dev", "prod", "--format", "json").out());
    Assertions.assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("schemas/fleet-diff.schema.json")))
                .validate(document))
        .isEmpty();
    Assertions.assertThat(document.at("/summary/databases"))
        .hasToString("{\"onlyFirst\":1,\"onlySecond\":1,\"differ\":1,\"same\":1}");
    Assertions.assertThat(document.at("/databaseEntries/0"))
        .hasToString(
            "{\"database\":\"billing\",\"side\":\"both\",\"fields\":[{\"field\":\"maxTables\","
                + "\"first\":\"7\",\"second\":\"9\"}]}");
    Assertions.assertThat(document.path("databaseEntries")).hasSize(3);
  }

  @Test
  void aTokenAndADatabaseOfOneNameAreNotMixedUp() throws IOException {
    write("dev.yaml", "{version: 1, tokens: {a: {description: A}}, databases: {a: {}}}");
    write("prod.yaml", "{version: 1, tokens: {}}");

    assertThat(run("dev", "prod"))
        .exited(0)
        .printed("- a\n    - description \"A\"\n", "\n\nDatabases\n- a\n\nBy database\n")
        .printed("2 tokens differ: ", "1 database differs: 1 only in dev. 0 are the same.\n");
  }
}
