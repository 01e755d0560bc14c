package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.cli.console.Interrupts;
import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.cli.console.Terminals;
import io.tokenform.cli.console.World;
import io.tokenform.cli.options.ManagementTokenCommand;
import io.tokenform.cli.options.TokenOptions;
import io.tokenform.sandbox.Sandbox;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where the management token comes from, and that it goes nowhere else. */
@Timeout(900)
class ManagementTokenTest extends CommandTest {
  private static final String RIGHT = Sandbox.PUBLIC_MANAGEMENT_TOKEN;
  private static final String CANARY = "canary0123456789";

  @BeforeEach
  void policy() throws IOException {
    policyForSandbox(TOKENS);
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
  void aFileOfWindowsIsRead(String charset) throws IOException {
    for (String mark : new String[] {"", "\ufeff"}) {
      Files.write(
          folder.resolve("token"), (mark + RIGHT + "\r\n").getBytes(Charset.forName(charset)));

      assertThat(cli().run("plan", TokenOptions.FILE, "token")).exited(0).complainedOfNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"%s\"",
        "'%s'",
        "\u201c%s\u201d",
        "`%s`",
        "\"%s",
        "%s\"",
        "\ufeff\"%s\"",
        "\"Bearer %s\""
      })
  void aTokenInQuotationMarksIsNotSent(String quoted) throws IOException {
    String text = quoted.formatted(CANARY);
    Files.writeString(folder.resolve("token"), text);

    assertThat(cli().run("plan", TokenOptions.FILE, "token"))
        .exited(1)
        .complained(
            "error: the file that --management-token-file names is in quotation marks\n",
            "  hint: leave them out: put the token there, and nothing else\n")
        .neverShowed(CANARY);
    assertThat(cli().with(SecretVariables.MANAGEMENT_TOKEN, text).run("plan"))
        .exited(1)
        .complained("error: INFLUX_DB_MANAGEMENT_TOKEN is in quotation marks\n")
        .neverShowed(CANARY);
    Assertions.assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"KEY=%s", "export KEY=\"%s\"", "mgmt_token = '%s'", "{\"token\":\"%s\"}"})
  void aSettingOrJsonIsNotSent(String text) throws IOException {
    Files.writeString(folder.resolve("token"), text.formatted(CANARY));

    assertThat(cli().run("plan", TokenOptions.FILE, "token"))
        .exited(1)
        .complained("error: the file that --management-token-file names looks like ")
        .neverShowed(CANARY);
    Assertions.assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer %s", "bearer  %s", "Token %s", "Authorization: Bearer %s"})
  void aTokenWithTheWordsOfItsHeaderIsNotSent(String text) {
    assertThat(cli().with(SecretVariables.MANAGEMENT_TOKEN, text.formatted(CANARY)).run("plan"))
        .exited(1)
        .complained(
            "error: INFLUX_DB_MANAGEMENT_TOKEN begins with words of a header, such as Bearer\n",
            "  hint: leave them out: put the token there, and nothing else\n")
        .neverShowed(CANARY);
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aCommandPrintsIt() {
    assertThat(command("echo; echo ' " + RIGHT + " '").run("plan", TokenOptions.COMMAND, line))
        .exited(0)
        .complainedOfNothing();
  }

  @Test
  void theCommandSeesTheWorldAndNoInput() {
    assertThat(
            command(
                    "cat; test \"$(basename \"$PWD\")\" = "
                        + folder.getFileName()
                        + " && echo $WORD")
                .with("WORD", RIGHT)
                .input("nothing to see")
                .run("plan", TokenOptions.COMMAND, line))
        .exited(0);
  }

  @Test
  void whatTheCommandComplainsOfIsShownAndHarmless() {
    assertThat(
            command("printf 'one \\033[31m\\ntwo\\n' >&2; echo " + RIGHT)
                .run("plan", TokenOptions.COMMAND, line))
        .exited(0)
        .complained("one \\u001b[31m\ntwo\n");
  }

  @Test
  void aCommandThatFailsIsNotBelieved() {
    assertThat(
            command("echo " + CANARY + "; echo about " + CANARY + " >&2; exit 3")
                .run("plan", "--debug", TokenOptions.COMMAND, line))
        .exited(1)
        .printedNothing()
        .complained(
            "about [secret]\n",
            "error: the command of --management-token-command exited with 3",
            "  hint: run it by hand")
        .neverShowed(CANARY);
  }

  @Test
  void aCommandThatPrintsNothingOrTooMuchIsNotBelieved() {
    assertThat(command("true").run("plan", TokenOptions.COMMAND, line))
        .exited(1)
        .complained("error: what the command of --management-token-command printed is empty");
    assertThat(command("echo two words").run("plan", TokenOptions.COMMAND, line))
        .exited(1)
        .complained("contains characters that no management token has");
    assertThat(Cli.in(folder).run("plan", TokenOptions.COMMAND, " "))
        .exited(64)
        .complained("--management-token-command is empty");
  }

  @Test
  void aCommandThatDoesNotEndIsStopped() {
    World world =
        new World(
            java.io.InputStream.nullInputStream(),
            java.io.OutputStream.nullOutputStream(),
            java.io.OutputStream.nullOutputStream(),
            Terminals.none(),
            Map.of(),
            folder,
            Clock.fixed(Cli.NOW, ZoneOffset.UTC),
            Interrupts.NONE);
    long start = System.nanoTime();
    ManagementTokenCommand command =
        new ManagementTokenCommand(Run.in(world), Duration.ofSeconds(1));

    Assertions.assertThatThrownBy(() -> command.run("sleep 30 & sleep 30; echo " + CANARY))
        .hasMessage(
            "the command of --management-token-command did not end within 1 s and was stopped");
    Assertions.assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void aCommandThatPrintsWithoutEndIsNoDanger() {
    assertThat(command("yes " + CANARY).run("plan", TokenOptions.COMMAND, line))
        .exited(1)
        .complained(
            "error: the command of --management-token-command prints more than a token has");
    assertThat(
            command("yes | head -c 100000 >&2; echo " + RIGHT)
                .run("plan", TokenOptions.COMMAND, line))
        .exited(0);
  }

  @Test
  void twoFlagsAreOneTooMany() throws IOException {
    file(RIGHT);
    assertThat(
            command("echo " + RIGHT)
                .run("plan", TokenOptions.FILE, "token", TokenOptions.COMMAND, line))
        .exited(64)
        .printedNothing()
        .complained(
            "error: --management-token-file and --management-token-command are both given",
            "  hint: leave one of them out");
  }

  @Test
  void aFlagWinsOverTheVariableAndThatOverTheProfileAndThatOverTerraforms() throws IOException {
    Path home = profile(RIGHT);
    Cli cli = Cli.in(folder).with("HOME", home.toString()).with("INFLUXDB3_TOKEN", CANARY);
    assertThat(cli.run("plan")).exited(0).complainedOfNothing();

    profile(CANARY);
    cli.with(SecretVariables.MANAGEMENT_TOKEN, RIGHT);
    assertThat(cli.run("plan")).exited(0).complainedOfNothing();

    cli.with(SecretVariables.MANAGEMENT_TOKEN, CANARY);
    file(RIGHT);
    assertThat(cli.run("plan", TokenOptions.FILE, "token")).exited(0).complainedOfNothing();
    assertThat(cli.run("plan", TokenOptions.COMMAND, "echo " + RIGHT))
        .exited(0)
        .complainedOfNothing();
    assertThat(cli.run("plan")).exited(1).complained("401");
  }

  @Test
  void theNamesOfTheTerraformProviderAreTheLast() throws IOException {
    policy("version: 1\n" + TOKENS);
    Cli cli =
        Cli.in(folder)
            .with("INFLUX_DB_PRODUCT_TYPE", "cloud-dedicated")
            .with("INFLUXDB3_ACCOUNT_ID", sandbox.accountId().toString())
            .with("INFLUXDB3_CLUSTER_ID", sandbox.clusterId().toString())
            .with("INFLUXDB3_TOKEN", RIGHT);

    assertThat(cli.run("plan", "--url", sandbox.url().toString()))
        .exited(0)
        .complained(
            "note: the account id comes from INFLUXDB3_ACCOUNT_ID\n",
            "note: the cluster id comes from INFLUXDB3_CLUSTER_ID\n",
            "note: the management token comes from INFLUXDB3_TOKEN\n");
  }

  @Test
  void theTokenOfTheTerraformProviderIsForItsAccountAlone() throws IOException {
    policy("version: 1\n" + TOKENS);
    assertThat(
            Cli.in(folder)
                .with("INFLUX_DB_PRODUCT_TYPE", "cloud-dedicated")
                .with("INFLUX_DB_ACCOUNT_ID", sandbox.accountId().toString())
                .with("INFLUX_DB_CLUSTER_ID", sandbox.clusterId().toString())
                .with("INFLUXDB3_ACCOUNT_ID", "eeeeeeee-3333-4333-8333-333333333333")
                .with("INFLUXDB3_TOKEN", CANARY)
                .run("plan"))
        .exited(1)
        .complained("error: there is no management token");
  }

  @Test
  void noNameOfTheTerraformProviderContradictsThePolicy() {
    assertThat(
            cli().with("INFLUXDB3_CLUSTER_ID", "eeeeeeee-3333-4333-8333-333333333333").run("plan"))
        .exited(1)
        .complained("INFLUXDB3_CLUSTER_ID names the cluster id eeeeeeee");
  }

  @Test
  void aWrongTokenIsNotShownWhereverItCameFrom() throws IOException {
    file(CANARY);
    Path home = profile(CANARY);
    Cli[] worlds = {
      cli().with(SecretVariables.MANAGEMENT_TOKEN, CANARY),
      cli().with(SecretVariables.MANAGEMENT_TOKEN, " " + CANARY + "\n"),
      command("").with("INFLUXDB3_TOKEN", CANARY),
      Cli.in(folder).with("HOME", home.toString())
    };
    for (Cli world : worlds) {
      assertThat(world.run("plan", "--debug")).exited(1).complained("401").neverShowed(CANARY);
    }
    for (String[] flag :
        new String[][] {
          {TokenOptions.FILE, "token"}, {TokenOptions.COMMAND, "set -x; echo " + CANARY}
        }) {
      assertThat(command(flag[1]).run("plan", "--debug", flag[0], line))
          .exited(1)
          .complained("401")
          .neverShowed(CANARY);
    }
  }

  private String line;

  private Cli command(String text) {
    line = text;
    return Cli.in(folder).agreedTo(configuration, sandbox.url());
  }

  private void file(String token) throws IOException {
    Files.writeString(folder.resolve("token"), token + "\n");
  }

  private Path profile(String token) throws IOException {
    Path home = folder.resolve("home");
    Cli.agree(home.resolve(".config"), sandbox.url());
    Files.createDirectories(home.resolve(".config/influxctl"));
    Files.writeString(
        home.resolve(".config/influxctl/config.toml"),
        """
        [[profile]]
        name = "default"
        product = "dedicated"
        account_id = "%s"
        cluster_id = "%s"
        mgmt_token = "%s"
        """
            .formatted(sandbox.accountId(), sandbox.clusterId(), token));
    return home;
  }
}
