package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.database.Database;
import io.tokenform.access.database.Retention;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class DatabaseChangesTest extends CommandTest {
  private static final String GUARDRAILS =
      "guardrails: {unmanaged-token: off, dangling: off}\ntokens: {}\n";

  private Optional<Database> database(String name) {
    return sandbox.databases().stream()
        .filter(database -> database.name().value().equals(name))
        .findFirst();
  }

  private Retention retention(String name) {
    return database(name).orElseThrow().retention();
  }

  @Test
  void aShorterRetentionIsDeniedAllowedOnceAndRolledBack() throws IOException {
    policyForSandbox(GUARDRAILS + "databases: {logs: {retention: 30d}}\n");

    assertThat(cli().run("apply", "--auto-approve"))
        .exited(3)
        .complained("denied[data-loss]", "for 30 days instead of infinite", "irreversible");
    Assertions.assertThat(writes()).isEmpty();

    assertThat(cli().run("apply", "--auto-approve", "--allow", "data-loss:logs"))
        .exited(0)
        .printed("infinite -> 30 days", "loses data, irreversible", "Allowed once: data-loss:logs");
    Assertions.assertThat(retention("logs")).isEqualTo(Retention.parse("30d"));
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(0);

    assertThat(cli().run("rollback", "latest", "--auto-approve"))
        .exited(0)
        .complained(
            "\"logs\": the retention comes back, and not the data that was older than the shorter"
                + " one");
    Assertions.assertThat(retention("logs")).isEqualTo(Retention.INFINITE);
  }

  @Test
  void anAllowanceForADatabaseThatThePolicyDoesNotNameIsRefused() throws IOException {
    policyForSandbox(GUARDRAILS + "databases: {logs: {retention: 30d}}\n");

    for (String rule : List.of("data-loss", "stranded")) {
      assertThat(cli().run("apply", "--auto-approve", "--allow", rule + ":lgos"))
          .exited(64)
          .complained("--allow: the policy has no database \"lgos\"", "did you mean \"logs\"?");
    }

    Assertions.assertThat(writes()).isEmpty();
    // Permissions can be on names of which the policy says nothing.
    assertThat(cli().run("plan", "--allow", "dangling:lgos")).exited(3);
  }

  @Test
  void aRollbackSaysOfTokensAndOfDatabasesWhatStays() throws IOException {
    policyForSandbox(
        "guardrails: {unmanaged-token: off, dangling: off, revoke: off}\ntokens:\n  grafana: {id: "
            + GRAFANA
            + ", state: revoked}\ndatabases: {logs: {state: deleted}}\n");
    assertThat(cli().run("apply", "--auto-approve", "--allow", "data-loss")).exited(0);

    assertThat(cli().run("rollback", "latest", "--auto-approve"))
        .exited(1)
        .complained(
            "not everything is undone: a token that was revoked stays revoked, and a database that"
                + " was deleted stays deleted",
            "make another one in its place: tokenform token create --help; the vendor's support may"
                + " be able to bring the database back");
  }

  @Test
  void aNewDatabaseWithTheTemplateOfTheClusterIsAsThePolicySays() throws IOException {
    policyForSandbox(
        GUARDRAILS
            + "databases: {fresh: {partitionTemplate: [{type: time, value: \"%Y-%m-%d\"}]}}\n");

    assertThat(cli().run("apply", "--auto-approve")).exited(0);
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(0).complainedOfNothing();
  }

  @Test
  void aRollbackThatShortensARetentionIsDeniedToo() throws IOException {
    policyForSandbox(GUARDRAILS + "databases: {logs: {retention: 30d}}\n");
    assertThat(cli().run("apply", "--auto-approve", "--allow", "data-loss")).exited(0);
    policyForSandbox(GUARDRAILS + "databases: {logs: {retention: 90d}}\n");
    assertThat(cli().run("apply", "--auto-approve")).exited(0);

    assertThat(cli().run("rollback", "latest", "--auto-approve")).exited(3).complained("data-loss");
    assertThat(cli().run("rollback", "latest", "--auto-approve", "--allow", "data-loss:logs"))
        .exited(0);

    Assertions.assertThat(retention("logs")).isEqualTo(Retention.parse("30d"));
  }

  @Test
  void aDeletionIsDeniedAllowedOnceAndNotRolledBackAndThatIsSaid() throws IOException {
    policyForSandbox(GUARDRAILS + "databases: {logs: {state: deleted}}\n");

    assertThat(cli().run("apply", "--auto-approve"))
        .exited(3)
        .complained("would be deleted with all its data: irreversible");
    Assertions.assertThat(database("logs")).isPresent();

    assertThat(cli().run("apply", "--auto-approve", "--allow", "data-loss"))
        .exited(0)
        .printed("deletes the database, irreversible");
    Assertions.assertThat(database("logs")).isEmpty();
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(0);

    assertThat(cli().run("rollback", "latest", "--auto-approve"))
        .exited(1)
        .complained(
            "\"logs\": tokenform cannot undo the deletion of a database",
            "a database that was deleted stays deleted");
    Assertions.assertThat(database("logs")).isEmpty();
  }

  @Test
  void aDatabaseIsThereBeforeAnythingIsGrantedOnIt() throws IOException {
    policyForSandbox(
        "guardrails: {unmanaged-token: off}\ntokens:\n  grafana:\n    id: "
            + GRAFANA
            + "\n    permissions: {read: [metrics, fresh]}\ndatabases: {fresh: {maxTables: 7}}\n");

    assertThat(cli().run("apply", "--auto-approve"))
        .exited(0)
        .printed("makes the database", "at most 7", "Apply complete: 2 applied");

    Assertions.assertThat(writes()).containsExactly("POST databases", "PATCH " + GRAFANA);
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(0);
    assertThat(cli().run("rollback", "latest", "--auto-approve"))
        .exited(0)
        .complained("\"fresh\": a new database is not deleted by a rollback");
    Assertions.assertThat(database("fresh")).isPresent();
    Assertions.assertThat(permissions(GRAFANA)).isEqualTo(permissions(Permission.read("metrics")));
  }

  @Test
  void aRenameIsMadeWithoutAGapAndRenamedBack() throws IOException {
    List<Token> start = sandbox.tokens();
    List<Database> databases = sandbox.databases();
    policyForSandbox(
        "guardrails: {unmanaged-token: off}\ntokens:\n  grafana:\n    id: "
            + GRAFANA
            + "\n    permissions: {read: [series]}\ndatabases: {series: {renamed: metrics}}\n");

    assertThat(cli().run("apply", "--auto-approve"))
        .exited(0)
        .printed("renames the database", "from metrics");

    Assertions.assertThat(writes())
        .containsExactly("PATCH " + GRAFANA, "PUT rename", "PATCH " + GRAFANA);
    Assertions.assertThat(permissions(GRAFANA)).isEqualTo(permissions(Permission.read("series")));
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(0);

    assertThat(cli().run("rollback", "latest", "--auto-approve")).exited(0);
    Assertions.assertThat(sandbox.tokens()).isEqualTo(start);
    Assertions.assertThat(sandbox.databases())
        .usingRecursiveFieldByFieldElementComparator()
        .containsExactlyInAnyOrderElementsOf(databases);
  }

  @Test
  void aRenameDoesNotGetRidOfWhatThePlatformExpects() throws IOException {
    Files.writeString(
        folder.resolve("platform.yaml"),
        "version: 1\nexpect:\n  - {database: metrics, readers: [grafana], writers: ["
            + TELEGRAF
            + "]}\n");
    String policy =
        "guardrails: {unmanaged-token: off}\ntokens:\n  grafana:\n    id: "
            + GRAFANA
            + "\n    permissions: {read: [%s]}\ndatabases: {%s}\n";
    policyForSandbox(policy.formatted("metrics", "metrics: {}"));
    assertThat(cli().run("plan", "--platform", "platform.yaml")).exited(0);

    policyForSandbox(policy.formatted("series", "series: {renamed: metrics}"));
    assertThat(cli().run("apply", "--auto-approve", "--platform", "platform.yaml"))
        .exited(3)
        .complained(
            "platform.yaml:3:16: denied[expectation]: this names the database \"metrics\" by its"
                + " old name, and it gets the name \"series\": nothing would be expected of its"
                + " data",
            "hint: write the new one, \"series\"",
            "platform.yaml:3");
    assertThat(cli().run("plan", "--platform", "platform.yaml", "--format", "markdown"))
        .exited(3)
        .printed("| neutral<br>**denied** |");
    assertThat(cli().run("plan", "--platform", "platform.yaml", "--out", "p.json")).exited(3);
    assertThat(cli().run("show", "p.json"))
        .exited(0)
        .complained("by its old name, and it gets the name \"series\"");
    Assertions.assertThat(writes()).isEmpty();

    Files.writeString(
        folder.resolve("platform.yaml"),
        "version: 1\nexpect:\n  - {database: series, readers: [grafana], writers: ["
            + TELEGRAF
            + "]}\n");
    assertThat(cli().run("apply", "--auto-approve", "--platform", "platform.yaml")).exited(0);
  }

  @Test
  void anAdditiveTokenKeepsTheOldNameAndThatIsSaid() throws IOException {
    policyForSandbox(
        "guardrails: {unmanaged-token: off}\ntokens:\n  grafana:\n    id: "
            + GRAFANA
            + "\n    mode: additive\n    permissions: {read: [series]}\n"
            + "databases: {series: {renamed: metrics}}\n");

    assertThat(cli().run("apply", "--auto-approve"))
        .exited(0)
        .complained(
            "warning[dangling]: \"grafana\" keeps permissions on the old name \"metrics\" of the"
                + " database \"series\"");
    Assertions.assertThat(permissions(GRAFANA))
        .isEqualTo(permissions(Permission.read("metrics"), Permission.read("series")));
  }

  @Test
  void whatLosesDataIsCountedInEachForm() throws IOException {
    policyForSandbox(GUARDRAILS + "databases: {logs: {retention: 30d}, metrics: {maxTables: 7}}\n");

    assertThat(
            cli()
                .run(
                    "plan",
                    "--allow",
                    "data-loss",
                    "--format",
                    "text",
                    "--format",
                    "json=plan.json",
                    "--format",
                    "markdown=plan.md"))
        .exited(0)
        .printed("Effects: neutral 1, loses data 1.\n");
    Assertions.assertThat(Files.readString(folder.resolve("plan.json")))
        .contains("\"neutral\" : 1,", "\"losesData\" : 1,");
    Assertions.assertThat(Files.readString(folder.resolve("plan.md")))
        .contains("Effects: neutral 1, loses data 1.", " | loses data<br>**irreversible**")
        .doesNotContain("neutral<br>**irreversible**");
  }

  @Test
  void aSavedPlanWhoseDatabaseHasChangedIsStale() throws IOException {
    policyForSandbox(GUARDRAILS + "databases: {logs: {retention: 30d}}\n");
    assertThat(cli().run("plan", "--allow", "data-loss", "--out", "p.json")).exited(0);
    policyForSandbox(GUARDRAILS + "databases: {logs: {retention: 90d}}\n");
    assertThat(cli().run("apply", "--auto-approve", "--allow", "data-loss")).exited(0);
    requests.clear();

    assertThat(cli().run("apply", "p.json", "--auto-approve"))
        .exited(4)
        .complained("logs  database", "retention  90 days");

    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void aSavedPlanWhoseDatabaseHasGotAnotherUserIsStale() throws IOException {
    String rename =
        "guardrails: {unmanaged-token: off}\ntokens:\n  grafana:\n    id: "
            + GRAFANA
            + "\n    permissions: {read: [series]}\ndatabases: {series: {renamed: metrics}}\n";
    policyForSandbox(rename);
    assertThat(cli().run("plan", "--out", "rename.json")).exited(0);
    policyForSandbox(GUARDRAILS + "databases: {metrics: {state: deleted}}\n");
    assertThat(cli().run("plan", "--allow", "data-loss", "--out", "delete.json")).exited(0);
    patch(
        TELEGRAF.toString(),
        """
        {"permissions": [
          {"action": "write", "resource": "*"}, {"action": "read", "resource": "metrics"}]}
        """);
    requests.clear();

    for (String plan : List.of("rename.json", "delete.json")) {
      assertThat(cli().run("apply", plan, "--auto-approve"))
          .exited(4)
          .complained("metrics  database", TELEGRAF + "  \"Telegraf\" has got a permission on it");
    }

    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void aRenameStaysWhereAnotherDatabaseHasTheOldNameAndTokensKeepTheData() throws IOException {
    policyForSandbox(
        "guardrails: {unmanaged-token: off}\ntokens:\n  grafana:\n    id: "
            + GRAFANA
            + "\n    permissions: {read: [series]}\ndatabases: {series: {renamed: metrics}}\n");
    assertThat(cli().run("apply", "--auto-approve")).exited(0);
    policyForSandbox(GUARDRAILS + "databases: {metrics: {}}\n");
    assertThat(cli().run("apply", "--auto-approve")).exited(0);

    assertThat(cli().run("rollback", "--auto-approve", journals().get(0).toString()))
        .exited(1)
        .complained("series  database", "keeps its new name", "has the former name of one");

    Assertions.assertThat(permissions(GRAFANA)).isEqualTo(permissions(Permission.read("series")));
  }

  @Test
  void whereNobodyKnowsWhichDatabaseWasRenamedTokensAreLeftAlone() throws IOException {
    restartSandbox("status=409,on=PUT");
    policyForSandbox(
        "guardrails: {unmanaged-token: off}\ntokens:\n  grafana:\n    id: "
            + GRAFANA
            + "\n    permissions: {read: [series]}\ndatabases: {series: {renamed: metrics}}\n");
    assertThat(cli().run("apply", "--auto-approve")).exited(1);
    policyForSandbox(GUARDRAILS + "databases: {series: {}}\n");
    assertThat(cli().run("apply", "--auto-approve")).exited(0);
    Permissions before = permissions(GRAFANA);

    assertThat(cli().run("rollback", "--auto-approve", journals().get(0).toString()))
        .exited(1)
        .complained("there are two, of its old and of its new name: see tokenform database list");

    Assertions.assertThat(permissions(GRAFANA)).isEqualTo(before);
  }

  @Test
  void aRollbackGivesNothingOnADatabaseThatIsGone() throws IOException {
    policyForSandbox(
        "guardrails: {unmanaged-token: off, lockout: off}\ntokens:\n  grafana:\n    id: "
            + GRAFANA
            + "\n    permissions: {read: [logs]}\ndatabases: {metrics: {state: deleted}}\n");
    assertThat(cli().run("apply", "--auto-approve", "--allow", "data-loss")).exited(0);

    assertThat(cli().run("rollback", "latest", "--auto-approve", "--allow", "lockout"))
        .exited(1)
        .complained("tokens get no permission on it back");

    Assertions.assertThat(permissions(GRAFANA)).isEqualTo(permissions());
  }

  @Test
  void nobodyRenamesADatabaseIntoAnExceptionUnsaid() throws IOException {
    Files.writeString(
        folder.resolve("platform.yaml"),
        "version: 1\nguardrails:\n  data-loss: {level: deny, except: [\"scratch-*\"]}\n");
    policyForSandbox(GUARDRAILS + "databases: {scratch-1: {renamed: logs}}\n");

    assertThat(cli().run("apply", "--auto-approve", "--platform", "platform.yaml"))
        .exited(3)
        .complained(
            "denied[data-loss]: the database \"logs\" would get the name \"scratch-1\", which this"
                + " rule excepts: its data could be lost without a denial");
    Assertions.assertThat(writes()).isEmpty();

    assertThat(
            cli()
                .run(
                    "apply",
                    "--auto-approve",
                    "--platform",
                    "platform.yaml",
                    "--allow",
                    "data-loss:scratch-1"))
        .exited(0);
  }

  @Test
  void aCommandToPasteHasEachOptionOnce() throws IOException {
    policyForSandbox(
        GUARDRAILS + "databases: {logs: {retention: 30d}, metrics: {retention: 9d}}\n");

    assertThat(cli().run("plan", "--allow", "data-loss:logs", "--allow", "data-loss:metrics"))
        .exited(0)
        .complained("next: tokenform apply --allow data-loss:logs --allow data-loss:metrics\n");
  }

  @Test
  void whatTheClusterOnlyPretendsIsAFailure() throws IOException {
    restartSandbox("ignored,on=POST");
    policyForSandbox(GUARDRAILS + "databases: {fresh: {}}\n");
    assertThat(cli().run("apply", "--auto-approve")).exited(1).printed("found as before");

    restartSandbox("ignored,on=DELETE");
    policyForSandbox(GUARDRAILS + "databases: {logs: {state: deleted}}\n");
    assertThat(cli().run("apply", "--auto-approve", "--allow", "data-loss"))
        .exited(1)
        .printed("found as before");
    Assertions.assertThat(database("logs")).isPresent();
  }

  @Test
  void aDatabaseIsSelectedByItsAddress() throws IOException {
    policyForSandbox(GUARDRAILS + "databases: {fresh-a: {}, fresh-b: {}, other: {}}\n");

    assertThat(cli().run("apply", "--auto-approve", "--target", "database.fresh-*"))
        .exited(0)
        .printed("2 databases to create", "1 database not selected");
    Assertions.assertThat(database("other")).isEmpty();
    assertThat(cli().run("plan", "--exclude", "database.other", "--detailed-exitcode")).exited(0);
    assertThat(cli().run("plan", "--target", "database.fresch-a"))
        .exited(64)
        .complained("the policy has no database \"fresch-a\"", "fresh-a");
  }

  @Test
  void aLostAnswerToACreationIsSettledByAListing() throws IOException {
    restartSandbox("reset,acts,on=POST");
    policyForSandbox(GUARDRAILS + "databases: {fresh: {retention: 30d}}\n");

    assertThat(cli().run("apply", "--auto-approve"))
        .exited(0)
        .printed("the database was found as desired");

    Assertions.assertThat(writes()).containsExactly("POST databases");
    Assertions.assertThat(retention("fresh")).isEqualTo(Retention.parse("30d"));
  }

  @Test
  void aCreationThatDidNotArriveIsNotTakenForDone() throws IOException {
    restartSandbox("reset,on=POST");
    policyForSandbox(GUARDRAILS + "databases: {fresh: {}}\n");

    assertThat(cli().run("apply", "--auto-approve")).exited(1);

    Assertions.assertThat(writes()).containsExactly("POST databases");
    Assertions.assertThat(database("fresh")).isEmpty();
  }

  @Test
  void aNameThatIsTakenIsAFailure() throws IOException {
    restartSandbox("status=409,on=POST");
    policyForSandbox(GUARDRAILS + "databases: {fresh: {}}\n");

    assertThat(cli().run("apply", "--auto-approve")).exited(1).printed("409");
  }

  @Test
  void aLostAnswerToADeletionIsSettledByAListing() throws IOException {
    restartSandbox("status=504,acts,on=DELETE");
    policyForSandbox(GUARDRAILS + "databases: {logs: {state: deleted}}\n");

    assertThat(cli().run("apply", "--auto-approve", "--allow", "data-loss"))
        .exited(0)
        .printed("the database was found as desired");

    Assertions.assertThat(database("logs")).isEmpty();
  }

  @Test
  void anAnswerThatShowsAnotherRetentionIsNotTakenOnTrust() throws IOException {
    restartSandbox("wrong=retentionPeriod,on=PATCH");

    policyForSandbox(GUARDRAILS + "databases: {logs: {retention: 30d}}\n");
    assertThat(cli().run("apply", "--auto-approve", "--allow", "data-loss"))
        .exited(0)
        .printed("the database was found as desired");

    Assertions.assertThat(retention("logs")).isEqualTo(Retention.parse("30d"));
  }
}
