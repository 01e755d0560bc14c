package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.fault.Faults;
import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans of several clusters over HTTP: the first sandbox is dev-eu, the second is prod-eu. */
class FleetPlanCommandTest extends CommandTest {
  private static final String NOTHING = "{version: 1, tokens: {grafana: {description: Grafana}}}";
  private static final String DIGEST = "sha256:[0-9a-f]{64}";

  private final List<RecordedRequest> otherRequests = new CopyOnWriteArrayList<>();
  private final List<AutoCloseable> open = new ArrayList<>();
  private Sandbox other;

  @BeforeEach
  void files() throws IOException {
    other = start(otherRequests);
    write(
        "shared/tokens.yaml",
        """
        version: 1
        guardrails: {unmanaged-token: off}
        tokens:
          grafana: {description: Grafana, permissions: {read: [metrics, logs]}}
        """);
    write(
        "prod/tokens.yaml",
        "{version: 1, tokens: {telegraf: {description: Telegraf, permissions: {write: [metrics]}}}}");
    usualFleet();
  }

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable server : open) {
      server.close();
    }
  }

  private Sandbox start(List<RecordedRequest> told, String... faults) {
    Sandbox started =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(SEED)
                .listener(told::add)
                .faults(Faults.parse(List.of(faults), 1))
                .build());
    open.add(started);
    return started;
  }

  private ScriptedServer scripted(String... answers) {
    ScriptedServer server = ScriptedServer.answering(answers);
    open.add(server);
    return server;
  }

  private void write(String path, String text) throws IOException {
    Path file = folder.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String read(String path) throws IOException {
    return Files.readString(folder.resolve(path));
  }

  private void usualFleet() throws IOException {
    fleet(
        cluster("dev-eu", sandbox.url(), "shared", "env: dev"),
        cluster("prod-eu", other.url(), "shared, prod", "env: prod"));
  }

  private void fleet(String... clusters) throws IOException {
    write(
        "fleet.yaml",
        "version: 1\nclusters:\n"
            + String.join("", clusters)
            + "waves: [{env: dev}, {env: prod}]\n");
  }

  private static String cluster(String name, Object url, String files, String labels) {
    return "  %s: {product: clustered, url: '%s', files: [%s], labels: {%s}}\n"
        .formatted(name, url, files, labels);
  }

  private Cli user() {
    return Cli.in(folder)
        .withManagementToken()
        .with("XDG_CONFIG_HOME", configuration.toString())
        .with("COLUMNS", "1000");
  }

  private Cli.Run plan(String... more) {
    return plan(user(), more);
  }

  private static Cli.Run plan(Cli user, String... more) {
    List<String> words =
        new ArrayList<>(List.of("plan", "--fleet", "fleet.yaml", "--trust-fleet-hosts"));
    words.addAll(Arrays.asList(more));
    return user.run(words.toArray(String[]::new));
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text);
  }

  /** What a folder holds, by name. */
  private Map<String, String> folder(String name) throws IOException {
    Map<String, String> files = new TreeMap<>();
    try (Stream<Path> all = Files.list(folder.resolve(name))) {
      for (Path file : all.toList()) {
        files.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return files;
  }

  // --- what is shown

  @Test
  void anExceptionThatOneClusterUsesIsNoWarning() throws IOException {
    Sandbox alone =
        Sandbox.start(SandboxOptions.builder().seedJson(SEED.replace("Telegraf", "Alone")).build());
    open.add(alone);
    write(
        "shared/tokens.yaml",
        """
        version: 1
        guardrails:
          unmanaged-token: {level: off}
          wildcard-read: {level: warn, except: [grafana, typo-name]}
        tokens:
          grafana: {description: Grafana, permissions: {read: [metrics, logs]}}
        """);
    write(
        "platform.yaml",
        "version: 1\nguardrails: {unmanaged-token: {level: warn, except: [Alone, Telegraf, Gone]}}\n");
    fleet(
        cluster("dev-eu", sandbox.url(), "shared", "env: dev"),
        cluster("prod-eu", alone.url(), "shared", "env: prod"));

    assertThat(cli().run("plan", "--trust-fleet-hosts", "--platform", "platform.yaml"))
        .exited(0)
        .complained(
            "warning[unused-exception]: \"Gone\" excepts no token from unmanaged-token",
            "warning[unused-exception]: \"typo-name\" excepts no token from wildcard-read")
        .neverShowed("\"Alone\" excepts")
        .neverShowed("\"Telegraf\" excepts");
    assertThat(
            cli()
                .run(
                    "plan",
                    "--trust-fleet-hosts",
                    "--platform",
                    "platform.yaml",
                    "--only",
                    "dev-eu"))
        .exited(0)
        .neverShowed("unused-exception");
    for (String share : List.of("0", "1")) {
      assertThat(
              cli()
                  .run(
                      "plan",
                      "--trust-fleet-hosts",
                      "--platform",
                      "platform.yaml",
                      "--shard",
                      share + "/2",
                      "--out",
                      "shares/" + share))
          .exited(0);
    }
    assertThat(cli().run("fleet", "merge", "shares/0", "shares/1", "--out", "plans"))
        .exited(0)
        .complained("\"Gone\" excepts no token from unmanaged-token")
        .neverShowed("\"Alone\" excepts");
  }

  @Test
  void theTableComesFirstAndThenEachPlan() {
    Cli.Run run = plan();
    assertThat(run).exited(0).complainedOfNothing();
    Assertions.assertThat(shown(run.out()))
        .isEqualTo(
            """
            CLUSTER  WAVE  CREATES  WIDENS  NARROWS  RESULT
            dev-eu   1              1                1 change
            prod-eu  2              1       1        2 changes

            dev-eu (wave 1, env=dev)
            Cluster DEV (clustered): 2 active tokens, 1 in the policy

            Wave 1: only grants, or leaves access alone

              ~ grafana  11111111-0000-4000-8000-000000000001  shared/tokens.yaml:4  widens
                  + read  logs
                    read  metrics

            By database
              logs  + grafana read

            Unmanaged: active, not in the policy, left alone
              22222222-0000-4000-8000-000000000002  "Telegraf"  write *

            Plan: 1 to update, 0 unchanged, 1 unmanaged. Effects: widens 1.
            Digest: DIGEST

            prod-eu (wave 2, env=prod)
            Cluster PROD (clustered): 2 active tokens, 2 in the policy

            Wave 1: only grants, or leaves access alone

              ~ grafana   11111111-0000-4000-8000-000000000001  shared/tokens.yaml:4  widens
                  + read  logs
                    read  metrics

            Wave 2: only takes

              ~ telegraf  22222222-0000-4000-8000-000000000002  prod/tokens.yaml:1    narrows
                  - write  *
                    write  metrics  was part of write *

            By database
              (all)  - telegraf write, keeps metrics
              logs   + grafana read

            Plan: 2 to update, 0 unchanged, 0 unmanaged. Effects: widens 1, narrows 1.
            Digest: DIGEST

            Fleet: 2 clusters, 2 with changes. Changes: 3 to update. Effects: widens 2, narrows 1.
            Digest: DIGEST
            """);
    Assertions.assertThat(requests).allMatch(request -> request.method().equals("GET"));
    Assertions.assertThat(otherRequests).allMatch(request -> request.method().equals("GET"));
  }

  /** Without what differs from run to run. */
  private String shown(String text) {
    return text.replaceAll(DIGEST, "DIGEST")
        .replace(sandbox.url().toString(), "DEV")
        .replace(other.url().toString(), "PROD");
  }

  @Test
  void thatNothingChangesIsALineForEach() throws IOException {
    write("shared/tokens.yaml", NOTHING);
    write("prod/tokens.yaml", "{version: 1, tokens: {telegraf: {description: Telegraf}}}");
    assertThat(plan("--detailed-exitcode"))
        .exited(0)
        .printed("dev-eu (", "prod-eu (", "Fleet: 2 clusters, 2 unchanged.\n");
  }

  @Test
  void changesHaveAnExitCodeOfTheirOwnWhereThatIsAsked() {
    assertThat(plan("--detailed-exitcode")).exited(2);
    assertThat(plan()).exited(0);
  }

  @Test
  void aFindingInASharedFileIsToldOnceWithItsClusters() throws IOException {
    write(
        "shared/tokens.yaml",
        "{version: 1, tokens: {grafana: {description: Grafana, permissions: {read: [metrics, nowhere]}}}}");
    Cli.Run run = plan();
    assertThat(run).exited(0).complained("clusters: dev-eu, prod-eu");
    Assertions.assertThat(run.err().split("\\[unknown-database]", -1)).hasSize(2);
    Assertions.assertThat(run.out()).doesNotContain("unknown-database");
  }

  @Test
  void everyFormatHasBothClusters() throws IOException {
    assertThat(plan("--format", "markdown"))
        .exited(0)
        .complainedOfNothing()
        .printed("dev-eu", "prod-eu", "<details", "grafana", "telegraf");
    assertThat(plan("--format", "diff"))
        .exited(0)
        .printed("# dev-eu (", "# prod-eu (", "+++ policy/dev-eu", "+++ policy/prod-eu");
    write(
        "shared/tokens.yaml",
        "{version: 1, tokens: {grafana: {description: Grafana, permissions: {read: [metrics, nowhere]}}}}");
    Cli.Run github = plan("--format", "github");
    assertThat(github).exited(0).printed("file=shared/tokens.yaml,line=1");
    Assertions.assertThat(github.out().lines().filter(line -> line.contains("unknown-database")))
        .as(github.out())
        .hasSize(1)
        .allMatch(line -> line.endsWith("clusters: dev-eu, prod-eu"));
  }

  @Test
  void theDocumentIsWhatItsSchemaSays() throws IOException {
    Cli.Run run = plan("--format", "json");
    assertThat(run).exited(0).complainedOfNothing();
    JsonNode document = json(run.out());
    Assertions.assertThat(Schemas.problems("fleet-plan.schema.json", document)).isEmpty();
    Assertions.assertThat(document.at("/summary/clusters").asInt()).isEqualTo(2);
    Assertions.assertThat(document.path("clusters"))
        .extracting(
            cluster ->
                cluster.path("name").asText()
                    + " "
                    + cluster.path("wave").asInt()
                    + " "
                    + cluster.path("verdict").asText()
                    + " "
                    + cluster.at("/counts/changes").asInt())
        .containsExactly("dev-eu 1 changes 1", "prod-eu 2 changes 2");
  }

  @Test
  void formsGoIntoFilesBesideTheText() throws IOException {
    assertThat(
            plan(
                "--format",
                "text",
                "--format",
                "json=out.json",
                "--format",
                "markdown=out.md",
                "--format",
                "diff=out.diff",
                "--format",
                "github=out.txt"))
        .exited(0)
        .printed("Fleet: 2 clusters, ");
    Assertions.assertThat(read("out.json")).isEqualTo(plan("--format", "json").out());
    Assertions.assertThat(read("out.md")).isEqualTo(plan("--format", "markdown").out());
    Assertions.assertThat(read("out.diff")).isEqualTo(plan("--format", "diff").out());
    Assertions.assertThat(folder.resolve("out.txt")).exists();
    write("out.json", "{}");
    assertThat(plan("--format", "json=shared/tokens.yaml"))
        .exited(64)
        .complained("an output would replace shared/tokens.yaml, which is read as");
    assertThat(plan("--format", "json=fleet.yaml")).exited(64);
    Assertions.assertThat(read("fleet.yaml")).startsWith("version: 1\nclusters:");
  }

  // --- the folder of plans

  @Test
  void aFolderHasAPlanForEachAndAManifest() throws IOException {
    Cli.Run run = plan("--out", "plans");
    assertThat(run).exited(0).complained("the plans are in plans; the digest of the fleet is ");
    assertThat(run).complained("next: tokenform apply plans");
    Map<String, String> files = folder("plans");
    Assertions.assertThat(files)
        .containsOnlyKeys("dev-eu.plan.json", "fleet.json", "prod-eu.plan.json");
    JsonNode manifest = json(files.get("fleet.json"));
    Assertions.assertThat(Schemas.problems("fleet-plan.schema.json", manifest)).isEmpty();
    Assertions.assertThat(run.err() + run.out()).contains(manifest.path("digest").asText());
    Assertions.assertThat(manifest.path("clusters"))
        .extracting(cluster -> cluster.path("file").asText())
        .containsExactly("dev-eu.plan.json", "prod-eu.plan.json");
  }

  @Test
  void plansOfClustersThatAreGoneGoAndOtherFilesStay() throws IOException {
    assertThat(plan("--out", "plans")).exited(0);
    write("plans/notes.txt", "mine");
    write("plans/single.plan.json", "mine");
    assertThat(plan("--out", "plans", "--only", "dev-eu")).exited(0);
    Assertions.assertThat(folder("plans"))
        .containsOnlyKeys("dev-eu.plan.json", "fleet.json", "notes.txt", "single.plan.json");
    Assertions.assertThat(json(read("plans/fleet.json")).path("clusters")).hasSize(1);
  }

  @Test
  void noOutputStandsAmongThePlans() throws IOException {
    for (String name : List.of("all.plan.json", "dev-eu.plan.json", "fleet.json")) {
      assertThat(plan("--out", "plans", "--format", "json=x/../plans/" + name))
          .exited(64)
          .complained("an output would be x/../plans/" + name + ", and the plans of --out have");
    }
    Assertions.assertThat(folder.resolve("plans")).doesNotExist();
    Assertions.assertThat(requests).isEmpty();
    assertThat(plan("--out", "plans", "--format", "json=plans/all.json")).exited(0);
    Assertions.assertThat(json(read("plans/all.json")).path("clusters")).hasSize(2);
  }

  @Test
  void aFolderWhosePlansWouldBeReadAsPoliciesIsRefused() throws IOException {
    assertThat(plan("--out", "shared/plans"))
        .exited(64)
        .complained("--out names a folder, shared/plans, whose files are read as the policy");
    Assertions.assertThat(folder("shared/plans")).isEmpty();
    Assertions.assertThat(requests).isEmpty();
    assertThat(plan("--out", "shared/.plans")).exited(0);
    assertThat(user().run("fleet", "merge", "shared/.plans", "--out", "shared/plans"))
        .exited(64)
        .complained("--out names a folder, shared/plans");
    write("fleet.yaml", read("fleet.yaml").replace("[shared, prod]", "[shared, out/fleet.json]"));
    assertThat(plan("--out", "out")).exited(64).complained("--out names a folder, out, whose");
  }

  @Test
  void whatIsReadAsAPolicyIsNotReplacedByWhyItCannotBe() throws IOException {
    Files.move(folder.resolve("prod/tokens.yaml"), folder.resolve("prod/tokens.json"));
    String policy = read("prod/tokens.json");
    assertThat(plan("--format", "json=prod/tokens.json"))
        .exited(64)
        .complained("an output would replace prod/tokens.json");
    Assertions.assertThat(read("prod/tokens.json")).isEqualTo(policy);
  }

  @Test
  void aFolderThatIsAFileIsRefused() throws IOException {
    write("plans", "mine");
    assertThat(plan("--out", "plans"))
        .exited(64)
        .complained("--out names a file, plans, and the plans of a fleet need a folder")
        .printedNothing();
    Assertions.assertThat(read("plans")).isEqualTo("mine");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void nothingIsWrittenThroughALink() throws IOException {
    write("elsewhere/keep.txt", "mine");
    write("mine.json", "{}");
    Files.createSymbolicLink(folder.resolve("plans"), folder.resolve("elsewhere"));
    assertThat(plan("--out", "plans")).exited(1).complained("plans is not written: ");
    Assertions.assertThat(folder("elsewhere")).containsOnlyKeys("keep.txt");
    Assertions.assertThat(requests).isEmpty();

    for (String name : List.of("dev-eu.plan.json", "fleet.json")) {
      Files.createDirectories(folder.resolve("to-" + name));
      Path link = folder.resolve("to-" + name).resolve(name);
      Files.createSymbolicLink(link, folder.resolve("mine.json"));
      assertThat(plan("--out", "to-" + name)).exited(1).complained(name + " is not written: ");
      Assertions.assertThat(read("mine.json")).isEqualTo("{}");
      Assertions.assertThat(folder.resolve("to-" + name + "/prod-eu.plan.json"))
          .as("a folder whose manifest cannot be written")
          .satisfies(
              file -> {
                if (name.equals("fleet.json")) {
                  Assertions.assertThat(file).doesNotExist();
                }
              });
    }
  }

  @Test
  void anEarlierManifestIsVoidBeforeAnyClusterIsAsked() throws Exception {
    assertThat(plan("--out", "plans", "--format", "json=plan.json")).exited(0);
    List<String> seen = new CopyOnWriteArrayList<>();
    ScriptedServer looking =
        ScriptedServer.playing(
            (number, request, wire) -> {
              seen.add(read("plans/fleet.json") + read("plan.json"));
              wire.send(ScriptedServer.json(200, "[]"));
            });
    open.add(looking);
    fleet(
        cluster("dev-eu", looking.url(), "shared", "env: dev"),
        cluster("prod-eu", other.url(), "shared, prod", "env: prod"));
    assertThat(plan("--out", "plans", "--format", "json=plan.json")).exited(3);
    Assertions.assertThat(seen)
        .isNotEmpty()
        .allMatch(text -> text.split("did not finish", -1).length == 3)
        .noneMatch(text -> text.contains("\"clusters\""));
    Assertions.assertThat(json(read("plans/fleet.json")).path("clusters")).hasSize(2);
  }

  @Test
  void aFleetFileThatIsWrongLeavesNoEarlierPlan() throws IOException {
    assertThat(plan("--out", "plans")).exited(0);
    write("fleet.yaml", "{version: 1, clusters: {a: {}}}");
    assertThat(plan("--out", "plans")).exited(1);
    Assertions.assertThat(json(read("plans/fleet.json")).has("clusters")).isFalse();
    Assertions.assertThat(json(read("plans/fleet.json")).at("/error/message").asText())
        .isNotBlank();

    Cli.Run run = plan("--format", "json");
    assertThat(run).exited(1);
    Assertions.assertThat(json(run.out()).at("/error/message").asText()).isNotBlank();
  }

  @Test
  void aPlatformFileThatIsWrongLeavesNoEarlierPlan() throws IOException {
    assertThat(plan("--out", "plans")).exited(0);
    write("platform.yaml", "{version: 1, tokens: {}}");
    assertThat(plan("--out", "plans", "--platform", "platform.yaml")).exited(1);
    Assertions.assertThat(json(read("plans/fleet.json")).has("clusters")).isFalse();
    Assertions.assertThat(requests).hasSize(2);
  }

  // --- which clusters and tokens

  @Test
  void onlyTheClustersThatAreMeantAreAsked() {
    assertThat(plan("--only", "env=prod")).exited(0).printed("Fleet: 1 cluster, ");
    Assertions.assertThat(requests).isEmpty();
    Assertions.assertThat(otherRequests).isNotEmpty();
    assertThat(user().run("plan", "--only", "dev-*", "--trust-fleet-hosts"))
        .exited(0)
        .printed("dev-eu");
    assertThat(plan("--only", "stage-*")).exited(64).complained("--only stage-*: ");
  }

  @Test
  void allSharesTogetherAreTheWholeAndAShareMayBeEmpty() throws IOException {
    JsonNode whole = json(plan("--format", "json").out()).path("clusters");
    List<JsonNode> shares = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Cli.Run run =
          plan(
              "--format",
              "json",
              "--shard",
              i + "/3",
              "--out",
              "share-" + i,
              "--format",
              "github=share-" + i + ".txt");
      assertThat(run).exited(0);
      JsonNode document = json(run.out());
      document.path("clusters").forEach(shares::add);
      if (document.path("clusters").isEmpty()) {
        assertThat(run).complained("the share " + i + "/3 has no cluster; there is nothing to do");
        Assertions.assertThat(document.path("nothing").asText()).contains("has no cluster");
        Assertions.assertThat(read("share-" + i + "/fleet.json")).isEqualTo(run.out());
        Assertions.assertThat(Schemas.problems("fleet-plan.schema.json", document)).isEmpty();
        Assertions.assertThat(read("share-" + i + ".txt")).isEmpty();
      }
    }
    Assertions.assertThat(shares).containsExactlyInAnyOrderElementsOf(() -> whole.elements());
    assertThat(plan("--shard", "3/3")).exited(64);
  }

  @Test
  void aTargetIsATokenOfAnyCluster() {
    assertThat(plan("--target", "telegraf"))
        .exited(0)
        .printed("dev-eu", "telegraf")
        .printed("Fleet: 2 clusters, ");
    assertThat(plan("--exclude", "telegraf", "--detailed-exitcode")).exited(2);
    assertThat(plan("--allow", "lockout:telegraf")).exited(0);
    for (String option : List.of("--target", "--exclude")) {
      assertThat(plan(option, "telegraff")).exited(64).complained("telegraff").printedNothing();
    }
    assertThat(plan("--allow", "lockout:telegraff")).exited(64).complained("telegraff");
  }

  @Test
  void whatNamesOneClusterOrOnePolicyIsRefused() {
    assertThat(plan("-f", "shared")).exited(64).complained("-f").printedNothing();
    for (String option : List.of("--url", "--profile", "--account", "--cluster")) {
      String value =
          option.equals("--url")
              ? "http://127.0.0.1:1"
              : option.equals("--profile") ? "x" : "33333333-3333-4333-8333-333333333333";
      assertThat(plan(option, value))
          .exited(64)
          .complained(option + " is about one cluster, and --fleet names several")
          .printedNothing();
    }
    Assertions.assertThat(requests).isEmpty();
  }

  // --- what goes wrong in one of them

  @Test
  void whatIsWrongWithOneClusterHidesNoOther() throws IOException {
    ScriptedServer page =
        scripted(
            ScriptedServer.answer(
                200, "Content-Type: text/html", "<html><title>Sign in</title></html>"));
    write("broken/tokens.yaml", "{version: 1, tokns: {}}");
    fleet(
        cluster("good", sandbox.url(), "shared", "env: dev"),
        cluster("down", "http://127.0.0.1:1", "shared", "env: dev"),
        cluster("html", page.url(), "shared", "env: dev"),
        cluster(
            "refused",
            sandbox.url().toString().replace("127.0.0.1", "localhost"),
            "shared",
            "env: dev"),
        cluster("broken", "http://127.0.0.1:2", "broken", "env: dev"),
        cluster("prod-eu", other.url(), "shared, prod", "env: prod"));
    write("platform.yaml", "{version: 1, guardrails: {max-changes: {level: deny, changes: 1}}}");
    Cli user =
        user()
            .with("INFLUX_DB_MANAGEMENT_TOKEN_REFUSED", "wrong-token-of-the-refused")
            .with("INFLUX_DB_MANAGEMENT_TOKEN_HTML", "secret-for-the-page");
    String[] options = {"--max-attempts", "1", "--platform", "platform.yaml", "--format", "json"};
    Cli.Run run = plan(user, options);

    assertThat(run)
        .exited(1)
        .complained(
            "4 clusters without a plan, down, html, refused, broken; 1 cluster denied by a guardrail"
                + " or an expectation, prod-eu: the fleet may not be applied as it stands",
            "broken/tokens.yaml:1:14: error[unknown-key]")
        .neverShowed("wrong-token")
        .neverShowed("secret-for");
    JsonNode document = json(run.out());
    Assertions.assertThat(Schemas.problems("fleet-plan.schema.json", document)).isEmpty();
    Assertions.assertThat(document.path("clusters"))
        .extracting(
            cluster -> cluster.path("name").asText() + " " + cluster.path("verdict").asText())
        .containsExactly(
            "good changes",
            "down failed",
            "html failed",
            "refused failed",
            "broken failed",
            "prod-eu denied");
    Assertions.assertThat(document.path("clusters"))
        .extracting(cluster -> cluster.at("/error/message").asText())
        .satisfies(
            messages -> {
              Assertions.assertThat(messages.get(1)).contains("nothing answers");
              Assertions.assertThat(messages.get(2)).containsIgnoringCase("HTML");
              Assertions.assertThat(messages.get(3)).contains("401");
              Assertions.assertThat(messages.get(4)).isEqualTo("its policy has 1 error");
            });

    Cli.Run text =
        plan(user, "--max-attempts", "1", "--platform", "platform.yaml", "--out", "plans");
    assertThat(text).exited(1).printed("There is no plan: ", "Fleet: 6 clusters, ");
    Assertions.assertThat(folder("plans"))
        .containsOnlyKeys("fleet.json", "good.plan.json", "prod-eu.plan.json");
    folder("plans")
        .values()
        .forEach(file -> Assertions.assertThat(file).doesNotContain("wrong-token", "secret-for"));
  }

  @Test
  void theExitCodeIsThatOfTheWorst() throws IOException {
    write("platform.yaml", "{version: 1, guardrails: {max-changes: {level: deny, changes: 1}}}");
    String[] denied = {"--platform", "platform.yaml", "--detailed-exitcode"};
    assertThat(plan(denied)).exited(3);
    fleet(
        cluster("down", "http://127.0.0.1:1", "shared", "env: dev"),
        cluster("prod-eu", other.url(), "shared, prod", "env: prod"));
    assertThat(plan("--platform", "platform.yaml", "--max-attempts", "1")).exited(1);
    assertThat(plan("--only", "prod-eu", "--platform", "platform.yaml")).exited(3);
  }

  @Test
  void hostsThatOnlyTheFleetFileNamesAreRefused() throws IOException {
    String[] plan = {"plan", "--fleet", "fleet.yaml"};
    assertThat(user().run(plan))
        .exited(1)
        .printed("fleet.yaml:3:37 alone names the host " + sandbox.url(), "--trust-fleet-hosts");
    Assertions.assertThat(requests).isEmpty();
    Assertions.assertThat(otherRequests).isEmpty();

    write("platform.yaml", "{version: 1, hosts: ['" + other.url() + "']}");
    Cli.Run run = user().run("plan", "--fleet", "fleet.yaml", "--platform", "platform.yaml");
    assertThat(run).exited(1).printed("alone names the host " + sandbox.url());
    Assertions.assertThat(requests).isEmpty();
    Assertions.assertThat(otherRequests).hasSize(2);
  }

  // --- secrets

  @Test
  void theTokenOfAVariableGoesToItsClusterAlone() throws IOException {
    String tokens =
        """
        [{"id": "%s", "description": "Grafana of secret-of-dev-eu", "permissions": []}]
        """
            .formatted(GRAFANA);
    ScriptedServer dev = scripted(ScriptedServer.json(200, tokens));
    ScriptedServer prod = scripted(ScriptedServer.json(200, tokens));
    ScriptedServer rest = scripted(ScriptedServer.json(403, "{\"message\": \"secret-of-dev-eu\"}"));
    fleet(
        cluster("dev-eu", dev.url(), "shared", "env: dev"),
        cluster("prod-eu", prod.url(), "shared", "env: prod"),
        cluster("prod-us", rest.url(), "shared", "env: prod"));
    Cli user =
        user()
            .with("INFLUX_DB_MANAGEMENT_TOKEN", "secret-of-the-rest")
            .with("INFLUX_DB_MANAGEMENT_TOKEN_DEV_EU", "secret-of-dev-eu")
            .with("INFLUX_DB_MANAGEMENT_TOKEN_PROD_EU", "secret-of-prod-eu");
    for (String level : List.of("--max-attempts=1", "--trace")) {
      assertThat(
              plan(
                  user,
                  "--format",
                  "json=a.json",
                  "--format",
                  "markdown=a.md",
                  "--out",
                  "p",
                  level))
          .exited(1)
          .neverShowed("secret-of");
    }
    for (String file : List.of("a.json", "a.md", "p/fleet.json")) {
      Assertions.assertThat(read(file)).as(file).doesNotContain("secret-of");
    }
    Assertions.assertThat(tokensOf(dev)).containsOnly("Bearer secret-of-dev-eu");
    Assertions.assertThat(tokensOf(prod)).containsOnly("Bearer secret-of-prod-eu");
    Assertions.assertThat(tokensOf(rest)).containsOnly("Bearer secret-of-the-rest");
  }

  private static List<String> tokensOf(ScriptedServer server) {
    return server.requests().stream()
        .map(request -> request.header("Authorization").orElse("none"))
        .toList();
  }

  @Test
  void aPolicyThatHoldsTheTokenOfAnotherClusterIsRefusedWhateverIsAskedFirst() throws IOException {
    write(
        "influxctl/config.toml",
        """
        [[profile]]
        name = 'prod-eu'
        product = 'clustered'
        host = '127.0.0.1'
        port = '%d'
        mgmt_token = 'hidden-until-it-is-read'
        """
            .formatted(other.url().getPort()));
    write("shared/tokens.yaml", NOTHING.replace("Grafana", "hidden-until-it-is-read"));
    Cli user =
        Cli.in(folder)
            .with("XDG_CONFIG_HOME", folder.toString())
            .with("INFLUX_DB_MANAGEMENT_TOKEN_DEV_EU", "sandbox-management-token");
    assertThat(plan(user, "--max-attempts", "1"))
        .exited(1)
        .neverShowed("hidden-until")
        .printed("2 clusters");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aTokenCommandThatFailsIsRunOnce() {
    Cli user = Cli.in(folder).with("XDG_CONFIG_HOME", configuration.toString());
    assertThat(plan(user, "--management-token-command", "echo run >> runs; exit 3"))
        .exited(1)
        .printed("dev-eu", "prod-eu");
    Assertions.assertThat(folder.resolve("runs")).hasContent("run");
    Assertions.assertThat(requests).isEmpty();
  }

  // --- whatever ends first

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void outputIsTheSameWhateverEndsFirst(long seed) throws IOException {
    System.out.println("FleetPlanCommandTest: fleets whose answers come late, seed " + seed);
    Random random = new Random(seed);
    List<List<String>> runs = new ArrayList<>();
    int count = 12;
    List<String> policies = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      policies.add(random.nextBoolean() ? "shared" : random.nextBoolean() ? "shared, prod" : "odd");
    }
    write(
        "odd/tokens.yaml",
        "{version: 1, tokens: {nobody: {description: Nobody}, telegraf: {description: Telegraf,"
            + " permissions: {write: [nowhere]}}}}");
    List<Sandbox> servers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Faults faults = Faults.parse(List.of("delay=0ms..40ms"), random.nextLong());
      Sandbox server =
          Sandbox.start(SandboxOptions.builder().seedJson(SEED).faults(faults).build());
      open.add(server);
      servers.add(server);
    }
    String[] clusters = new String[count];
    for (int i = 0; i < count; i++) {
      Object url = i == 5 ? "http://127.0.0.1:1" : servers.get(i).url();
      clusters[i] =
          cluster("c-" + i, url, policies.get(i), "env: " + (i % 2 == 0 ? "dev" : "prod"));
    }
    fleet(clusters);
    for (int run = 0; run < 6; run++) {
      List<String> all = new ArrayList<>();
      Cli.Run told =
          plan(
              "--max-attempts=1",
              "--format=text",
              "--format=text=a.text",
              "--format=json=a.json",
              "--format=markdown=a.md",
              "--format=diff=a.diff",
              "--format=github=a.github",
              "--out=plans");
      all.add(told.out());
      // How far it is by when depends on the clock.
      all.add(told.err().replaceAll("(?m)^\\d+ of \\d+ clusters have answered\n", ""));
      for (String form : List.of("text", "json", "md", "diff", "github")) {
        all.add(read("a." + form));
      }
      folder("plans").forEach((name, text) -> all.add(name + "\n" + text));
      runs.add(all);
    }
    for (List<String> run : runs) {
      Assertions.assertThat(run).as("seed " + seed).isEqualTo(runs.get(0));
    }
  }

  /** The schemas, which refer to each other. */
  private static final class Schemas {
    private static final String ROOT =
        "https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/";

    static List<String> problems(String name, JsonNode document) throws IOException {
      Map<String, String> all = new TreeMap<>();
      try (Stream<Path> files = Files.list(Path.of("schemas"))) {
        for (Path file : files.toList()) {
          all.put(ROOT + file.getFileName(), Files.readString(file));
        }
      }
      return SchemaRegistry.withDefaultDialect(
              SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(all))
          .getSchema(SchemaLocation.of(ROOT + name))
          .validate(document)
          .stream()
          .map(Object::toString)
          .toList();
    }
  }

  @Test
  void changesOfDatabasesAreInTheTable() throws IOException {
    write(
        "prod/tokens.yaml",
        "{version: 1, tokens: {}, databases: {orders: {retention: 90d}, metrics: {}}}");

    assertThat(plan())
        .exited(0)
        .printed(
            """
            CLUSTER  WAVE  CREATES  WIDENS  NARROWS  DATABASES  RESULT
            dev-eu   1              1                           1 change
            prod-eu  2              1                1          2 changes
            """,
            " Changes: 2 to update, 1 database to create. ");
  }
}
