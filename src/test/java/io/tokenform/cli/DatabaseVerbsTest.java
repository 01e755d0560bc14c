package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.database.Database;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.access.database.PartitionPart;
import io.tokenform.access.database.PartitionTemplate;
import io.tokenform.access.database.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The verbs of {@code tokenform database} that change something, against the sandbox. */
class DatabaseVerbsTest extends ReadingTest {
  private Cli.Run run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("database"));
    all.addAll(List.of(arguments));
    return clustered().run(all.toArray(String[]::new));
  }

  private List<String> names() {
    return sandbox.databases().stream().map(database -> database.name().value()).toList();
  }

  @Test
  void aDatabaseIsMadeWithWhatIsGiven() {
    assertThat(
            run(
                "create",
                "--auto-approve",
                "--retention-period",
                "2.5d",
                "--max-tables",
                "7",
                "--max-columns",
                "8",
                "--template-tag",
                "region",
                "--template-tag-bucket",
                "sensor,100",
                "--template-timeformat",
                "%Y-%m",
                "orders"))
        .exited(0)
        .printed("orders", "1 applied, 0 failed");
    Assertions.assertThat(sandbox.databases())
        .contains(
            new Database(
                new DatabaseName("orders"),
                Retention.parse("60h"),
                7,
                8,
                Optional.of(
                    new PartitionTemplate(
                        List.of(
                            new PartitionPart.Tag("region"),
                            new PartitionPart.Bucket("sensor", 100),
                            new PartitionPart.Time("%Y-%m"))))));
  }

  @Test
  void whatIsNotGivenIsTheClustersChoice() {
    assertThat(run("create", "orders", "--auto-approve")).exited(0);
    Assertions.assertThat(sandbox.databases())
        .contains(
            new Database(
                new DatabaseName("orders"), Retention.INFINITE, 500, 200, Optional.empty()));
  }

  @Test
  void anUpdateChangesWhatIsGivenAndLeavesTheRest() {
    assertThat(run("update", "logs", "--retention-period", "30d", "--auto-approve"))
        .exited(0)
        .printed("30 days");
    assertThat(run("update", "logs", "--max-tables", "9", "--auto-approve")).exited(0);
    Assertions.assertThat(sandbox.databases().get(1))
        .isEqualTo(
            new Database(
                new DatabaseName("logs"), Retention.parse("30d"), 9, 200, Optional.empty()));
  }

  @Test
  void anUpdateThatChangesNothingSendsNothing() {
    assertThat(run("update", "logs", "--max-tables", "500", "--auto-approve"))
        .exited(0)
        .printed("Nothing to change.");
    assertThat(run("update", "logs")).exited(64).complained("database update changes nothing");
  }

  @Test
  void whatThePolicySaysOtherwiseIsNoted() throws IOException {
    Files.writeString(
        folder.resolve("tokens.yaml"),
        """
        version: 1
        databases: {logs: {maxTables: 500}, metrics: {}, gone: {state: deleted}}
        """);

    assertThat(run("update", "logs", "--max-tables", "9", "--auto-approve"))
        .exited(0)
        .complained(
            "the policy has the database \"logs\": the next apply changes it back to what the policy"
                + " says");
    assertThat(run("rename", "logs", "events", "--auto-approve"))
        .exited(0)
        .complained("the policy has the database \"logs\"", "write events: {renamed: logs} there");
    assertThat(run("delete", "metrics", "--force"))
        .exited(0)
        .complained("the policy has the database \"metrics\"", "write state: deleted there");
  }

  @Test
  void databasesAreDeletedAfterAWarning() {
    assertThat(run("delete", "logs", "metrics", "logs", "--force"))
        .exited(0)
        .printed("2 applied, 0 failed")
        .complained("warning[data-loss]", "the database \"logs\" would be deleted");
    Assertions.assertThat(names()).isEmpty();
  }

  @Test
  void thePlatformFileMayForbidIt() throws IOException {
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nguardrails: {data-loss: deny}\n");

    assertThat(run("delete", "logs", "--force", "--platform", "platform.yaml"))
        .exited(3)
        .complained("denied[data-loss]");
    assertThat(
            run(
                "update",
                "logs",
                "--retention-period",
                "1d",
                "--auto-approve",
                "--platform",
                "platform.yaml"))
        .exited(3)
        .complained("denied[data-loss]");
    Assertions.assertThat(names()).containsExactly("metrics", "logs");
  }

  @Test
  void aDatabaseIsRenamed() {
    assertThat(run("rename", "logs", "events", "--auto-approve"))
        .exited(0)
        .printed("Wave 1: renames databases\n\n", "events")
        .complained(
            "warning[stranded]",
            "Grafana",
            "  hint: give them access under the name \"events\" first: tokenform token update --help;"
                + " or rename in a policy that has these tokens\n")
        .neverShowed("have these tokens in the policy");
    Assertions.assertThat(names()).containsExactly("metrics", "events");
  }

  @Test
  void aRollbackGivesTheNameBackAndSaysWhoHasItAgain() {
    assertThat(run("rename", "logs", "events", "--auto-approve")).exited(0);

    assertThat(clustered().run("rollback", "latest", "--auto-approve"))
        .exited(0)
        .complained(
            "warning[dangling]",
            "\"Grafana\" (11111111-0000-4000-8000-000000000001) has permissions on the name"
                + " \"logs\" already, and would have access to the database that gets it\n",
            "  hint: take these permissions away first where that is not meant\n")
        .neverShowed("choose another name")
        .neverShowed("the new one");
    Assertions.assertThat(names()).containsExactly("metrics", "logs");
  }

  @Test
  void nothingIsSentWithoutApproval() {
    assertThat(run("delete", "logs")).exited(64).complained("cannot ask for approval");
    assertThat(run("delete", "logs", "--dry-run"))
        .exited(0)
        .printed("DELETE /api/v0/databases/logs");
    assertThat(clustered().atTerminal("no\n").run("database", "delete", "logs"))
        .exited(1)
        .complained("not approved; nothing was sent");
    Assertions.assertThat(names()).containsExactly("metrics", "logs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create logs             | the cluster has a database "logs" already
          create a.b              | a new database's name may have the letters
          update lgs --max-tables 1 | the cluster has no database "lgs"
          delete metrics none     | the cluster has no database "none"
          rename none new         | the cluster has no database "none"
          rename logs metrics     | the cluster has a database "metrics" already
          rename logs _x          | a new database's name must begin with a letter or a digit
          """)
  void whatMakesNoSenseIsRefused(String arguments, String message) {
    assertThat(run((arguments + " --auto-approve").split(" ", -1)))
        .exited(1)
        .printedNothing()
        .complained(message);
    Assertions.assertThat(names()).containsExactly("metrics", "logs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create a --retention-period 90       | "90" is not a retention such as 90d, 12h or infinite
          create a --max-tables 0              | "0" is not a whole number from 1 to 2147483647
          create a --max-columns x             | "x" is not a whole number from 1 to 2147483647
          create a --template-tag-bucket t     | "t" is not a tag and a number of buckets such as sensor,100
          create a --template-tag-bucket t,0   | must have 1 to 100000 buckets, not 0
          create a --template-tag t            | a partition template needs a time format
          create *                             | "*" stands for all databases
          create                               | NAME
          delete                               | NAME
          rename logs                          | NEW_NAME
          """)
  void wrongUsageIsSaid(String arguments, String message) {
    assertThat(run((arguments + " --auto-approve").split(" ", -1)))
        .exited(64)
        .printedNothing()
        .complained(message);
  }
}
