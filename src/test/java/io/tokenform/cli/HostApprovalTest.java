package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.cli.options.TokenOptions;
import io.tokenform.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file alone never chooses the host that gets the management token. */
class HostApprovalTest extends CommandTest {
  private static final String TOKEN = Sandbox.PUBLIC_MANAGEMENT_TOKEN;

  private String host;
  private Path hosts;

  @BeforeEach
  void policy() throws IOException {
    policyForSandbox(TOKENS);
    host = sandbox.url().toString();
    hosts = configuration.resolve("tokenform/hosts");
  }

  /** A user who has agreed to nothing yet. */
  private Cli user() {
    return Cli.in(folder)
        .with("XDG_CONFIG_HOME", configuration.toString())
        .with("NO_COLOR", "1")
        .with("COLUMNS", "1000");
  }

  private Cli userWithToken() {
    return user().withManagementToken();
  }

  private void refused(Cli.Run run, String place, String token) {
    assertThat(run)
        .exited(1)
        .complained(
            "error: "
                + place
                + " alone names the host "
                + host
                + "; the management token ("
                + token
                + ") is not sent to a host that only a file names\n",
            "  hint: if it may go there, say so with --url " + host);
    Assertions.assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "apply --auto-approve",
        "apply --dry-run",
        "export",
        "who-can read metrics",
        "token list",
        "token get grafana",
        "token update grafana --add --read-database logs --auto-approve"
      })
  void noCommandSendsItWhereAPolicyAloneSays(String line) {
    Cli.Run run = userWithToken().run(line.split(" "));

    refused(run, "tokens.yaml:6:8", "INFLUX_DB_MANAGEMENT_TOKEN");
    assertThat(run).printedNothing();
  }

  @Test
  void aClusteredPolicyDoesNotChooseItEither() throws IOException {
    policy("version: 1\ncluster: {product: clustered, url: \"" + host + "\"}\n" + TOKENS);

    Cli.Run run = userWithToken().run("plan");
    refused(run, "tokens.yaml:2:36", "INFLUX_DB_MANAGEMENT_TOKEN");
    assertThat(run).complained(" or INFLUX_DB_INSTANCE_URL; at a terminal tokenform asks once");

    Assertions.assertThat(
            userWithToken().with("INFLUX_DB_INSTANCE_URL", host).run("token", "list").exit())
        .isZero();
    Assertions.assertThat(requests).isNotEmpty();
  }

  @Test
  void aSavedPlanAndAJournalDoNotChooseIt() throws IOException {
    assertThat(cli().run("plan", "--out", "plan.json")).exited(0);
    assertThat(cli().run("apply", "plan.json", "--auto-approve")).exited(0);
    String journal = journals().get(0).getFileName().toString();
    requests.clear();
    Files.delete(hosts);

    refused(
        userWithToken().run("apply", "plan.json", "--auto-approve"),
        "plan.json",
        "INFLUX_DB_MANAGEMENT_TOKEN");
    refused(
        userWithToken().run("rollback", "latest", "--auto-approve"),
        journal,
        "INFLUX_DB_MANAGEMENT_TOKEN");

    assertThat(
            userWithToken()
                .run(
                    "rollback",
                    "latest",
                    "--auto-approve",
                    "--allow=wildcard-write",
                    "--url",
                    host))
        .exited(0);
    assertThat(userWithToken().run("apply", "plan.json", "--auto-approve", "--url", host))
        .exited(0);
  }

  @Test
  void noTokenIsReadAndNoCommandIsRunForIt() {
    refused(
        user().run("plan", TokenOptions.COMMAND, "touch was-run; echo " + TOKEN),
        "tokens.yaml:6:8",
        TokenOptions.COMMAND);
    Assertions.assertThat(folder.resolve("was-run")).doesNotExist();
    // A file that is not there would be an error, were it read.
    refused(user().run("plan", TokenOptions.FILE, "nowhere"), "tokens.yaml:6:8", TokenOptions.FILE);
  }

  @Test
  void theTokenOfAProfileGoesToItsHostAlone() throws IOException {
    Path file = configuration.resolve("influxctl/config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        [[profile]]
        name = "default"
        product = "dedicated"
        account_id = "%s"
        cluster_id = "%s"
        mgmt_token = "canary0123456789"
        """
            .formatted(sandbox.accountId(), sandbox.clusterId()));

    for (String[] line : new String[][] {{"plan"}, {"plan", "--profile", "default"}}) {
      Cli.Run run = user().run(line);
      refused(run, "tokens.yaml:6:8", "profile \"default\" in " + file);
      assertThat(run).neverShowed("canary");
    }
  }

  /** Where a CI's home is its checkout, a commit can bring a profile along. */
  @Test
  void aProfileInTheCheckoutOfACiVouchesForNothing() throws IOException {
    Path file = folder.resolve(".config/influxctl/config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(
        file,
        """
        [[profile]]
        name = "default"
        product = "clustered"
        host = "cluster.invalid"
        """);
    policy(
        "version: 1\ncluster: {product: clustered, url: \"https://cluster.invalid\"}\n" + TOKENS);
    Cli cli = Cli.in(folder).withManagementToken().with("HOME", folder.toString());
    String[] line = {"plan", "--max-attempts", "1"};

    assertThat(cli.run(line)).exited(1).complained("there is no host cluster.invalid");

    cli.with("CI", "true");
    assertThat(cli.run(line))
        .exited(1)
        .complained("note: " + file + " is not used", "alone names the host");
    assertThat(cli.run("plan", "--config", file.toString(), "--max-attempts", "1"))
        .exited(1)
        .complained("there is no host cluster.invalid");
  }

  @Test
  void terraformsTokenGoesToNoOtherHostEither() {
    refused(
        user().with("INFLUXDB3_TOKEN", TOKEN).run("plan"), "tokens.yaml:6:8", "INFLUXDB3_TOKEN");
  }

  @Test
  void aFlagNamesIt() {
    assertThat(userWithToken().run("plan", "--url", host)).exited(0).complainedOfNothing();
    assertThat(userWithToken().with("CI", "true").run("plan", "--url", host)).exited(0);
    Assertions.assertThat(hosts).doesNotExist();
  }

  @Test
  void whereThereIsNoTokenThereIsNothingToAsk() {
    assertThat(user().atTerminal("yes\n").run("plan"))
        .exited(1)
        .complained("error: there is no management token");
  }

  @Test
  void aTerminalIsAskedOnceAndTheAnswerIsRemembered() throws IOException {
    assertThat(userWithToken().atTerminal("yes\n").run("plan"))
        .exited(0)
        .complained(
            "tokens.yaml:6:8 names a host that you have not approved:\n  " + host + "\n",
            "The management token (INFLUX_DB_MANAGEMENT_TOKEN) would be sent there.\n",
            "Send it to " + host + ", and remember this answer?",
            "Only \"yes\" is accepted as a yes: ",
            host + " is remembered in " + hosts);
    Assertions.assertThat(Files.readAllLines(hosts).get(0)).startsWith("# The hosts that may get");
    Assertions.assertThat(Files.readAllLines(hosts)).endsWith(host);
    Assertions.assertThat(permissions(hosts)).isEqualTo("rw-------");
    Assertions.assertThat(permissions(hosts.getParent())).isEqualTo("rwx------");

    assertThat(userWithToken().atTerminal("").run("plan")).exited(0).complainedOfNothing();
    assertThat(userWithToken().run("plan")).exited(0).complainedOfNothing();
  }

  @Test
  void anotherPortIsAnotherHost() {
    Cli.agree(configuration, "http://127.0.0.1:1", "https://127.0.0.1:" + sandbox.url().getPort());

    refused(userWithToken().run("plan"), "tokens.yaml:6:8", "INFLUX_DB_MANAGEMENT_TOKEN");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "no\n", "y\n", "YES\n", " yes\n", "\n"})
  void anyOtherAnswerIsANo(String answer) {
    assertThat(userWithToken().atTerminal(answer).run("plan"))
        .exited(1)
        .printedNothing()
        .complained("error: not confirmed; the management token was not sent to " + host);
    Assertions.assertThat(requests).isEmpty();
    Assertions.assertThat(hosts).doesNotExist();
  }

  @Test
  void approvalOfAPlanIsNoConsentToItsHost() {
    assertThat(userWithToken().atTerminal("no\n").run("apply", "--auto-approve"))
        .exited(1)
        .complained("not confirmed");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aCiAsksNobodyAndNoAnswerCountsThere() {
    Cli.agree(configuration, host);
    for (Cli cli : List.of(userWithToken(), userWithToken().atTerminal("yes\n"))) {
      Cli.Run run = cli.with("CI", "true").run("plan");
      refused(run, "tokens.yaml:6:8", "INFLUX_DB_MANAGEMENT_TOKEN");
      assertThat(run)
          .complained("; CI is set, so tokenform does not ask and uses no remembered answer");
    }
    assertThat(userWithToken().with("CI", "").run("plan")).exited(0);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void answersThatOthersCouldHaveGivenDoNotCount() throws IOException {
    Cli.agree(configuration, host);
    Files.setPosixFilePermissions(hosts, PosixFilePermissions.fromString("rw-rw----"));

    Cli.Run run = userWithToken().run("plan");
    refused(run, "tokens.yaml:6:8", "INFLUX_DB_MANAGEMENT_TOKEN");
    assertThat(run)
        .complained(
            "; the remembered hosts are not used: " + hosts + ": other users can write to it\n");

    assertThat(userWithToken().atTerminal("yes\n").run("plan"))
        .exited(0)
        .complained(
            "warning: the remembered hosts are not used: "
                + hosts
                + ": other users can write to it\n",
            "warning: the answer is not remembered: " + hosts + ": other users can write to it\n");
    Assertions.assertThat(permissions(hosts)).isEqualTo("rw-rw----");
  }

  @Test
  void doctorSaysItAsACheck() {
    Cli.Run run = userWithToken().run("doctor");
    assertThat(run)
        .exited(1)
        .printed(
            "  token       not read                              INFLUX_DB_MANAGEMENT_TOKEN\n",
            "  FAIL  host  tokens.yaml:6:8 alone names the host " + host,
            "hint: if it may go there, say so with --url " + host)
        .complainedOfNothing();
    Assertions.assertThat(requests).isEmpty();

    assertThat(userWithToken().atTerminal("yes\n").run("doctor")).exited(0);
  }

  @Test
  void machinesAreToldInJson() {
    assertThat(userWithToken().run("plan", "--format", "json"))
        .exited(1)
        .printed("alone names the host " + host);
  }

  @Test
  void theEmbeddedSandboxIsNobodysHost() throws IOException {
    policy("version: 1\ncluster: {product: sandbox}\n");
    assertThat(userWithToken().with("CI", "true").run("plan")).exited(0).complainedOfNothing();
  }

  @Test
  void aUrlIsQuotedForAShell() throws IOException {
    policy(
        "version: 1\ncluster: {product: clustered, url: \"https://h.example.com/a';touch$IFS'b\"}\n"
            + TOKENS);
    assertThat(userWithToken().run("plan"))
        .exited(1)
        .complained("--url 'https://h.example.com/a'\\'';touch$IFS'\\''b' or INFLUX_DB");
  }

  private static String permissions(Path file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
  }
}
