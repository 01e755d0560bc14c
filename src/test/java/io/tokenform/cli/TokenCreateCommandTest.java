package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Permission;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The vendor's verb for making a token, on the engine of apply. */
class TokenCreateCommandTest extends TokenVerbTest {
  /** The vendor's examples behind their first word, and what the tokens may do then. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          token create --read-database DATABASE1 --read-database DATABASE2 --write-database DATABASE1 "Read and write token" | read DATABASE1, read DATABASE2, write DATABASE1
          token create --read-database DATABASE_NAME "Read-only token"                                                     | read DATABASE_NAME
          token create --write-database DATABASE_NAME "Write-only token"                                                   | write DATABASE_NAME
          token create --read-database "*" --write-database "*" "Full access"                                              | read *, write *
          token create --read-database=a --expires-at "2027-07-24T15:37:00+02:00" "With an end"                            | read a
          """)
  void theVendorsCommandsMakeTheVendorsTokens(String command, String permissions) {
    String[] words =
        Stream.concat(Stream.of(words(command)), Stream.of("--show-secret", "--auto-approve"))
            .toArray(String[]::new);

    Cli.Run run = alone().run(words);

    assertThat(run).exited(0);
    Token made = sandbox.token(idOf(shown(run)));
    Assertions.assertThat(made.permissions()).hasToString("[" + permissions + "]");
    Assertions.assertThat(made.description()).isEqualTo(description(words));
    Assertions.assertThat(made.expiresAt().isPresent()).isEqualTo(command.contains("--expires"));
  }

  private static String description(String... words) {
    return words[words.length - 3];
  }

  @Test
  void theSecretStandsAloneOnStandardOutput() {
    Cli.Run run =
        token(alone(), "create", "--write-database", "logs", "Job", "--show-secret", "--no-color");

    assertThat(run)
        .exited(0)
        .complained(
            "+ Job    command line:1  creates",
            "never expires",
            "its secret is shown here, once, and kept nowhere",
            "Apply complete: 1 applied");
    Secret secret = shown(run);
    Assertions.assertThat(run.err()).doesNotContain(secret.reveal());
    Assertions.assertThat(written(secret, "logs")).isEqualTo(204);
    Assertions.assertThat(queried(secret, "logs")).isEqualTo(403);
    Assertions.assertThat(live("Job")).singleElement().extracting("description").isEqualTo("Job");
  }

  @Test
  void noFileHoldsAShownSecret() throws IOException {
    Secret secret =
        shown(token(alone(), "create", "--read-database", "logs", "Job", "--show-secret"));

    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Assertions.assertThat(Files.readString(file)).doesNotContain(secret.reveal());
      }
    }
    assertThat(alone().run("journal", "show", "latest")).exited(0).neverShowed(secret.reveal());
  }

  @Test
  void machinesGetOneDocument() throws IOException {
    Cli.Run run =
        token(
            alone(),
            "create",
            "--read-database",
            "logs",
            "Job",
            "--expires-at",
            "90d",
            "--show-secret",
            "--format",
            "json");

    assertThat(run).exited(0);
    JsonNode json = new ObjectMapper().readTree(run.out());
    Secret secret = Secret.of(json.path("accessToken").asText());
    Assertions.assertThat(json.path("id").asText()).isEqualTo(idOf(secret).toString());
    Assertions.assertThat(json.path("description").asText()).isEqualTo("Job");
    Assertions.assertThat(Instant.parse(json.path("expiresAt").asText()))
        .isEqualTo(Cli.NOW.plus(Duration.ofDays(90)));
    Assertions.assertThat(queried(secret, "logs")).isEqualTo(200);
  }

  @Test
  void aSinkGetsTheSecretAndNobodySeesIt() throws IOException {
    Cli.Run run =
        delivering(
            alone(),
            "create",
            "--read-database",
            "logs",
            "Grafana, EU (new)",
            "--deliver",
            "files");

    assertThat(run)
        .exited(0)
        .printed("its secret goes to the sink files (directory secrets)")
        .complained("note: the sink files calls the token \"grafana-eu-new\"")
        .neverShowed("apiv1_");
    Assertions.assertThat(queried(stored("grafana-eu-new"), "logs")).isEqualTo(200);
  }

  @Test
  void theNameInTheSinkCanBeChosen() throws IOException {
    assertThat(
            delivering(
                alone(),
                "create",
                "--read-database",
                "logs",
                "Job",
                "--deliver",
                "files",
                "--name",
                "prod.job",
                "--format",
                "json"))
        .exited(0)
        .printed("\"name\" : \"prod.job\"", "\"deliveredTo\" : \"files\"")
        .neverShowed("accessToken");
    Assertions.assertThat(queried(stored("prod.job"), "logs")).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          Job --read-database logs                                        | give --deliver SINK
          Job --read-database logs                                        | --show-secret
          Job --read-database logs --show-secret --deliver files          | cannot be used together
          Job --show-secret                                               | the token would have no access
          Job --read-database logs --show-secret --expires-at tomorrow    | neither an instant such as 2027-01-31T00:00:00Z nor a duration
          Job --read-database logs --show-secret --expires-at 2027-01-31  | is not an instant
          Job --read-database logs --show-secret --expires-at 2025-01-31T00:00:00Z | is in the past
          Job --read-database logs --deliver files --name a/b             | is no name for a sink
          "語 語" --read-database logs --deliver files                    | no name for the sink can be made
          " " --read-database logs --show-secret                          | the description is blank
          "Job " --read-database logs --show-secret                       | begins or ends with a blank
          "Job (tokenform: pending 3f9a1c3f9a1c)" --read-database logs --show-secret | ends in a label
          apiv1_aGVsbG8gd29ybGQgaGVsbG8gd29ybGQ --read-database logs --show-secret  | looks like a secret
          """)
  void whatMakesNoSenseSendsNothing(String arguments, String complaint) {
    assertThat(
            delivering(
                alone(),
                Stream.concat(Stream.of("create"), Stream.of(words(arguments)))
                    .toArray(String[]::new)))
        .exited(64)
        .complained(complaint)
        .printedNothing();
    Assertions.assertThat(writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Grafana", "Telegraf"})
  void aTokenOfTheSameDescriptionIsInTheWay(String description) {
    assertThat(token(alone(), "create", "--read-database", "logs", description, "--show-secret"))
        .exited(1)
        .complained("there is a token with the description \"" + description + "\" already")
        .printedNothing();
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void aNameOfThePolicyIsNotOverwrittenInTheSink() throws IOException {
    policyForSandbox(LIFE);
    assertThat(
            delivering(
                cli(), "create", "--read-database", "logs", "Checkout!", "--deliver", "files"))
        .exited(1)
        .complained("\"checkout\" is a token of the policy", "--name");
  }

  @Test
  void aNameThatAnotherDescriptionGivesTooIsNotOverwrittenInTheSink() throws IOException {
    String create = "create --write-database logs --deliver files";
    assertThat(delivering(alone(), words(create, "Edge site 1"))).exited(0);
    List<Token> before = sandbox.tokens();

    assertThat(delivering(alone(), words(create, "Edge (site 1)")))
        .exited(1)
        .complained("as \"edge-site-1\" too, and this one's could replace it", "--name")
        .printedNothing();
    Assertions.assertThat(sandbox.tokens()).isEqualTo(before);
    assertThat(delivering(alone(), words(create, "Edge (site 1)", "--name", "edge-1b"))).exited(0);
    Assertions.assertThat(written(stored("edge-site-1"), "logs")).isEqualTo(204);
    Assertions.assertThat(written(stored("edge-1b"), "logs")).isEqualTo(204);
  }

  @Test
  void anUnknownSinkIsAnErrorBeforeAnything() {
    assertThat(
            delivering(alone(), "create", "--read-database", "logs", "Job", "--deliver", "filez"))
        .exited(1)
        .complained("there is no sink \"filez\"", "did you mean \"files\"?");
    Assertions.assertThat(writes()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--show-secret", "--deliver files"})
  void aDryRunMakesNothing(String where) {
    Cli.Run run = delivering(alone(), words("create --read-database logs Job --dry-run " + where));

    assertThat(run).exited(0).printed("POST ", "/tokens").complained("none was made");
    Assertions.assertThat(writes()).isEmpty();
    assertThat(
            delivering(
                alone(), words("create --read-database logs Job --dry-run --format json " + where)))
        .exited(0)
        .printed("\"create\" : 1");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void machinesLearnWhyThereIsNoToken() throws IOException {
    for (String typed : List.of("no\n", "")) {
      Cli.Run run =
          alone()
              .atTerminal(typed)
              .run(words("token create --read-database logs Job --show-secret --format json"));

      assertThat(run).exited(1).complained("not approved; nothing was sent");
      Assertions.assertThat(
              new ObjectMapper().readTree(run.out()).path("error").path("message").asText())
          .isEqualTo("no token was made");
    }
    Cli.Run twice =
        token(alone(), words("create --read-database logs Grafana --show-secret --format json"));
    assertThat(twice).exited(1);
    Assertions.assertThat(new ObjectMapper().readTree(twice.out()).path("error").isObject())
        .isTrue();
  }

  @Test
  void noTokenIsMadeWhoseSecretNobodyCouldSee() {
    assertThat(
            token(
                alone().withFullDisk(),
                "create",
                "--read-database",
                "logs",
                "Job",
                "--show-secret"))
        .exited(1);
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void thePlatformsGuardrailsHold() throws IOException {
    Files.writeString(
        folder.resolve("platform.yaml"),
        "version: 1\nguardrails: {no-expiry: deny}\nsinks: {files: {directory: secrets}}\n");
    assertThat(delivering(alone(), words("create --read-database logs Job --deliver files")))
        .exited(3)
        .complained("denied[no-expiry]");
    Assertions.assertThat(writes()).isEmpty();
    assertThat(
            delivering(
                alone(), words("create --read-database logs Job --deliver files --expires-at 1d")))
        .exited(0);
  }

  @Test
  void aSinkThatFailsLeavesNoToken() throws IOException {
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nsinks: {bad: {command: [\"false\"]}}\n");
    assertThat(delivering(alone(), words("create --read-database logs Job --deliver bad")))
        .exited(1)
        .printed("the new token was revoked");
    Assertions.assertThat(live("Job")).allMatch(Token::isRevoked);
  }

  @Test
  void aWildcardIsWarnedOf() {
    assertThat(token(alone(), words("create --write-database '*' Job --show-secret")))
        .exited(0)
        .complained("warning[wildcard-write]");
    Assertions.assertThat(live("Job").get(0).permissions())
        .isEqualTo(permissions(Permission.write("*")));
  }
}
