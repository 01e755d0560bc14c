package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ReportCommandTest extends ReadingTest {
  @Test
  void thePageIsPrintedWhereNothingElseIsAskedFor() throws IOException {
    Cli.Run run = dedicated().run("report", "--title", "Q1 <review>", "--reviewer", "Ann");

    assertThat(run).exited(0).complainedOfNothing();
    Assertions.assertThat(run.out())
        .startsWith("<!DOCTYPE html>")
        .contains(
            "<h1>Q1 &lt;review&gt;</h1>", "\"reviews\":[\"Ann\"]", "Policy: <b>tokens.yaml</b>");
  }

  @Test
  void everyFormIsWrittenAtOnce() throws IOException {
    assertThat(
            dedicated()
                .run(
                    "report", "--format", "html=a.html", "--format=json=a.json", "--format", "csv"))
        .exited(0)
        .printed(
            "id,name,description,", GRAFANA + ",dashboards,Grafana,,tokens.yaml:8,managed,active")
        .complained("note: the report is in a.html", "note: the report is in a.json");

    Assertions.assertThat(folder.resolve("a.html")).content().endsWith("</html>\n");
    String json = Files.readString(folder.resolve("a.json"));
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("schemas/report.schema.json")));
    Assertions.assertThat(schema.validate(json, InputFormat.JSON)).as(json).isEmpty();
    Assertions.assertThat(new ObjectMapper().readTree(json).at("/live/source").asText())
        .isEqualTo("cluster");
  }

  @Test
  void aSnapshotGivesTheSameDigestWithoutAToken() throws IOException {
    assertThat(clustered().run("snapshot", "--out", "live.json")).exited(0);

    Cli.Run live = clustered().run("report", "--format", "json");
    Cli.Run saved = Cli.in(folder).run("report", "--live", "live.json", "--format", "json");

    assertThat(saved).exited(0).printed("\"source\":\"snapshot\"");
    Assertions.assertThat(new ObjectMapper().readTree(saved.out()).at("/live/digest"))
        .isEqualTo(new ObjectMapper().readTree(live.out()).at("/live/digest"));
  }

  @Test
  void whatChangedSinceAnEarlierSnapshotIsMarked() throws IOException {
    assertThat(clustered().run("snapshot", "--out", "old.json")).exited(0);
    Clock later = Clock.fixed(Cli.NOW.plus(Duration.ofDays(200)), ZoneOffset.UTC);

    assertThat(
            clustered()
                .at(later)
                .run("report", "--since", "old.json", "--format", "csv", "--by", "grant"))
        .exited(0)
        .printed(
            BACKUP + ",,'=backup(),,,,active,,2025-02-01T00:00:00Z,,read,*,*,,,\r\n",
            TELEGRAF + ",,Telegraf,,,,expired,")
        .printed(",write,*,*,,,gone\r\n");
  }

  @Test
  void aLaterSnapshotIsNoEarlierOne() {
    Clock later = Clock.fixed(Cli.NOW.plus(Duration.ofMinutes(1)), ZoneOffset.UTC);
    assertThat(clustered().at(later).run("snapshot", "--out", "new.json")).exited(0);

    assertThat(clustered().run("report", "--since", "new.json", "--format", "json"))
        .exited(1)
        .printed("\"error\"", "2026-01-01T00:01:00Z")
        .complained(
            "error: the snapshot of --since was taken at 2026-01-01T00:01:00Z, which is later");
  }

  @Test
  void aSnapshotOfAnotherClusterIsRefused() throws IOException {
    assertThat(clustered().run("snapshot", "--out", "other.json")).exited(0);

    assertThat(dedicated().run("report", "--since", "other.json"))
        .exited(1)
        .printedNothing()
        .complained("the snapshot of --since is of another cluster");
  }

  @Test
  void wrongUsageSaysWhatToDo() throws IOException {
    Files.writeString(folder.resolve("live.json"), "{}");
    refused("--by says what has a row in the csv", "--by", "grant");
    refused("there is no row for each \"database\"", "--by", "database", "--format", "csv");
    refused("there is no format \"pdf\"; the formats are html, csv and json", "--format", "pdf");
    refused("two formats go to standard output", "--format", "csv", "--format", "json");
    refused("two outputs go to the file ./a", "--format", "csv=a", "--format", "html=./a");
    refused("--format has no file after its =", "--format", "csv=");
    refused("--format needs a file after its =, and - is not a file", "--format", "csv=-");
    refused("--since is empty", "--since", "");
    refused("--title is empty", "--title", " ");
    refused("--reviewer is empty", "--reviewer", "");
    refused("--live and --since both read standard input", "--live", "-", "--since", "-");
    refused(
        "an output would replace live.json", "--live", "live.json", "--format", "json=live.json");
    refused(
        "an output would replace live.json", "--since", "live.json", "--format", "json=live.json");
  }

  @Test
  void aPageIsNotPrintedOnATerminal() {
    assertThat(clustered().atTerminal("").run("report"))
        .exited(64)
        .printedNothing()
        .complained("standard output is a terminal", "--format html=access.html");
    assertThat(clustered().atTerminal("").run("report", "--format", "csv"))
        .exited(0)
        .printed("id,name");
  }

  @Test
  void aPolicyIsNeverReplaced() throws IOException {
    Cli cli = dedicated();
    assertThat(cli.run("report", "--format", "csv=tokens.yaml"))
        .exited(64)
        .complained("an output would replace tokens.yaml, which is read");
  }

  @Test
  void aSecretOfTheRunIsInNoForm() throws IOException {
    String secret = "Zx9-very-secret-value-of-this-run";
    Cli cli =
        clustered()
            .with("INFLUX_DB_MANAGEMENT_TOKEN", "sandbox-management-token")
            .with("INFLUXDB3_TOKEN", secret);

    for (String format : new String[] {"html", "csv", "json"}) {
      assertThat(
              cli.run(
                  "report", "--title", "of " + secret, "--reviewer", secret, "--format", format))
          .exited(0)
          .neverShowed(secret);
      assertThat(cli.run("report", "--title", secret, "--format", format + "=out")).exited(0);
      Assertions.assertThat(folder.resolve("out")).content().doesNotContain(secret);
    }
  }

  @Test
  void aHistorySaysSinceWhenAndWhichChangeGaveIt() throws IOException {
    Cli cli = dedicated();
    Files.createDirectories(folder.resolve("evidence/2026"));
    assertThat(cli.run("snapshot", "--out", "evidence/2026/a.json")).exited(0);
    Files.writeString(
        folder.resolve("tokens.yaml"),
        Files.readString(folder.resolve("tokens.yaml"))
            + "    permissions: {write: [logs], read: [logs]}\n");
    assertThat(
            cli.at(day(5))
                .run("apply", "--auto-approve", "--reason", "=INC-7", "--journal-dir", "evidence"))
        .exited(0);
    assertThat(
            cli.at(day(6))
                .run(
                    "token",
                    "update",
                    "--add",
                    "--write-database",
                    "metrics",
                    "--auto-approve",
                    "--journal-dir",
                    "elsewhere",
                    GRAFANA))
        .exited(0);
    Files.writeString(folder.resolve("evidence/plan.json"), "{}");
    Files.writeString(folder.resolve("evidence/cut.jsonl"), "{\n");

    Cli.Run csv =
        cli.at(day(9)).run("report", "--history", "evidence", "--format", "csv", "--by", "grant");
    assertThat(csv)
        .exited(0)
        .complained(
            "note: evidence/cut.jsonl is set aside: cut.jsonl:1: this is not a line of a journal",
            "note: evidence/plan.json is set aside: it is JSON, but not a snapshot")
        .printed(
            ",in policy,dangling,origin,since,missing at,given by,given as,commit,pull request,run,reason,journal\r\n",
            ",read,logs,exact,yes,,earlier,2026-01-01T00:00:00Z,,,,,,,,\r\n",
            ",write,logs,exact,yes,,given,2026-01-06T00:00:00Z,,",
            ",update token.dashboards,",
            ",'=INC-7,",
            ",write,metrics,exact,no,,unexplained,2026-01-10T00:00:00Z,2026-01-06T00:00:00Z,,,,,,,\r\n");

    Cli.Run json = cli.at(day(9)).run("report", "--history", "evidence", "--format", "json");
    assertThat(json).exited(0).printed("\"setAside\":2", "\"unexplained\":1");
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(Path.of("schemas/report.schema.json")));
    Assertions.assertThat(schema.validate(json.out(), InputFormat.JSON)).as(json.out()).isEmpty();

    assertThat(cli.at(day(9)).run("report", "--history", "evidence"))
        .exited(0)
        .printed(
            "<b>1</b> <span>has what no known apply gave</span>",
            "<b>1</b> <span>may do more than its policy says</span>",
            "2026-01-01T00:00:00Z</time> on: 1 snapshot, 1 apply, 2 files set aside.");

    Path journal = onlyJournal(folder.resolve("evidence"));
    Files.writeString(
        folder.resolve("evidence/2026/copy.jsonl"),
        Files.readString(journal).replace("=INC-7", "=INC-8"));
    assertThat(cli.at(day(9)).run("report", "--history", "evidence", "--format", "csv"))
        .exited(0)
        .complained(
            "evidence/2026/copy.jsonl is set aside: another journal tells otherwise of the same"
                + " apply: one of them was changed");
  }

  private static Path onlyJournal(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("2026.*\\.jsonl"))
          .reduce((one, other) -> Assertions.fail("two journals"))
          .orElseThrow();
    }
  }

  @Test
  void aHistoryOfNothingIsRefused() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    Files.writeString(folder.resolve("file"), "");

    assertThat(clustered().run("report", "--history", "empty", "--format", "csv"))
        .exited(1)
        .printedNothing()
        .complained(
            "error: the folder empty of --history has no snapshot and no journal of this cluster",
            "hint: take a snapshot with tokenform snapshot --out FILE");
    assertThat(clustered().run("report", "--history", "nowhere", "--format", "csv"))
        .exited(1)
        .complained("error: the folder nowhere of --history is not there");
    assertThat(clustered().run("report", "--history", "file", "--format", "csv"))
        .exited(1)
        .complained("error: the folder file of --history is a file");
    refused("--history is empty", "--history", "");
  }

  @Test
  void whatIsEvidenceIsNotReplaced() throws IOException {
    Files.createDirectories(folder.resolve("evidence"));
    assertThat(clustered().run("snapshot", "--out", "evidence/a.json")).exited(0);

    refused(
        "an output would replace evidence/a.json, which is read",
        "--history",
        "evidence",
        "--format",
        "json=evidence/a.json");
  }

  private static Clock day(int number) {
    return Clock.fixed(Cli.NOW.plus(Duration.ofDays(number)), ZoneOffset.UTC);
  }

  private void refused(String message, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "report";
    System.arraycopy(args, 0, all, 1, args.length);
    assertThat(clustered().run(all)).exited(64).complained(message);
  }
}
