package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class FleetListCommandTest extends CommandTest {
  private static final String TOKEN = "sandbox-management-token";

  @BeforeEach
  void files() throws IOException {
    write("shared/tokens.yaml", "{version: 1, tokens: {grafana: {description: Grafana}}}");
    write("prod/tokens.yaml", "{version: 1, tokens: {telegraf: {description: Telegraf}}}");
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private void fleet(String clusters) throws IOException {
    write("fleet.yaml", "version: 1\nclusters:\n" + clusters);
  }

  private String cluster(String name, Object url, String rest) {
    return "  %s: {product: clustered, url: '%s', files: [shared]%s}\n".formatted(name, url, rest);
  }

  /** A user who has agreed to no host. */
  private Cli user() {
    return Cli.in(folder).with("XDG_CONFIG_HOME", configuration.toString()).with("COLUMNS", "1000");
  }

  @Test
  void aClusterThatAnswersIsShownWithAllThatIsKnown() throws IOException {
    fleet(
        """
          prod-eu:
            product: cloud-dedicated
            accountId: %s
            clusterId: %s
            url: %s
            files: [shared, prod]
            labels: {env: prod, region: eu}
        """
            .formatted(sandbox.accountId(), sandbox.clusterId(), sandbox.url()));
    assertThat(
            user()
                .with("INFLUX_DB_MANAGEMENT_TOKEN_PROD_EU", TOKEN)
                .with("INFLUX_DB_CLUSTER_ID", "33333333-3333-4333-8333-333333333333")
                .run("fleet", "list", "--trust-fleet-hosts"))
        .exited(0)
        .complainedOfNothing()
        .printedExactly(
            """
            prod-eu
              wave     1
              labels   env=prod, region=eu
              files    shared, prod
              policy   2 tokens
              cluster  cloud-dedicated %s at %s
              token    INFLUX_DB_MANAGEMENT_TOKEN_PROD_EU
              answers  yes, 2 live tokens

            1 cluster: 1 answers.
            """
                .formatted(sandbox.clusterId(), sandbox.url()));
  }

  @Test
  void whatIsWrongWithAClusterIsARowAndHidesNoOther() throws Exception {
    String html =
        ScriptedServer.answer(
            200, "Content-Type: text/html", "<html><title>Sign in</title></html>");
    try (ScriptedServer page = ScriptedServer.answering(html)) {
      write("broken/tokens.yaml", "{version: 1, tokns: {}}");
      fleet(
          cluster("good", sandbox.url(), "")
              + cluster("refused", sandbox.url().toString().replace("127.0.0.1", "localhost"), "")
              + cluster("html", page.url(), "")
              + cluster("down", "http://127.0.0.1:1", "")
              + cluster("broken", "http://127.0.0.1:2", "").replace("[shared]", "[broken]")
              + "  none: {product: cloud-dedicated, accountId: %s, clusterId: %s, files: [shared]}\n"
                  .formatted(sandbox.accountId(), sandbox.clusterId()));
      Cli.Run run =
          user()
              .with("INFLUX_DB_MANAGEMENT_TOKEN_GOOD", TOKEN)
              .with("INFLUX_DB_MANAGEMENT_TOKEN_REFUSED", "another-secret-of-somebody")
              .with("INFLUX_DB_MANAGEMENT_TOKEN_HTML", "secret-for-the-page")
              .with("INFLUX_DB_MANAGEMENT_TOKEN_DOWN", "secret-for-nobody-at-all")
              .run(
                  "fleet",
                  "list",
                  "--trust-fleet-hosts",
                  "--max-attempts",
                  "1",
                  "--format",
                  "json");

      assertThat(run)
          .exited(1)
          .complained("broken/tokens.yaml:1:14: error[unknown-key]", "the policy has an error")
          .neverShowed("another-secret")
          .neverShowed("secret-for");
      JsonNode document = new ObjectMapper().readTree(run.out());
      Assertions.assertThat(
              SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                  .getSchema(Files.readString(Path.of("schemas/fleet-list.schema.json")))
                  .validate(document))
          .isEmpty();
      JsonNode clusters = document.path("clusters");
      Assertions.assertThat(clusters)
          .extracting(row -> row.path("name").asText() + " " + row.at("/answer/answers").asText())
          .containsExactly(
              "good true",
              "refused false",
              "html false",
              "down false",
              "broken false",
              "none false");
      Assertions.assertThat(clusters)
          .extracting(row -> row.at("/answer/fact").asText())
          .satisfies(facts -> Assertions.assertThat(facts.get(0)).isEqualTo("2 live tokens"))
          .satisfies(facts -> Assertions.assertThat(facts.get(1)).startsWith("401 "))
          .satisfies(facts -> Assertions.assertThat(facts.get(2)).containsIgnoringCase("HTML"))
          .satisfies(facts -> Assertions.assertThat(facts.get(3)).contains("nothing answers"))
          .satisfies(
              facts ->
                  Assertions.assertThat(facts.get(5))
                      .isEqualTo("there is no management token for none"));
      // Whoever has to replace a token must know which of them it is.
      Assertions.assertThat(clusters.get(1).at("/answer/hint").asText())
          .isEqualTo(
              "the management token is wrong, expired or revoked; it comes from"
                  + " INFLUX_DB_MANAGEMENT_TOKEN_REFUSED: give a valid one there");
      Assertions.assertThat(clusters.get(4).path("policy"))
          .hasToString("{\"valid\":false,\"errors\":1}");
    }
  }

  @Test
  void offlineNobodyIsAskedAndNoTokenIsRead() throws IOException {
    fleet(cluster("prod-eu", sandbox.url(), ""));
    assertThat(
            user()
                .run(
                    "fleet",
                    "list",
                    "--offline",
                    "--management-token-command",
                    "touch asked; echo x"))
        .exited(0)
        .printed("token    --management-token-command\n", "answers  not asked\n");
    Assertions.assertThat(requests).isEmpty();
    Assertions.assertThat(folder.resolve("asked")).doesNotExist();
  }

  @Test
  void aTokenCommandIsRunOnceForAllClusters() throws IOException {
    fleet(
        cluster("a", sandbox.url(), "")
            + cluster("b", sandbox.url().toString().replace("127.0.0.1", "localhost"), ""));
    assertThat(
            user()
                .run(
                    "fleet",
                    "list",
                    "--trust-fleet-hosts",
                    "--management-token-command",
                    "echo run >> runs; echo " + TOKEN))
        .exited(0)
        .printed("2 clusters: 2 answer.");
    Assertions.assertThat(folder.resolve("runs")).hasContent("run");
  }

  @Test
  void theClustersOwnVariableWinsThenTheFlagThenTheCommonOneThenTheProfile() throws IOException {
    write(
        "influxctl/config.toml",
        """
        [[profile]]
        name = 'd'
        product = 'clustered'
        host = '127.0.0.1'
        port = '1'
        mgmt_token = 'secret-of-the-profile'
        """);
    fleet(cluster("d", "https://127.0.0.1:1", "") + cluster("e", "https://127.0.0.1:2", ""));
    Cli user = user().with("XDG_CONFIG_HOME", folder.toString());
    assertThat(user.run("fleet", "list", "--offline"))
        .exited(0)
        .printed("token    profile \"d\"", "token    none")
        .neverShowed("secret-of");
    user.with("INFLUX_DB_MANAGEMENT_TOKEN", "secret-of-all-clusters");
    assertThat(user.run("fleet", "list", "--offline", "--only", "d"))
        .printed("token    INFLUX_DB_MANAGEMENT_TOKEN\n");
    assertThat(user.run("fleet", "list", "--offline", "--management-token-file", "x"))
        .printed("token    --management-token-file\n");
    user.with("INFLUX_DB_MANAGEMENT_TOKEN_D", "secret-of-this-cluster");
    assertThat(user.run("fleet", "list", "--offline", "--management-token-file", "x"))
        .printed("token    INFLUX_DB_MANAGEMENT_TOKEN_D\n", "token    --management-token-file\n");
  }

  @Test
  void aProfileNamesTheHostOfItsClusterAndNoOther() throws IOException {
    write(
        "influxctl/config.toml",
        """
        [[profile]]
        name = 'd'
        product = 'clustered'
        host = '127.0.0.1'
        port = '1'
        mgmt_token = 'secret-of-the-profile'

        [[profile]]
        name = 'e'
        product = 'clustered'
        host = '127.0.0.1'
        port = '3'
        mgmt_token = 'secret-of-another-cluster'
        """);
    fleet(cluster("d", "https://127.0.0.1:1", "") + cluster("e", "https://127.0.0.1:2", ""));

    assertThat(
            user()
                .with("XDG_CONFIG_HOME", folder.toString())
                .run("fleet", "list", "--max-attempts", "1"))
        .exited(1)
        .printed(
            "nothing answers",
            "there is no management token for e: the profile \"e\" in ",
            "is for another cluster, https://127.0.0.1:3",
            "or correct the profile, or the fleet file")
        .neverShowed("alone names the host")
        .neverShowed("secret-of");
  }

  @Test
  void aFleetFileAloneChoosesNoHost() throws IOException {
    fleet(cluster("prod-eu", sandbox.url(), ""));
    assertThat(user().withManagementToken().run("fleet", "list"))
        .exited(1)
        .printed(
            "fleet.yaml:3:38 alone names the host " + sandbox.url(),
            "hint: if it may go there, say so with --trust-fleet-hosts, or add "
                + sandbox.url()
                + " to hosts in the platform file; at a terminal");
    assertThat(user().withManagementToken().with("CI", "true").run("fleet", "list"))
        .exited(1)
        .printed("CI is set");
    Assertions.assertThat(requests).isEmpty();

    write("platform.yaml", "{version: 1, hosts: ['https://example.com']}");
    String[] withPlatform = {"fleet", "list", "--platform", "platform.yaml"};
    assertThat(user().withManagementToken().run(withPlatform)).exited(1);
    Assertions.assertThat(requests).isEmpty();
    write("platform.yaml", "{version: 1, hosts: ['" + sandbox.url() + "']}");
    assertThat(user().withManagementToken().with("CI", "true").run(withPlatform)).exited(0);
    assertThat(user().withManagementToken().atTerminal("yes\n").run("fleet", "list"))
        .exited(0)
        .complained("Send it to " + sandbox.url());
    assertThat(user().withManagementToken().run("fleet", "list")).exited(0);
  }

  @Test
  void onlySomeClustersAreListed() throws IOException {
    fleet(
        cluster("dev-eu", "https://a.example.com", ", labels: {env: dev}")
            + cluster("prod-eu", "https://b.example.com", ", labels: {env: prod}")
            + cluster("prod-us", "https://c.example.com", ", labels: {env: prod}"));
    assertThat(user().run("fleet", "list", "--offline", "--only", "env=prod,*-us"))
        .exited(0)
        .printed("prod-us\n", "1 cluster.");
    assertThat(user().run("fleet", "list", "--offline", "--only", "dev-eu", "--only", "prod-eu"))
        .exited(0)
        .printed("dev-eu\n", "prod-eu\n", "2 clusters.");
    assertThat(user().run("fleet", "list", "--offline", "--only", "env=prd"))
        .exited(64)
        .complained(
            "error: --only env=prd: no cluster of the fleet has env=prd", "did you mean \"prod\"?");
    assertThat(user().run("fleet", "list", "--offline", "--only", "="))
        .exited(64)
        .complained("there is no label before =");
  }

  @Test
  void aFileThatClustersShareIsReadAndToldOnce() throws IOException {
    write("shared/tokens.yaml", "{version: 1, tokns: {}}");
    fleet(
        cluster("a", "https://a.example.com", "")
            + cluster("b", "https://b.example.com", "").replace("[shared]", "[./shared, prod]")
            + cluster("c", "https://c.example.com", "")
                .replace("[shared]", "[shared/tokens.yaml]"));
    Cli.Run run = user().run("fleet", "list", "--offline");
    assertThat(run).exited(1).printed("3 have policies with errors");
    Assertions.assertThat(run.err().split("error\\[unknown-key]", -1)).hasSize(2);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPathIsRelativeToTheFleetFileAndLeavesItsFolderOnNoWay() throws IOException {
    write("below/shared/tokens.yaml", "{version: 1, tokens: {a: {description: a}}}");
    write(
        "below/fleet.yaml",
        "version: 1\nclusters:\n  a: {product: sandbox, files: [shared, link, shared/x.yaml]}\n");
    Files.createSymbolicLink(folder.resolve("below/link"), folder.resolve("prod"));
    Files.createSymbolicLink(
        folder.resolve("below/shared/out.yaml"), folder.resolve("prod/tokens.yaml"));
    assertThat(user().run("fleet", "list", "--offline", "--fleet", "below/fleet.yaml"))
        .exited(1)
        .complained(
            "below/fleet.yaml:3:41: error[outside-folder]: this path is a link that leads outside",
            "below/fleet.yaml:3:47: error[unreadable-file]: there is no file or folder"
                + " \"shared/x.yaml\" beside the fleet file",
            "below/shared/out.yaml:1:1: error[outside-folder]",
            "in the directory that the fleet file names");
  }

  @Test
  void theFleetFileAndASeedAreNoPolicies() throws IOException {
    write("seed.json", SEED);
    fleet("  a: {product: sandbox, seed: seed.json, files: [.]}\n");
    assertThat(user().run("fleet", "list"))
        .exited(0)
        .complainedOfNothing()
        .printed("policy   2 tokens", "cluster  sandbox, embedded", "yes, 2 live tokens");
    fleet("  a: {product: sandbox, seed: ../seed.json, files: [prod]}\n");
    assertThat(user().run("fleet", "list", "--offline"))
        .exited(1)
        .complained("this seed is outside the fleet file's folder");
  }

  @Test
  void clustersAreAskedAtTheSameTimeAndShownInTheirOrder() throws Exception {
    CountDownLatch both = new CountDownLatch(2);
    ScriptedServer.Script meeting =
        (number, request, wire) -> {
          both.countDown();
          await(both);
          wire.send(ScriptedServer.json(200, "[]"));
        };
    try (ScriptedServer one = ScriptedServer.playing(meeting);
        ScriptedServer other = ScriptedServer.playing(meeting)) {
      fleet(cluster("z", one.url(), "") + cluster("a", other.url(), ""));
      Cli.Run run = user().withManagementToken().run("fleet", "list", "--trust-fleet-hosts");
      assertThat(run).exited(0).printed("2 clusters: 2 answer.");
      Assertions.assertThat(run.out().indexOf("z\n")).isLessThan(run.out().indexOf("a\n"));
    }
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      if (!latch.await(30, TimeUnit.SECONDS)) {
        throw new IOException("the other cluster was not asked meanwhile");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void optionsAboutOneClusterAreNoneOfAFleet() throws IOException {
    fleet(cluster("a", "https://a.example.com", ""));
    for (String option : List.of("--url", "--account", "--cluster", "--profile")) {
      assertThat(user().run("fleet", "list", option, "x")).exited(64).printedNothing();
    }
    assertThat(user().run("fleet")).exited(64).printed("Usage: tokenform fleet");
  }

  @Test
  void aFleetFileThatCannotBeReadIsTold() throws IOException {
    assertThat(user().run("fleet", "list"))
        .exited(1)
        .complained("fleet.yaml:1:1: error[unreadable-file]", "name the fleet file with --fleet");
    assertThat(user().run("fleet", "list", "--fleet", ".")).exited(64).complained("a directory");
    assertThat(user().run("fleet", "list", "--fleet", "-")).exited(64).complained("standard input");
    assertThat(user().run("fleet", "list", "--fleet", ""))
        .exited(64)
        .complained("--fleet is empty");
    write("fleet.yaml", "{version: 1, clusters: {a: {product: sandbox, files: [x], label: {}}}}");
    Cli.Run json = user().run("fleet", "list", "--format", "json");
    assertThat(json).exited(1).complained("error[unknown-key]");
    Assertions.assertThat(new ObjectMapper().readTree(json.out()).isObject()).isTrue();
  }

  @Test
  void fmtLaysAFleetFileOut() throws IOException {
    write(
        "fleet.yaml",
        """
        version: 1
        clusters:
            a:
                product: sandbox
                files: [ shared ]
            b: {product: clustered,  url: 'https://b.example.com', files: [prod]}
        """);
    assertThat(user().run("fmt", "fleet.yaml")).exited(0).printedExactly("fleet.yaml\n");
    Assertions.assertThat(folder.resolve("fleet.yaml"))
        .hasContent(
            """
            version: 1

            clusters:
              a:
                product: sandbox
                files: [shared]

              b: {product: clustered, url: "https://b.example.com", files: [prod]}
            """);
    assertThat(user().run("fleet", "list", "--offline")).exited(0);
  }

  @Test
  void aTokenOfAClusterIsNeverShown() throws IOException {
    String secret = "a-secret-of-another-cluster";
    write("tokens.yaml", "{version: 1, tokens: {a: {description: " + secret + "}}}");
    assertThat(
            user()
                .with("INFLUX_DB_MANAGEMENT_TOKEN_PROD_EU", secret)
                .run("validate", "-f", "tokens.yaml", "--format", "json"))
        .neverShowed(secret);
    assertThat(user().with("INFLUX_DB_MANAGEMENT_TOKEN_PROD_EU", secret).run("explain", secret))
        .neverShowed(secret)
        .complained("[secret]");
  }
}
