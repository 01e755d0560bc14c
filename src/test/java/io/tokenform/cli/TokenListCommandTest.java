package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.cli.console.SecretVariables;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenListCommandTest extends ReadingTest {
  @Test
  void tokensAreListedByTheirDescriptionsWithoutRevokedOnes() {
    assertThat(clustered().run("token", "list"))
        .exited(0)
        .printedExactly(
            """
            ID                                    DESCRIPTION  READ           WRITE  STATUS   CREATED     EXPIRES
            33333333-0000-4000-8000-000000000003  =backup()    *                     active   2025-02-01
            11111111-0000-4000-8000-000000000001  Grafana      logs, metrics         active   2025-03-01
            44444444-0000-4000-8000-000000000004  Old probe    metrics               expired  2024-01-01  2025-01-01
            22222222-0000-4000-8000-000000000002  Telegraf                    *      active   2025-01-01  2026-06-30
            """)
        .complainedOfNothing();
  }

  @Test
  void aTerminalsWidthIsKeptAndIdsAreWhole() {
    assertThat(
            clustered()
                .with("NO_COLOR", "1")
                .with("COLUMNS", "92")
                .atTerminal("")
                .run("token", "list"))
        .exited(0)
        .printedExactly(
            """
            ID                                    DESCRIPTION  READ           WRITE  STATUS   EXPIRES
            33333333-0000-4000-8000-000000000003  =backup()    *                     active
            11111111-0000-4000-8000-000000000001  Grafana      logs, metrics         active
            44444444-0000-4000-8000-000000000004  Old probe    metrics               expired  2025-01-01
            22222222-0000-4000-8000-000000000002  Telegraf                    *      active   2026-06-30
            """);
    assertThat(clustered().with("COLUMNS", "100").atTerminal("").run("token", "list"))
        .exited(0)
        .printed("\u001b[1mID", "EXPIRES");
    Assertions.assertThat(
            clustered()
                .with("COLUMNS", "wide")
                .with("NO_COLOR", "1")
                .atTerminal("")
                .run("token", "list")
                .out()
                .lines())
        .allMatch(line -> line.length() <= 80);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--sort id                     | 11111111 22222222 33333333 44444444",
        "--sort created                | 44444444 22222222 33333333 11111111",
        "--sort expires                | 44444444 22222222 11111111 33333333",
        "--include-revoked             | 33333333 11111111 55555555 44444444 22222222",
        "--database metrics            | 33333333 11111111 44444444 22222222",
        "--database logs --sort id     | 11111111 22222222 33333333",
        "--database *                  | 33333333 22222222",
      })
  void tokensAreSortedAndChosen(String options, String ids) {
    Cli.Run run = clustered().run(("token list --format csv " + options).split(" ", -1));
    assertThat(run).exited(0).complainedOfNothing();
    List<String> found = run.out().lines().skip(1).map(line -> line.substring(0, 8)).toList();
    Assertions.assertThat(String.join(" ", found)).isEqualTo(ids);
  }

  @Test
  void aDatabaseThatTheClusterDoesNotHaveIsWarnedOf() {
    assertThat(clustered().run("token", "list", "--database", "metrcs"))
        .exited(0)
        .printed(BACKUP)
        .complained(
            "warning: the cluster has no database \"metrcs\"\n  hint: did you mean \"metrics\"?\n");
  }

  @Test
  void unmanagedTokensAreThoseThatPlanCounts() throws IOException {
    Cli.Run run = dedicated().run("token", "list", "--unmanaged");
    assertThat(run).exited(0).printed(BACKUP, TELEGRAF).complainedOfNothing();
    assertThat(run).neverShowed(GRAFANA).neverShowed(EXPIRED).neverShowed(REVOKED);
    assertThat(dedicated().run("plan")).printed("2 unmanaged");
  }

  @Test
  void unmanagedNeedsAPolicy() {
    assertThat(clustered().run("token", "list", "--unmanaged"))
        .exited(64)
        .printedNothing()
        .complained("--unmanaged needs a policy", "name it with -f");
  }

  @Test
  void aPolicyThatIsNamedHasToBeThere() {
    assertThat(clustered().run("token", "list", "-f", "tokens.yaml"))
        .exited(1)
        .printedNothing()
        .complained("tokens.yaml:1:1: error[unreadable-file]");
  }

  @Test
  void aPolicyThatIsThereSaysWhichClusterIsMeant() throws IOException {
    dedicated();
    assertThat(clustered().run("token", "list"))
        .exited(1)
        .printedNothing()
        .complained("INFLUX_DB_PRODUCT_TYPE names the product clustered");
  }

  @Test
  void csvIsHarmlessInASpreadsheet() {
    assertThat(clustered().run("token", "list", "--format", "csv"))
        .exited(0)
        .printed(
            "id,description,read,write,other,status,created,expires\r\n",
            BACKUP + ",'=backup(),*,,,active,2025-02-01T00:00:00Z,\r\n",
            GRAFANA + ",Grafana,\"logs, metrics\",,,active,2025-03-01T00:00:00Z,\r\n");
  }

  @Test
  void jsonIsOneDocumentWhateverHappens() throws IOException {
    assertThat(clustered().run("token", "list", "--format", "json", "--database", "logs"))
        .exited(0)
        .printed("[\n  {\n    \"id\" : \"" + BACKUP + "\",\n    \"description\" : \"=backup()\",");
    assertThat(
            clustered()
                .with(SecretVariables.MANAGEMENT_TOKEN, "wrong-token")
                .run("token", "list", "--format", "json"))
        .exited(1)
        .printed("\"error\" : {\n    \"message\" : \"GET /api/v0/tokens: 401")
        .complained("error: GET /api/v0/tokens: 401")
        .neverShowed("wrong-token");
    Files.writeString(folder.resolve("tokens.yaml"), "version: 2\n");
    assertThat(clustered().run("token", "list", "--format", "json"))
        .exited(1)
        .printed("\"message\" : \"the policy has errors\"", "\"code\" : \"unsupported-version\"")
        .complained("unsupported-version");
  }
}
