package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.cli.console.SecretVariables;
import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** {@code tokenform database list} against the sandbox. */
class DatabaseListCommandTest extends ReadingTest {
  @Test
  void databasesAreListedByNameWithTheirSettings() {
    assertThat(clustered().run("database", "list"))
        .exited(0)
        .printedExactly(
            """
            NAME     RETENTION  MAX TABLES  MAX COLUMNS  PARTITION TEMPLATE
            logs     infinite   500         200
            metrics  infinite   500         200
            """)
        .complainedOfNothing();
  }

  @Test
  void aPolicySaysWhichClusterIsMeant() throws IOException {
    assertThat(dedicated().run("database", "list", "--format", "csv"))
        .exited(0)
        .printedExactly(
            """
            name,retention,maxTables,maxColumnsPerTable,partitionTemplate
            logs,infinite,500,200,
            metrics,infinite,500,200,
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void aSnapshotIsListedWithoutACluster() {
    assertThat(clustered().run("snapshot", "--out", "live.json")).exited(0);

    assertThat(Cli.in(folder).run("database", "list", "--live", "live.json", "--format", "csv"))
        .exited(0)
        .printed("logs,infinite,500,200,")
        .complained("live is as of");
  }

  @Test
  void jsonIsOneDocumentWhateverHappens() {
    assertThat(clustered().run("database", "list", "--format", "json"))
        .exited(0)
        .printed("[\n  {\n    \"name\" : \"logs\",\n    \"maxTables\" : 500,");
    assertThat(
            clustered()
                .with(SecretVariables.MANAGEMENT_TOKEN, "wrong-token")
                .run("database", "list", "--format", "json"))
        .exited(1)
        .printed("\"error\"")
        .complained("401");
  }

  @Test
  void databasesThatCannotBeReadAreThereByTheirNamesAndSaid() {
    String good = "{\"name\":\"a\",\"maxTables\":1,\"maxColumnsPerTable\":2}";
    try (ScriptedServer server =
        ScriptedServer.answering(
            ScriptedServer.json(200, "[" + good + ",{\"name\":\"b\\u001b[2J\"}]"))) {
      Cli.Run run =
          clustered()
              .with("INFLUX_DB_INSTANCE_URL", server.url().toString())
              .run("database", "list");

      assertThat(run)
          .exited(0)
          .printed("a             infinite", "\n\"b\\u001b[2J\"\n")
          .complained("a live database cannot be read and is left out but for its name: ");
      Assertions.assertThat(run.out() + run.err())
          .contains("must not contain control characters")
          .doesNotContain("\u001b");
    }
  }

  @Test
  void theGroupAloneShowsItsHelp() {
    assertThat(clustered().run("database")).exited(64).printed("list", "List the live databases");
  }

  @Test
  void anUnknownFormatIsAUsageError() {
    assertThat(clustered().run("database", "list", "--format", "yaml"))
        .exited(64)
        .printedNothing()
        .complained("yaml");
  }
}
