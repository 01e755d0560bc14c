package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.sandbox.RecordedRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendor's verb for changing a token, on the engine of apply. */
class TokenUpdateCommandTest extends CommandTest {
  /**
   * The commands of the vendor's page behind its first word, and the bodies of its curl examples.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --description "my updated test token" --read-database logs --write-database logs ID | {"description":"my updated test token","permissions":[{"action":"read","resource":"logs"},{"action":"write","resource":"logs"}]}
          --description "Read/write to logs" --read-database logs --write-database logs ID    | {"description":"Read/write to logs","permissions":[{"action":"read","resource":"logs"},{"action":"write","resource":"logs"}]}
          --read-database "*" --write-database "*" ID                                         | {"permissions":[{"action":"read","resource":"*"},{"action":"write","resource":"*"}]}
          --read-database logs ID                                                             | {"permissions":[{"action":"read","resource":"logs"}]}
          --description "Read-only token for logs and metrics" --read-database logs --read-database metrics ID | {"description":"Read-only token for logs and metrics","permissions":[{"action":"read","resource":"logs"},{"action":"read","resource":"metrics"}]}
          --read-database logs --read-database metrics --write-database metrics ID            | {"permissions":[{"action":"read","resource":"logs"},{"action":"read","resource":"metrics"},{"action":"write","resource":"metrics"}]}
          """)
  void theVendorsCommandsSendTheVendorsBodies(String arguments, String body) {
    String[] command =
        Stream.concat(
                Stream.of("token", "update", "--auto-approve"),
                Stream.of(
                        arguments
                            .replace("ID", TELEGRAF.toString())
                            .split(" (?=[^\"]*(\"[^\"]*\"[^\"]*)*$)"))
                    .map(word -> word.replace("\"", "")))
            .toArray(String[]::new);

    assertThat(dedicated().run(command)).exited(0).printed("Apply complete: 1 applied");
    assertThat(clustered().run(command)).exited(0).printed("Nothing to change");
    Assertions.assertThat(bodies()).containsExactly(body);
  }

  @Test
  void theChangeIsShownAsAPlanAndAskedFor() {
    assertThat(
            dedicated()
                .atTerminal("yes\n")
                .run("token", "update", "--no-color", "--write-database", "logs", TELEGRAF + ""))
        .exited(0)
        .printed(
            "~ Telegraf  " + TELEGRAF + "  command line:1  narrows",
            "      - write  *\n        write  logs  was part of write *\n",
            "[1/1] applied  Telegraf (narrows)")
        .complained("Apply this plan, 1 change on " + sandbox.url() + "?");
  }

  @Test
  void anythingButYesSendsNothing() {
    assertThat(
            dedicated()
                .atTerminal("y\n")
                .run("token", "update", "--write-database", "logs", TELEGRAF + ""))
        .exited(1)
        .complained("not approved; nothing was sent");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void addKeepsWhatTheTokenHas() {
    assertThat(
            dedicated()
                .run(
                    "token",
                    "update",
                    "--add",
                    "--read-database",
                    "logs",
                    "--auto-approve",
                    "Grafana"))
        .exited(0);
    Assertions.assertThat(sandbox.token(GRAFANA).permissions())
        .isEqualTo(Permissions.of(Permission.read("logs"), Permission.read("metrics")));
  }

  @Test
  void removeKeepsTheRest() {
    sandboxHas("read", "logs");

    assertThat(
            dedicated()
                .run(
                    "token",
                    "update",
                    "--remove",
                    "--read-database",
                    "metrics",
                    "--auto-approve",
                    GRAFANA + ""))
        .exited(0);
    Assertions.assertThat(sandbox.token(GRAFANA).permissions())
        .isEqualTo(Permissions.of(Permission.read("logs")));
  }

  @Test
  void whatStaysPossibleThroughAllDatabasesIsSaid() {
    assertThat(
            dedicated()
                .run(
                    "token",
                    "update",
                    "--remove",
                    "--write-database",
                    "logs",
                    "--auto-approve",
                    TELEGRAF + ""))
        .exited(0)
        .printed("Nothing to change")
        .complained("note: the token keeps write *, so that it can still write logs");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void whatGuardrailsWouldSayIsAWarning() {
    assertThat(
            dedicated()
                .run("token", "update", "--write-database", "*", "--auto-approve", GRAFANA + ""))
        .exited(0)
        .complained("warning[wildcard-write]");
    assertThat(
            dedicated()
                .run(
                    "token",
                    "update",
                    "--remove",
                    "--write-database",
                    "*",
                    "--auto-approve",
                    GRAFANA + ""))
        .exited(0)
        .complained("warning[lockout]");
  }

  @Test
  void thePlatformsGuardrailsDeny() throws IOException {
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nguardrails: {wildcard-write: deny}\n");

    assertThat(
            dedicated()
                .run(
                    "token",
                    "update",
                    "--write-database",
                    "*",
                    "--auto-approve",
                    "--policy-guardrails",
                    "platform.yaml",
                    GRAFANA + ""))
        .exited(3)
        .complained("denied[wildcard-write]");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void noTokenIsUnmanagedWhereNoPolicyIsRead() throws IOException {
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nguardrails: {unmanaged-token: deny}\n");

    assertThat(
            dedicated()
                .run(
                    "token",
                    "update",
                    "--description",
                    "By hand",
                    "--auto-approve",
                    "--platform",
                    "platform.yaml",
                    GRAFANA + ""))
        .exited(0)
        .complainedOfNothing();
    Assertions.assertThat(writes()).hasSize(1);
  }

  @Test
  void aTokenOfThePolicyIsFoundByItsNameAndThePolicyIsMentioned() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(
            cli().run("token", "update", "--description", "By hand", "--auto-approve", "grafana"))
        .exited(0)
        .printed("~ grafana  " + GRAFANA)
        .complained("note: the policy names this token \"grafana\"");
    Assertions.assertThat(bodies()).containsExactly("{\"description\":\"By hand\"}");
  }

  @Test
  void itCanBeRolledBack() {
    Permissions before = sandbox.token(TELEGRAF).permissions();
    assertThat(
            dedicated()
                .run("token", "update", "--read-database", "logs", "--auto-approve", TELEGRAF + ""))
        .exited(0);

    assertThat(dedicated().run("rollback", "latest", "--auto-approve", "--allow", "wildcard-write"))
        .exited(0);
    Assertions.assertThat(sandbox.token(TELEGRAF).permissions()).isEqualTo(before);
  }

  @Test
  void aDryRunPrintsTheRequestAndSendsNone() {
    assertThat(
            clustered()
                .run("token", "update", "--dry-run", "--read-database", "logs", GRAFANA + ""))
        .exited(0)
        .printedExactly(
            "PATCH /api/v0/tokens/%s\n{\"permissions\":[{\"action\":\"read\",\"resource\":\"logs\"}]}\n"
                .formatted(GRAFANA));
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void withoutATerminalItRefuses() {
    assertThat(dedicated().run("token", "update", "--read-database", "logs", GRAFANA + ""))
        .exited(64)
        .complained("token update cannot ask for approval");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ID | there is nothing to change",
        "--add ID | --add names no permission",
        "--remove --description x ID | --remove names no permission",
        "--add --remove --read-database logs ID | --add and --remove cannot be used together",
        "--read-database= ID | a database's name must have 1 to 64 characters",
        "--write-database apiv1_0123456789abcdefghij ID | this looks like a secret, not like a"
            + " database's name",
        "--description apiv1_0123456789abcdefghij ID | --description contains what looks like"
            + " a secret"
      })
  void whatMeansNothingIsWrongUsage(String arguments, String message) {
    String[] command =
        ("token update --auto-approve " + arguments.replace("ID", GRAFANA.toString())).split(" ");

    assertThat(dedicated().run(command)).exited(64).complained(message).neverShowed("apiv1_");
    Assertions.assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--description", "--read-database", "--write-database"})
  void theManagementTokenIsNoDescriptionAndNoDatabase(String option) {
    String secret = "mgmt-0123456789";

    assertThat(
            dedicated()
                .with(SecretVariables.MANAGEMENT_TOKEN, secret)
                .run("token", "update", "--auto-approve", option, secret, GRAFANA.toString()))
        .exited(64)
        .printedNothing()
        .complained("error: one of the options contains the management token\n  hint: leave it out")
        .neverShowed(secret);
    Assertions.assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"99999999-0000-4000-8000-000000000009", "nobody"})
  void aTokenThatIsNotThereIsAnError(String token) {
    assertThat(
            dedicated().run("token", "update", "--read-database", "logs", "--auto-approve", token))
        .exited(1);
    Assertions.assertThat(writes()).isEmpty();
  }

  private void sandboxHas(String action, String database) {
    assertThat(
            dedicated()
                .run(
                    "token",
                    "update",
                    "--add",
                    "--" + action + "-database",
                    database,
                    "--auto-approve",
                    GRAFANA + ""))
        .exited(0);
  }

  private List<String> bodies() {
    return requests.stream()
        .filter(request -> request.method().equals("PATCH"))
        .map(RecordedRequest::body)
        .toList();
  }

  /** Cloud Dedicated, of which a policy without tokens says where it is. */
  private Cli dedicated() {
    try {
      policyForSandbox("tokens: {}\n");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cli();
  }

  /** Clustered, of which the vendor's variables say where it is. */
  private Cli clustered() {
    try {
      Files.deleteIfExists(folder.resolve("tokens.yaml"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return cli()
        .with("INFLUX_DB_PRODUCT_TYPE", "clustered")
        .with("INFLUX_DB_INSTANCE_URL", sandbox.url().toString());
  }
}
