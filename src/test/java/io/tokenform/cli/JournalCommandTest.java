package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JournalCommandTest extends CommandTest {
  private static final String NAME = "20251231T120000Z-0123456789ab.jsonl";

  private static final String BEGUN =
      """
      {"event":"begun","at":"2025-12-31T12:00:00Z","version":1,"toolVersion":"0.1.0","user":"anna","host":"ci-1","pid":7,"plan":"sha256:%s","cluster":{"product":"clustered","url":"https://influx.example.com"},"order":"grant-first","changes":4}
      """
          .formatted("0123456789abcdef".repeat(4));

  private static final String CHANGES =
      started("grafana", GRAFANA.toString())
          + started("telegraf", TELEGRAF.toString())
          + started("backup", "33333333-0000-4000-8000-000000000003")
          + event(
              "attempt",
              GRAFANA.toString(),
              ",\"number\":1,\"status\":503,\"problem\":\"503"
                  + " busy\",\"tookMillis\":3,\"retryInMillis\":9")
          + event("attempt", GRAFANA.toString(), ",\"number\":2,\"status\":200,\"tookMillis\":3")
          + event("applied", GRAFANA.toString(), "")
          + event(
              "attempt",
              TELEGRAF.toString(),
              ",\"number\":1,\"status\":409,\"problem\":\"409 no\",\"tookMillis\":3")
          + event(
              "failed",
              TELEGRAF.toString(),
              ",\"reason\":\"PATCH /x: 409 no\",\"mayHaveHappened\":false");

  private static final String ENDED =
      """
      {"event":"ended","at":"2025-12-31T12:00:05.25Z","applied":1,"failed":1,"drifted":0,"unknown":0,"notAttempted":2,"stop":"somebody stopped it"}
      """;

  @Test
  void withoutJournalsTheListSaysSo() {
    assertThat(cli().run("journal", "list"))
        .exited(0)
        .printedExactly("There are no journals here.\n")
        .complainedOfNothing();
    assertThat(cli().run("journal", "list", "--format", "json"))
        .exited(0)
        .printedExactly("{\n  \"journals\" : [ ]\n}\n");
    assertThat(cli().run("journal", "show"))
        .exited(1)
        .complained("error: there are no journals in " + folder.resolve(".tokenform/journal"));
  }

  @Test
  void theListHasTheJournalsOfAllClustersOfAFleet() throws IOException {
    journal("prod-eu/" + NAME, BEGUN.replace("12:00:00Z", "12:00:01Z") + ENDED);
    journal("dev-eu/20251231T120000Z-ab0123456789.jsonl", BEGUN + ENDED);
    Files.createDirectories(folder.resolve(".tokenform/journal/empty"));

    assertThat(cli().run("journal", "list"))
        .exited(0)
        .printedExactly(
            """
            JOURNAL                              BEGUN                    BY         CLUSTER  RESULT
            20251231T120000Z-ab0123456789.jsonl  2025-12-31 12:00:00 UTC  anna@ci-1  dev-eu   0 applied, 4 not attempted
            20251231T120000Z-0123456789ab.jsonl  2025-12-31 12:00:01 UTC  anna@ci-1  prod-eu  0 applied, 4 not attempted
            """);
    JsonNode json =
        new ObjectMapper()
            .readTree(cli().run("journal", "list", "--only", "prod-eu", "--format", "json").out());
    Assertions.assertThat(json.at("/journals")).hasSize(1);
    Assertions.assertThat(json.at("/journals/0/fleetCluster").asText()).isEqualTo("prod-eu");
    for (List<String> command :
        List.of(
            List.of("journal", "show"),
            List.of("rollback", "latest", "--auto-approve"),
            List.of("journal", "show", NAME))) {
      assertThat(cli().run(command.toArray(String[]::new)))
          .exited(1)
          .complained(
              "hint: there are journals of clusters of a fleet, dev-eu, prod-eu: name one of them, as")
          .complained("--only dev-eu");
    }
  }

  @Test
  void aClusterWithoutJournalsThatIsInNoFleetIsAnError() throws IOException {
    journal("prod-eu/" + NAME, BEGUN + ENDED);
    Files.writeString(
        folder.resolve("fleet.yaml"),
        """
        version: 1
        clusters:
          prod-eu: {product: clustered, url: https://eu.example.com, files: [shared]}
          prod-us: {product: clustered, url: https://us.example.com, files: [shared]}
        """);

    assertThat(cli().run("journal", "list", "--only", "prod-us"))
        .exited(0)
        .printedExactly("There are no journals here.\n");
    assertThat(cli().run("journal", "list", "--only", "prd-eu"))
        .exited(1)
        .complained("there are no journals of a cluster \"prd-eu\" in ")
        .complained("hint: did you mean \"prod-eu\"?");
    assertThat(cli().run("journal", "show", "--only", "canary"))
        .exited(1)
        .complained("there are no journals of a cluster \"canary\" in ")
        .complained("hint: there are journals of clusters of a fleet, prod-eu: name one of them");
  }

  @Test
  void theListHasALineForEachApply() throws IOException {
    journal(NAME, BEGUN + CHANGES + ENDED);
    journal("20251231T120001Z-0123456789ab.jsonl", BEGUN + CHANGES);

    assertThat(cli().run("journal", "list"))
        .exited(0)
        .printedExactly(
            """
            JOURNAL                              BEGUN                    BY         CLUSTER             RESULT
            20251231T120000Z-0123456789ab.jsonl  2025-12-31 12:00:00 UTC  anna@ci-1  influx.example.com  1 applied, 1 failed, 1 not attempted, 1 without an answer
            20251231T120001Z-0123456789ab.jsonl  2025-12-31 12:00:00 UTC  anna@ci-1  influx.example.com  1 applied, 1 failed, 1 not attempted, 1 without an answer, not ended
            """)
        .complainedOfNothing();
  }

  @Test
  void theListSaysWhichCommitItWasAndWhyAndShowHasBeforeAndAfter() throws IOException {
    policyForSandbox(TOKENS);
    Cli ci =
        cli()
            .with("GITHUB_SHA", "4f2a9c1d0b3e5a6c7d8e9f00112233445566aabb")
            .with("GITHUB_SERVER_URL", "https://github.com")
            .with("GITHUB_REPOSITORY", "o/r")
            .with("GITHUB_RUN_ID", "77")
            .with("GITHUB_REF", "refs/pull/12/merge");
    assertThat(ci.run("apply", "--auto-approve", "--reason", "INC-42: more logs")).exited(0);
    Cli berlin = cli().at(Clock.fixed(Cli.NOW, ZoneId.of("Europe/Berlin")));

    assertThat(berlin.run("journal", "list"))
        .exited(0)
        .printed(
            " 2026-01-01 01:00:00 +01:00  ",
            " " + sandbox.clusterId() + "  4f2a9c1d  INC-42: more logs  2 applied\n");
    assertThat(berlin.run("journal", "show"))
        .exited(0)
        .printed(
            "begun         2026-01-01 01:00:00 +01:00 by ",
            "reason        INC-42: more logs\n",
            "commit        4f2a9c1d0b3e5a6c7d8e9f00112233445566aabb\n",
            "pull request  https://github.com/o/r/pull/12\n",
            "run           https://github.com/o/r/actions/runs/77\n",
            "  applied  grafana   "
                + GRAFANA
                + "  widens\n      + read  logs\n        read  metrics\n",
            "  applied  telegraf  " + TELEGRAF + "  narrows\n      - write  *\n");
    assertThat(berlin.run("journal", "list", "--format", "json"))
        .printed(
            "\"commit\" : \"4f2a9c1d0b3e5a6c7d8e9f00112233445566aabb\"",
            "\"reason\" : \"INC-42: more logs\"",
            "\"pullRequest\" : \"https://github.com/o/r/pull/12\"");
    assertThat(berlin.run("rollback", "latest", "--dry-run")).exited(3);
    assertThat(
            berlin
                .atTerminal("no\n")
                .run("rollback", "latest", "--no-color", "--allow", "wildcard-write"))
        .printed(
            "Rollback of " + journals().get(0).getFileName() + ": 2 changes of 2026-01-01",
            ", commit 4f2a9c1d",
            "INC-42: more logs")
        .neverShowed("in the policy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "   ", "two\nlines"})
  void aReasonIsOneLine(String reason) throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().run("apply", "--auto-approve", "--reason", reason))
        .exited(64)
        .complained("a reason is one line of 1 to 200 characters");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void everyVerbThatSendsChangesTakesAReason() throws IOException {
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nsinks:\n  files: {command: [\"true\"]}\n");
    policyForSandbox("tokens: {}");
    List<List<String>> verbs =
        List.of(
            List.of("update", "Grafana", "--add", "--read-database", "logs"),
            List.of("create", "New", "--read-database", "logs", "--show-secret"),
            List.of("rotate", "Grafana", "--deliver", "files", "--platform", "platform.yaml"),
            List.of("revoke", "Telegraf"),
            List.of("delete", "New"));
    for (List<String> verb : verbs) {
      String why = "INC-42: " + verb.get(0);
      assertThat(verb(verb, why)).exited(0);
      Assertions.assertThat(Files.readString(latest())).contains("\"reason\":\"" + why + "\"");
      assertThat(verb(verb, "two\nlines"))
          .exited(64)
          .complained("a reason is one line of 1 to 200");
      assertThat(verb(verb, "another-token-of-mine"))
          .exited(64)
          .complained("--reason contains the management token");
    }
    assertThat(verb(List.of("park", "Grafana"), "INC-42")).exited(0);
    assertThat(verb(List.of("release", "Grafana"), "INC-42: release")).exited(0);
    Assertions.assertThat(Files.readString(latest())).contains("INC-42: release");
  }

  private Cli.Run verb(List<String> words, String reason) {
    return cli()
        .with("INFLUXDB3_TOKEN", "another-token-of-mine")
        .run(
            Stream.of(
                    Stream.of("token"),
                    words.stream(),
                    Stream.of("--auto-approve", "--reason", reason))
                .flatMap(part -> part)
                .toArray(String[]::new));
  }

  private Path latest() throws IOException {
    return journals().get(journals().size() - 1);
  }

  @Test
  void aReasonThatIsTheManagementTokenIsRefused() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(
            cli()
                .with("INFLUXDB3_TOKEN", "another-token-of-mine")
                .run("apply", "--auto-approve", "--reason", "another-token-of-mine"))
        .exited(64)
        .complained("--reason contains the management token");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void oneIsShownChangeByChange() throws IOException {
    journal(NAME, BEGUN + CHANGES + ENDED);

    assertThat(cli().run("journal", "show", NAME))
        .exited(0)
        .printedExactly(
            """
            journal  20251231T120000Z-0123456789ab.jsonl
            begun    2025-12-31 12:00:00 UTC by anna@ci-1
            ended    2025-12-31 12:00:05 UTC
            cluster  https://influx.example.com (clustered)
            plan     sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
            stopped  somebody stopped it

              applied  grafana   11111111-0000-4000-8000-000000000001  widens  2 attempts
                  + read  logs
              failed   telegraf  22222222-0000-4000-8000-000000000002  widens              PATCH /x: 409 no
                  + read  logs
              started  backup    33333333-0000-4000-8000-000000000003  widens
                  + read  logs

            1 applied, 1 failed, 1 not attempted, 1 without an answer.
            """)
        .complainedOfNothing();
  }

  @Test
  void forMachinesItIsOneDocument() throws IOException {
    journal(NAME, BEGUN + CHANGES);

    Cli.Run run = cli().run("journal", "show", "--format", "json");

    assertThat(run).exited(0).complainedOfNothing();
    JsonNode document = new ObjectMapper().readTree(run.out());
    Assertions.assertThat(document.path("journal").asText()).isEqualTo(NAME);
    Assertions.assertThat(document.has("ended")).isFalse();
    Assertions.assertThat(document.path("counts").toString())
        .isEqualTo(
            "{\"changes\":4,\"applied\":1,\"failed\":1,\"drifted\":0,\"unknown\":0,"
                + "\"notAttempted\":1,\"withoutAnswer\":1}");
    Assertions.assertThat(document.path("changes"))
        .extracting(
            change -> change.path("address").asText() + " " + change.path("result").asText())
        .containsExactly("token.grafana applied", "token.telegraf failed", "token.backup ");
    Assertions.assertThat(document.path("changes"))
        .extracting(change -> change.path("mayHaveHappened").asBoolean())
        .containsExactly(true, false, true);
    Assertions.assertThat(document.path("changes").get(0).path("before").toString())
        .isEqualTo("{\"permissions\":[]}");
  }

  @Test
  void aTornLineAtTheEndIsPassedOver() throws IOException {
    journal(NAME, BEGUN + CHANGES + "{\"event\":\"appl");

    assertThat(cli().run("journal", "show"))
        .exited(0)
        .printed(
            "ended    no: it was killed, or is still running\n",
            "1 applied, 1 failed, 1 not attempted, 1 without an answer, not ended.\n");
  }

  @Test
  void oneThatIsBrokenHidesNoOther() throws IOException {
    journal("20251231T115959Z-0123456789ab.jsonl", "");
    journal(NAME, BEGUN + CHANGES + ENDED);
    journal("20251231T120001Z-0123456789ab.jsonl", "nonsense\n");

    assertThat(cli().run("journal", "list"))
        .exited(0)
        .printed(NAME)
        .complained(
            "note: 20251231T115959Z-0123456789ab.jsonl has no complete line: that apply sent"
                + " nothing\n",
            "note: 20251231T120001Z-0123456789ab.jsonl:1: this is not a line of a journal\n");
    assertThat(cli().run("journal", "show"))
        .exited(1)
        .printedNothing()
        .complained("error: 20251231T120001Z-0123456789ab.jsonl:1: this is not a line of a journal")
        .neverShowed("nothing was sent");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u202egrafana", "a\\u200bb", "x \\\" y", "##[error]x", "caf\\u00e9"})
  void namesInAJournalAreHarmless(String name) throws IOException {
    String hostile = "\\u001b[2J\\u202e\\r\\n##[group]::error::";
    journal(
        NAME,
        BEGUN.replace("anna", hostile).replace("ci-1", hostile)
            + started(name, GRAFANA.toString())
            + event(
                "failed",
                GRAFANA.toString(),
                ",\"reason\":\"" + hostile + "\",\"mayHaveHappened\":true")
            + ENDED.replace("somebody", hostile));

    for (String[] args :
        List.of(
            new String[] {"journal", "list"},
            new String[] {"journal", "show"},
            new String[] {"journal", "show", "--format", "json"},
            new String[] {"journal", "list", "--format", "json"})) {
      Cli.Run run = cli().run(args);
      assertThat(run).exited(0);
      Assertions.assertThat(run.out().codePoints())
          .allMatch(c -> c == '\n' || (c >= ' ' && c != 0x7f && c != 0x202e && c != 0x200b));
      if (args.length == 2) {
        assertThat(run).neverShowed("##[");
      }
      Assertions.assertThat(run.out().lines()).noneMatch(line -> line.startsWith("::"));
    }
  }

  @Test
  void aNameThatNoPolicyCanHaveIsNoJournals() throws IOException {
    journal(NAME, BEGUN + started("\\u001b[31m", GRAFANA.toString()));

    assertThat(cli().run("journal", "show"))
        .exited(1)
        .complained("error: " + NAME + ":2: this is not a line of a journal\n");
  }

  @Test
  void whatAnApplyWroteIsShown() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().run("apply", "--auto-approve", "--journal-dir", "elsewhere")).exited(0);

    assertThat(cli().run("journal", "list", "--journal-dir", "elsewhere"))
        .exited(0)
        .printed("  2 applied\n");
    assertThat(cli().run("journal", "show", "latest", "--journal-dir", "elsewhere"))
        .exited(0)
        .printed("applied  grafana   " + GRAFANA, "applied  telegraf  " + TELEGRAF, "2 applied.\n");
    assertThat(cli().run("journal", "list")).printedExactly("There are no journals here.\n");
  }

  @Test
  void anUnknownCommandOrFormatIsTold() {
    assertThat(cli().run("journal", "lost")).exited(64).printedNothing();
    assertThat(cli().run("journal", "list", "--format", "xml"))
        .exited(64)
        .complained("there is no format \"xml\" here; the formats are text and json");
  }

  @Test
  void theHelpSaysWhatItDoesWithAnExample() {
    assertThat(cli().run("journal", "--help"))
        .exited(0)
        .printed("Show what earlier applies did.", "tokenform journal show latest");
    assertThat(cli().run("rollback", "--help"))
        .exited(0)
        .printed("Undo an apply.", "tokenform rollback latest", "--force");
    assertThat(cli().run("help", "journal", "list"))
        .exited(0)
        .printed("List the journals, oldest first.", "tokenform journal list");
    assertThat(cli().run("help", "journal", "show"))
        .exited(0)
        .printed("Show what one apply did, change by change.", "tokenform journal show");
  }

  private void journal(String name, String text) throws IOException {
    Path journals = Files.createDirectories(folder.resolve(".tokenform/journal"));
    Files.createDirectories(journals.resolve(name).getParent());
    Path file = Files.writeString(journals.resolve(name), text);
    if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      // As an apply makes it.
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }
  }

  private static String started(String name, String id) {
    return event(
        "started",
        id,
        ",\"token\":\""
            + name
            + "\",\"stage\":1,\"effect\":\"widens\",\"before\":{\"permissions\":[]},"
            + "\"after\":{\"permissions\":[{\"action\":\"read\",\"resource\":\"logs\"}]},"
            + "\"method\":\"PATCH\",\"path\":\"/x\",\"body\":\"{}\"");
  }

  private static String event(String event, String id, String rest) {
    return "{\"event\":\"%s\",\"at\":\"2025-12-31T12:00:01Z\",\"id\":\"%s\"%s}\n"
        .formatted(event, id, rest);
  }

  /** As tokenform 0.1 wrote it: the token by its id, and the number of a stage. */
  @Test
  void aJournalOfVersion1IsRolledBack() throws IOException {
    policyForSandbox("tokens: {grafana: {id: " + GRAFANA + ", permissions: {read: [logs]}}}\n");
    assertThat(cli().run("apply", "--auto-approve")).exited(0);
    String cluster =
        "{\"product\":\"cloud-dedicated\",\"url\":\"%s\",\"accountId\":\"%s\",\"clusterId\":\"%s\"}"
            .formatted(sandbox.url(), sandbox.accountId(), sandbox.clusterId());
    journal(
        NAME,
        BEGUN.replaceFirst("\"cluster\":\\{[^}]*\\}", "\"cluster\":" + cluster)
            + started("grafana", GRAFANA.toString()).replace("{\"permissions\":[]}", METRICS)
            + event("applied", GRAFANA.toString(), ""));

    assertThat(cli().run("journal", "show", NAME, "--format", "json"))
        .exited(0)
        .printed("\"address\" : \"token.grafana\"", "\"wave\" : \"exchanges\"");
    assertThat(cli().run("rollback", NAME, "--auto-approve")).exited(0);
    Assertions.assertThat(sandbox.token(GRAFANA).permissions()).hasToString("[read metrics]");
  }

  private static final String METRICS =
      "{\"permissions\":[{\"action\":\"read\",\"resource\":\"metrics\"}]}";

  @Test
  void machinesAreToldInJsonWhyThereIsNoJournal() {
    assertThat(cli().run("journal", "show", "nothing", "--format", "json"))
        .exited(1)
        .printed("\"error\"", "\"message\" : \"there is no journal nothing\"", "\"hint\"")
        .complained("error: there is no journal nothing");
  }

  @Test
  void whatNoApplyWritesIsNoJournal() throws IOException {
    String odd = started("odd", GRAFANA.toString()).replaceFirst("\\[[^]]*\\]", "\"read logs\"");
    for (String lines :
        List.of(
            started("a", GRAFANA.toString()) + started("a", TELEGRAF.toString()),
            started("a", GRAFANA.toString()) + started("b", GRAFANA.toString()),
            event("applied", GRAFANA.toString(), ""),
            odd,
            started("a", GRAFANA.toString()).strip() + " {}\n")) {
      journal(NAME, BEGUN + lines);

      assertThat(cli().run("journal", "show", NAME))
          .exited(1)
          .complained("this is not a line of a journal");
    }
  }

  @Test
  void aFileOfSomebodysOwnIsNotTheLatest() throws IOException {
    journal(NAME, BEGUN + CHANGES + ENDED);
    journal("zzz-kept.jsonl", BEGUN + CHANGES);

    assertThat(cli().run("journal", "show", "latest")).exited(0).printed("journal  " + NAME);
  }
}
