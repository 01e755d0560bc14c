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
            BACKUP + ",,'=backup(),,,,active,,2025-02-01T00:00:00Z,,read,*,*,,\r\n",
            TELEGRAF + ",,Telegraf,,,,expired,")
        .printed(",write,*,*,,gone\r\n");
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
    refused("--since names no file", "--since", "");
    refused("--title and --reviewer need a text", "--title", " ");
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

  private void refused(String message, String... args) {
    String[] all = new String[args.length + 1];
    all[0] = "report";
    System.arraycopy(args, 0, all, 1, args.length);
    assertThat(clustered().run(all)).exited(64).complained(message);
  }
}
