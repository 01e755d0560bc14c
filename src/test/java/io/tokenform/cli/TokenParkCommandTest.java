package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An incident: all access of a token at once, and the ways back. */
class TokenParkCommandTest extends TokenVerbTest {
  private static final String LABEL = " (tokenform: parked 2026-01-01T00:00:00Z INC-42: leaked)";

  private Secret made() throws IOException {
    policyForSandbox(LIFE);
    assertThat(apply()).exited(0);
    return stored("checkout");
  }

  private Cli.Run park(Cli cli, String token) {
    return token(cli, "park", token, "--reason", "INC-42: leaked");
  }

  @Test
  void anIncidentFromItsBeginningToItsEnd() throws IOException {
    Secret secret = made();
    Assertions.assertThat(written(secret, "logs")).isEqualTo(204);

    assertThat(park(cli(), "checkout"))
        .exited(0)
        .printed(
            "loses all its access",
            "checkout had:\n  " + idOf(secret) + "  in use  write logs\n",
            "Who else can write the same:\n  logs  " + TELEGRAF + "  telegraf  write *\n",
            "tokenform rollback " + folder + "/.tokenform/journal/",
            "    tokenform token release checkout\n    tokenform apply\n",
            "    tokenform token rotate checkout --platform FILE\n");
    Assertions.assertThat(written(secret, "logs")).isEqualTo(403);

    assertThat(apply()).exited(0).complained("warning[parked-token]", "INC-42: leaked");
    Assertions.assertThat(written(secret, "logs")).isEqualTo(403);

    assertThat(token(cli(), "release", "checkout"))
        .exited(0)
        .complained("it has no access yet", "the next apply gives it: tokenform apply");
    Assertions.assertThat(written(secret, "logs")).isEqualTo(403);
    assertThat(apply()).exited(0).printed("+ write  logs");
    Assertions.assertThat(written(secret, "logs")).isEqualTo(204);
  }

  @Test
  void aRollbackGivesBackWhatItHad() throws IOException {
    Secret secret = made();
    Cli.Run parked = park(cli(), "checkout");
    String command =
        parked.out().lines().filter(line -> line.contains("tokenform rollback")).findFirst().get();

    String[] words = words(command.replace("tokenform ", "") + " --auto-approve");
    assertThat(cli().run(words)).exited(0);

    Assertions.assertThat(written(secret, "logs")).isEqualTo(204);
    Assertions.assertThat(sandbox.token(idOf(secret)).description())
        .isEqualTo("Checkout, production");
  }

  @Test
  void oneListingOneCheckAndOneCallAreAll() throws IOException {
    made();
    requests.clear();

    assertThat(park(cli(), "checkout")).exited(0);

    Assertions.assertThat(
            requests.stream()
                .map(request -> request.method() + " " + request.path().replaceFirst(".*/t", "t")))
        .hasSize(3)
        .startsWith("GET tokens", "GET tokens");
    Assertions.assertThat(writes()).hasSize(1);
  }

  @Test
  void everyGenerationThatWorksLosesItsAccess() throws IOException {
    Secret old = made();
    assertThat(delivering(cli(), "rotate", "checkout")).exited(0);
    Secret fresh = stored("checkout");

    assertThat(park(cli(), "checkout"))
        .exited(0)
        .printed(idOf(fresh) + "  in use    write logs", idOf(old) + "  retiring  write logs");

    Assertions.assertThat(written(fresh, "logs")).isEqualTo(403);
    Assertions.assertThat(written(old, "logs")).isEqualTo(403);
    assertThat(apply()).exited(0).complained("warning[parked-token]");
    Assertions.assertThat(written(old, "logs")).isEqualTo(403);
    assertThat(token(cli(), "release", "checkout")).exited(0);
    assertThat(apply()).exited(0);
    Assertions.assertThat(written(fresh, "logs")).isEqualTo(204);
    Assertions.assertThat(written(old, "logs")).isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Grafana", "11111111-0000-4000-8000-000000000001", "1111"})
  void aTokenThatNoPolicyNamesIsParkedToo(String wanted) {
    assertThat(park(alone(), wanted))
        .exited(0)
        .complainedOfNothing()
        .printed("    tokenform token rotate " + GRAFANA + " --read-database metrics --deliver");
    Assertions.assertThat(sandbox.token(GRAFANA).description()).isEqualTo("Grafana" + LABEL);
    Assertions.assertThat(permissions(GRAFANA).isEmpty()).isTrue();
    requests.clear();
    assertThat(park(alone(), wanted))
        .exited(0)
        .complained("note: the token " + GRAFANA + " is parked already");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void aReleasedTokenThatNoPolicyNamesHasNoAccess() {
    park(alone(), "Grafana");
    assertThat(token(alone(), "release", "Grafana"))
        .exited(0)
        .complained("no policy that would give it any", "tokenform token update " + GRAFANA);
    Assertions.assertThat(sandbox.token(GRAFANA).description()).isEqualTo("Grafana");
    assertThat(token(alone(), "release", "Grafana"))
        .exited(0)
        .complained("note: the token " + GRAFANA + " is not parked");
  }

  @Test
  void thePlatformsRulesHold() throws IOException {
    Files.writeString(folder.resolve("platform.yaml"), "version: 1\nguardrails: {lockout: deny}\n");
    assertThat(delivering(alone(), "park", "Grafana", "--reason", "INC-42"))
        .exited(3)
        .complained("denied[lockout]");
    Assertions.assertThat(writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"two\nlines", " ", "(tokenform: x"})
  void aReasonThatNoLabelCanHaveIsWrongUsage(String reason) {
    assertThat(token(alone(), "park", "Grafana", "--reason", reason))
        .exited(64)
        .complained("--reason: the reason must");
    assertThat(token(alone(), "park", "Grafana")).exited(64).complained("--reason");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void theCommandsThatComeNextNameWhatWasNamed() throws IOException {
    made();
    Files.move(folder.resolve("tokens.yaml"), folder.resolve("my policy.yaml"));
    Cli.Run run =
        delivering(cli(), "park", "checkout", "--reason", "INC-42", "-f", "my policy.yaml");

    assertThat(run)
        .exited(0)
        .printed(
            "tokenform token release checkout -f 'my policy.yaml' --platform platform.yaml\n",
            "tokenform rollback --platform platform.yaml " + folder,
            "tokenform apply -f 'my policy.yaml' --platform platform.yaml\n",
            "tokenform token rotate checkout -f 'my policy.yaml' --platform platform.yaml\n");
  }

  @Test
  void listsAndQuestionsShowTheState() throws IOException {
    Secret old = made();
    assertThat(delivering(cli(), "rotate", "checkout")).exited(0);
    park(cli(), "grafana");

    assertThat(cli().run("token", "list", "--no-color"))
        .exited(0)
        .printed("NAME", "checkout  Checkout, production", "retiring", "parked")
        .neverShowed("(tokenform:");
    assertThat(cli().run("token", "get", idOf(old).toString()))
        .printed("status       retiring", "retiring     until 2026-01-08T00:00:00Z")
        .neverShowed("(tokenform:");
    assertThat(cli().run("token", "get", "grafana"))
        .printed(
            "status       parked", "reason       INC-42: leaked", "description  \"Grafana\"\n");
    assertThat(cli().run("token", "get", "grafana", "--format", "json"))
        .printed(
            "\"status\" : \"active\"",
            "\"label\" : \"parked\"",
            "\"reason\" : \"INC-42: leaked\"",
            "\"description\" : \"Grafana" + LABEL + "\"");
    assertThat(cli().run("token", "get", idOf(old).toString(), "--format", "json"))
        .printed("\"label\" : \"retiring\"", "\"until\" : \"2026-01-08T00:00:00Z\"");
    assertThat(cli().run("who-can", "write", "logs"))
        .printed("STATUS", "checkout  Checkout, production  retiring", "active");
    assertThat(cli().run("who-can", "write", "logs", "--format", "json"))
        .printed("\"label\" : \"retiring\"");
    assertThat(cli().run("who-can", "write", "logs", "--format", "csv"))
        .printed("id,how,name,description,status", "retiring");
    assertThat(cli().run("token", "list", "--format", "csv"))
        .printed("created,expires,name", "retiring", ",grafana\r\n");
  }

  @Test
  void aLabelStaysWhenTheDescriptionChanges() {
    park(alone(), "Grafana");
    assertThat(token(alone(), "update", "--description", "Grafana 2", "Grafana")).exited(0);
    Assertions.assertThat(sandbox.token(GRAFANA).description()).isEqualTo("Grafana 2" + LABEL);
    assertThat(
            token(
                alone(), "update", "--description", "X (tokenform: pending 0123456789ab)", "1111"))
        .exited(64)
        .complained("--description ends in a label");
  }

  @Test
  void whatARemovalLeavesIsSaid() {
    patch(
        TELEGRAF.toString(),
        "{\"permissions\": ["
            + String.join(
                ", ",
                Arrays.stream(new String[] {"read *", "write *", "write logs"})
                    .map(text -> text.split(" "))
                    .map(
                        pair ->
                            "{\"action\": \"%s\", \"resource\": \"%s\"}"
                                .formatted(pair[0], pair[1]))
                    .toList())
            + "]}");

    assertThat(
            token(
                alone(),
                words("update --remove --read-database '*' --write-database '*' Telegraf")))
        .exited(0)
        .complained("note: the token keeps write logs");
    Assertions.assertThat(permissions(TELEGRAF)).isEqualTo(permissions(Permission.write("logs")));
    assertThat(token(alone(), words("update --remove --write-database logs Telegraf")))
        .exited(0)
        .complained("note: the token keeps no access");
  }

  @Test
  void theCommandsThatComeNextLeadToTheSameCluster() throws IOException {
    made();
    String url = sandbox.url().toString();

    assertThat(
            token(
                cli(),
                "park",
                "checkout",
                "--reason",
                "INC-42: leaked",
                "--url",
                url,
                "--journal-dir",
                "a b"))
        .exited(0)
        .printed(
            "    tokenform rollback --url " + url + " --journal-dir 'a b' '" + folder + "/a b/",
            "    tokenform token release checkout --url " + url + " --journal-dir 'a b'\n",
            "    tokenform apply --url " + url + " --journal-dir 'a b'\n",
            "    tokenform token rotate checkout --url "
                + url
                + " --journal-dir 'a b' --platform FILE\n");
  }
}
