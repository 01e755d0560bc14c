package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FleetReportCommandTest extends CommandTest {
  private static final String CHECKOUT = "33333333-0000-4000-8000-000000000003";
  private static final String LEFT_OVER = "44444444-0000-4000-8000-000000000004";

  /** What production has: orders, and somebody who writes them without a policy. */
  private static final String PROD =
      """
      {"databases": ["metrics", "orders"], "tokens": [
        {"id": "%s", "description": "Checkout",
         "permissions": [{"action": "write", "resource": "orders"}]},
        {"id": "%s", "description": "Left over",
         "permissions": [{"action": "write", "resource": "orders"}]}]}
      """
          .formatted(CHECKOUT, LEFT_OVER);

  private final List<Sandbox> others = new ArrayList<>();

  @BeforeEach
  void files() throws IOException {
    write(
        "shared/tokens.yaml",
        "{version: 1, tokens: {grafana: {description: Grafana, owner: team-x}}}");
    write(
        "prod/tokens.yaml",
        "{version: 1, tokens: {checkout: {description: Checkout, permissions: {write: [orders]}}}}");
    others.add(another(PROD));
    others.add(another(PROD));
    fleet(
        cluster("dev-eu", sandbox.url(), "shared", "dev")
            + cluster("prod-eu", others.get(0).url(), "prod", "prod")
            + cluster("prod-us", others.get(1).url(), "prod", "prod"));
  }

  @AfterEach
  void stop() {
    others.forEach(Sandbox::close);
  }

  private Sandbox another(String seed) {
    return Sandbox.start(SandboxOptions.builder().seedJson(seed).listener(requests::add).build());
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void fleet(String clusters) throws IOException {
    write("fleet.yaml", "version: 1\nclusters:\n" + clusters);
  }

  private static String cluster(String name, Object url, String files, String env) {
    return "  %s: {product: clustered, url: '%s', files: [%s], labels: {env: %s}}\n"
        .formatted(name, url, files, env);
  }

  private Cli user() {
    return Cli.in(folder).with("XDG_CONFIG_HOME", configuration.toString()).with("COLUMNS", "1000");
  }

  private Cli.Run report(String... more) {
    return reportAt(user(), more);
  }

  private static Cli.Run reportAt(Cli user, String... more) {
    List<String> all =
        new ArrayList<>(List.of("report", "--fleet", "fleet.yaml", "--trust-fleet-hosts"));
    all.addAll(List.of("--max-attempts", "1"));
    all.addAll(List.of(more));
    return user.withManagementToken().run(all.toArray(String[]::new));
  }

  /** Saves what each cluster of the fleet has, as of the user's time. */
  private void snapshots(Cli user, String to, String... names) throws IOException {
    Files.createDirectories(folder.resolve(to));
    List<Sandbox> all = List.of(sandbox, others.get(0), others.get(1));
    List<String> known = List.of("dev-eu", "prod-eu", "prod-us");
    for (String name : names) {
      String url = all.get(known.indexOf(name)).url().toString();
      assertThat(
              user.withManagementToken()
                  .with("INFLUX_DB_PRODUCT_TYPE", "clustered")
                  .run("snapshot", "--url", url, "--out", to + "/" + name + ".snapshot.json"))
          .exited(0);
    }
  }

  @Test
  void whoCanWriteOrdersAnywhereIsAnsweredByClusters() throws IOException {
    Cli.Run run = report("--format", "csv", "--by", "grant");

    assertThat(run).exited(0).complainedOfNothing();
    Assertions.assertThat(run.out().lines().filter(line -> line.contains(",write,orders,")))
        .containsExactly(
            "prod-eu,%s,checkout,Checkout,,prod/tokens.yaml:1,managed,active,,2024-01-01T00:00:00Z,,write,orders,exact,yes,"
                .formatted(CHECKOUT),
            "prod-eu,%s,,Left over,,,unmanaged,active,,2024-01-01T00:00:00Z,,write,orders,exact,no,"
                .formatted(LEFT_OVER),
            "prod-us,%s,checkout,Checkout,,prod/tokens.yaml:1,managed,active,,2024-01-01T00:00:00Z,,write,orders,exact,yes,"
                .formatted(CHECKOUT),
            "prod-us,%s,,Left over,,,unmanaged,active,,2024-01-01T00:00:00Z,,write,orders,exact,no,"
                .formatted(LEFT_OVER));
    Assertions.assertThat(run.out()).startsWith("cluster,id,name,");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void theJsonFollowsItsSchemaAndIsTheSameWhateverEndsFirst() throws IOException {
    Cli.Run run = report("--format", "json");
    assertThat(run).exited(0);
    JsonNode json = json(run);

    Assertions.assertThat(json.at("/fleet/clusters").asInt()).isEqualTo(3);
    Assertions.assertThat(json.at("/glance/tokens").asInt()).isEqualTo(6);
    Assertions.assertThat(json.at("/glance/unmanaged").asInt()).isEqualTo(3);
    Assertions.assertThat(json.path("clusters"))
        .extracting(one -> one.path("name").asText())
        .containsExactly("dev-eu", "prod-eu", "prod-us");
    for (int i = 0; i < 3; i++) {
      Assertions.assertThat(report("--format", "json").out()).isEqualTo(run.out());
    }
  }

  @Test
  void aClusterThatCannotBeReadIsOnTopOfThePageAndHidesNoOther() throws Exception {
    String secret = "the-secret-of-prod-us";
    String answer =
        ScriptedServer.json(403, "{\"message\": \"<img src=x> " + secret + " may not\"}");
    try (ScriptedServer refusing = ScriptedServer.answering(answer)) {
      write("broken/tokens.yaml", "{version: 1, tokns: {}}");
      fleet(
          cluster("dev-eu", sandbox.url(), "shared", "dev")
              + cluster("prod-eu", "http://127.0.0.1:1", "prod", "prod")
              + cluster("prod-us", refusing.url(), "prod", "prod")
              + cluster("broken", others.get(0).url(), "broken", "dev"));
      Cli user = user().with("INFLUX_DB_MANAGEMENT_TOKEN_PROD_US", secret);

      Cli.Run run = reportAt(user, "--format", "html=a.html", "--format", "json");

      assertThat(run)
          .exited(1)
          .neverShowed(secret)
          .complained(
              "error: prod-eu: GET /api/v0/tokens: nothing answers at http://127.0.0.1:1",
              "error: prod-us: GET /api/v0/tokens: 403 <img src=x> [secret] may not",
              "error: broken: its policy has 1 error",
              "broken/tokens.yaml:1:14: error[unknown-key]");
      JsonNode json = json(run);
      Assertions.assertThat(json.path("unread"))
          .extracting(one -> one.path("cluster").asText())
          .containsExactly("prod-eu", "prod-us", "broken");
      Assertions.assertThat(json.path("tokens")).hasSize(2);
      String page = Files.readString(folder.resolve("a.html"));
      Assertions.assertThat(page)
          .contains(
              "<h2 id=\"unread-title\">3 clusters could not be read</h2>",
              "<li><b>prod-eu</b>: ",
              "Clusters: <b>1 of 4</b>")
          .doesNotContain(secret, "<img");
      Assertions.assertThat(page.indexOf("unread-title")).isLessThan(page.indexOf("At a glance"));
    }
  }

  @Test
  void snapshotsStandInForTheClustersAndGiveTheSameFacts() throws IOException {
    JsonNode live = json(report("--format", "json"));
    snapshots(user(), "snapshots", "dev-eu", "prod-eu");
    requests.clear();

    Cli.Run run =
        user().run("report", "--fleet", "fleet.yaml", "--live", "snapshots", "--format", "json");

    assertThat(run)
        .exited(1)
        .complained("error: prod-us: the snapshot snapshots/prod-us.snapshot.json cannot be read");
    Assertions.assertThat(requests).isEmpty();
    JsonNode saved = json(run);
    Assertions.assertThat(saved.at("/clusters/1/live/source").asText()).isEqualTo("snapshot");
    Assertions.assertThat(saved.at("/clusters/1/live/digest"))
        .isEqualTo(live.at("/clusters/1/live/digest"));
    Assertions.assertThat(saved.at("/unread/0/cluster").asText()).isEqualTo("prod-us");
    assertThat(
            user()
                .run(
                    "report",
                    "--fleet",
                    "fleet.yaml",
                    "--only",
                    "env=prod,prod-eu",
                    "--live",
                    "snapshots"))
        .exited(0)
        .printed("Clusters: <b>1 of 3</b>");
  }

  @Test
  void eachClusterIsComparedWithItsEarlierSnapshot() throws IOException {
    snapshots(user(), "old", "dev-eu", "prod-eu");
    fleet(
        cluster("dev-eu", sandbox.url(), "shared", "dev")
            + cluster("prod-us", others.get(1).url(), "prod", "prod"));
    Clock later = Clock.fixed(Cli.NOW.plus(Duration.ofDays(200)), ZoneOffset.UTC);

    Cli.Run run = reportAt(user().at(later), "--since", "old", "--format", "json");

    assertThat(run)
        .exited(0)
        .complained(
            "warning: prod-us is not compared: there is no earlier snapshot"
                + " old/prod-us.snapshot.json");
    JsonNode json = json(run);
    Assertions.assertThat(json.at("/clusters/0/since/asOf").asText())
        .isEqualTo("2026-01-01T00:00:00Z");
    Assertions.assertThat(json.at("/clusters/1").has("since")).isFalse();
    assertThat(reportAt(user().at(later), "--since", "old"))
        .exited(0)
        .printed("nothing: there is no earlier snapshot of it", "<td class=\"\">not known</td>");
    assertThat(reportAt(user().at(later), "--since", "old", "--only", "prod-us"))
        .exited(1)
        .printedNothing()
        .complained(
            "the folder old of --since has no snapshot of any of these clusters",
            "old/prod-us.snapshot.json");
    Files.copy(
        folder.resolve("old/prod-eu.snapshot.json"), folder.resolve("old/prod-us.snapshot.json"));
    assertThat(reportAt(user().at(later), "--since", "old", "--format", "csv"))
        .exited(1)
        .complained("error: prod-us: the snapshot of --since is of another cluster");
  }

  @Test
  void aHistoryIsReadOnceForAllClusters() throws IOException {
    snapshots(user(), "evidence/2026", "dev-eu", "prod-eu");
    write(
        "one.yaml",
        "{version: 1, cluster: {product: clustered, url: '%s'}, tokens: {checkout: {id: %s, permissions: {write: [orders, metrics]}}}}"
            .formatted(others.get(0).url(), CHECKOUT));
    Clock later = Clock.fixed(Cli.NOW.plus(Duration.ofDays(5)), ZoneOffset.UTC);
    assertThat(
            user()
                .at(later)
                .withManagementToken()
                .run(
                    "apply",
                    "-f",
                    "one.yaml",
                    "--url",
                    others.get(0).url().toString(),
                    "--auto-approve",
                    "--journal-dir",
                    "evidence/journal/prod-eu"))
        .exited(0);
    Clock now = Clock.fixed(Cli.NOW.plus(Duration.ofDays(9)), ZoneOffset.UTC);

    Cli.Run run = reportAt(user().at(now), "--history", "evidence", "--format", "json");

    assertThat(run).exited(0).complained("warning: evidence says nothing about 1 cluster: prod-us");
    JsonNode json = json(run);
    Assertions.assertThat(json.at("/clusters/0/history/applies").asInt()).isZero();
    Assertions.assertThat(json.at("/clusters/1/history/applies").asInt()).isEqualTo(1);
    Assertions.assertThat(json.at("/clusters/1/history/journals")).hasSize(1);
    Assertions.assertThat(json.at("/clusters/2").has("history")).isFalse();
    assertThat(
            reportAt(user().at(now), "--history", "evidence", "--format", "csv", "--by", "grant"))
        .exited(0)
        .printed(",write,metrics,exact,no,,given,2026-01-06T00:00:00Z,,");
    assertThat(reportAt(user().at(now), "--history", "evidence", "--only", "prod-us"))
        .exited(1)
        .complained("has no snapshot and no journal of this cluster");
  }

  @Test
  void theHostsOfThePlatformFileAreTrusted() throws IOException {
    write("platform.yaml", "{version: 1, hosts: ['" + sandbox.url() + "']}");
    Cli.Run run =
        user()
            .withManagementToken()
            .run(
                "report",
                "--fleet",
                "fleet.yaml",
                "--platform",
                "platform.yaml",
                "--format",
                "json");
    assertThat(run).exited(1);
    Assertions.assertThat(json(run).path("unread"))
        .extracting(one -> one.path("cluster").asText())
        .containsExactly("prod-eu", "prod-us");
  }

  @Test
  void wrongUsageSaysWhatToDo() throws IOException {
    snapshots(user(), "snapshots", "dev-eu");
    assertThat(report("-f", "prod"))
        .exited(64)
        .complained("-f names the policy of one cluster, and --fleet those of several");
    assertThat(report("--since", "fleet.yaml"))
        .exited(64)
        .complained("--since names fleet.yaml, which is no folder with earlier snapshots");
    assertThat(report("--live", "fleet.yaml", "--format", "csv"))
        .exited(64)
        .complained("--live names fleet.yaml, which is no folder");
    for (String file :
        List.of("fleet.yaml", "prod/tokens.yaml", "snapshots/dev-eu.snapshot.json")) {
      assertThat(report("--live", "snapshots", "--format", "csv=" + file))
          .exited(64)
          .complained("an output would replace " + file + ", which is read");
    }
    assertThat(report("--since", "snapshots", "--format", "csv=snapshots/dev-eu.snapshot.json"))
        .exited(64)
        .complained("which is read");
    assertThat(report("--shard", "7/9", "--format", "csv"))
        .exited(0)
        .printedNothing()
        .complained("the share 7/9 has no cluster");
    write("fleet.yaml", "{version: 1, clusters: {a: {product: sandbox}}}");
    Cli.Run wrong = report("--format", "json");
    assertThat(wrong).exited(1).printed("\"error\"").complained("error[missing-key]");
  }

  private static JsonNode json(Cli.Run run) throws IOException {
    Assertions.assertThat(
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("schemas/report.schema.json")))
                .validate(run.out(), InputFormat.JSON))
        .as(run.out())
        .isEmpty();
    return new ObjectMapper().readTree(run.out());
  }
}
