package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.cli.console.SecretVariables;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class PlanCommandTest extends CommandTest {
  @Test
  void changesAreShownAndNothingIsSent() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().run("plan"))
        .exited(0)
        .printed("~ grafana", "+ read  logs", "~ telegraf", "- write  *", "Plan: 2 to update")
        .complained("next: tokenform apply\n");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void detailedExitCodeTellsChangesFromNone() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(2);

    policyForSandbox("tokens: {}\n");
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(0);
  }

  @Test
  void theSamePlanIsPrintedEveryTime() throws IOException {
    policyForSandbox(TOKENS);
    String first = cli().run("plan").out();

    assertThat(cli().run("plan")).printedExactly(first);
  }

  @Test
  void targetsAndExclusionsTakePatterns() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().run("plan", "--target", "gra*"))
        .exited(0)
        .printed("grafana")
        .neverShowed("telegraf:");
    Assertions.assertThat(cli().run("plan", "--target", "*raf*").out())
        .isEqualTo(cli().run("plan").out());
    Assertions.assertThat(cli().run("plan", "--target", "*raf*", "--exclude", "tele*").out())
        .isEqualTo(cli().run("plan", "--target", "grafana").out());
    assertThat(cli().run("plan", "--exclude", "*"))
        .exited(64)
        .complained("--target and --exclude leave no token to plan for");
    assertThat(cli().run("apply", "--target", "gra*", "--auto-approve")).exited(0);
    Assertions.assertThat(writes()).containsExactly("PATCH " + GRAFANA);
  }

  @Test
  void aPatternThatMatchesNothingIsWrongUsage() throws IOException {
    policyForSandbox(TOKENS);
    for (String option : new String[] {"--target", "--exclude"}) {
      assertThat(cli().run("plan", option, "edge-*"))
          .exited(64)
          .printedNothing()
          .complained(
              option + ": no token of the policy has a name like \"edge-*\"", "quote the pattern");
    }
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aNameWithAStarIsThatTokenAlone() throws IOException {
    policyForSandbox(
        "tokens: {'gra*': {id: %s, permissions: {read: [logs]}}, grafana: {id: %s, permissions: {write:"
                .formatted(GRAFANA, TELEGRAF)
            + " [logs]}}}");
    assertThat(cli().run("apply", "--target", "gra*", "--auto-approve")).exited(0);
    Assertions.assertThat(writes()).containsExactly("PATCH " + GRAFANA);
  }

  @Test
  void aTargetThatThePolicyDoesNotHaveIsWrongUsage() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().run("plan", "--target", "grafna"))
        .exited(64)
        .printedNothing()
        .complained("--target: the policy has no token \"grafna\"", "did you mean \"grafana\"?");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void anErrorThatOnlyTheClusterShowsLeavesStandardOutputClean() throws IOException {
    policyForSandbox(
        """
        tokens:
          gone:
            description: Gone
            permissions: {read: [logs]}
            deliver: nowhere
        """);

    assertThat(cli().run("plan"))
        .exited(1)
        .printedNothing()
        .complained("tokens.yaml:11:14: error[unknown-sink]", "there is an error");
  }

  @Test
  void coloursAreForTerminalsAlone() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().atTerminal("").run("plan")).printed("\u001b[32m+ read  logs\u001b[0m");
    assertThat(cli().run("plan")).neverShowed("\u001b");
    assertThat(cli().atTerminal("").run("plan", "--no-color")).neverShowed("\u001b");
    assertThat(cli().atTerminal("").with("NO_COLOR", "1").run("plan")).neverShowed("\u001b");
    assertThat(cli().atTerminal("").with("NO_COLOR", "").run("plan")).printed("\u001b[32m");
    assertThat(cli().atTerminal("").with("TERM", "dumb").run("plan")).neverShowed("\u001b");
  }

  @Test
  void aWrongManagementTokenIsToldFromEverythingElse() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().with(SecretVariables.MANAGEMENT_TOKEN, "wrong-token").run("plan"))
        .exited(1)
        .printedNothing()
        .complained("GET /api/v0/accounts/", ": 401", "the management token is wrong")
        .neverShowed("wrong-token");
  }

  @Test
  void aWrongAccountIsToldFromEverythingElse() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().run("plan", "--account", "12121212-1212-4212-8212-121212121212"))
        .exited(1)
        .printedNothing()
        .complained(
            "note: --account 12121212-1212-4212-8212-121212121212 overrides the account id",
            ": 404",
            "check the account id 12121212-1212-4212-8212-121212121212");
  }

  @Test
  void aServerThatIsNotThereIsToldFromEverythingElse() throws IOException {
    policyForSandbox(TOKENS);
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }

    assertThat(cli().run("plan", "--url", "http://127.0.0.1:" + unused))
        .exited(1)
        .printedNothing()
        .complained("nothing answers at http://127.0.0.1:" + unused, "is the server running");
  }

  @Test
  void withoutAManagementTokenNothingIsSent() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(Cli.in(folder).run("plan"))
        .exited(1)
        .printedNothing()
        .complained("there is no management token", "INFLUX_DB_MANAGEMENT_TOKEN");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void theManagementTokenMayComeFromAFile() throws IOException {
    policyForSandbox(TOKENS);
    Files.writeString(folder.resolve("token"), "sandbox-management-token\n");

    assertThat(
            cli()
                .with(SecretVariables.MANAGEMENT_TOKEN, "another")
                .run("plan", "--management-token-file", "token"))
        .exited(0);
  }

  @Test
  void aManagementTokenThatCannotBeOneIsRefusedAndNotShown() throws IOException {
    policyForSandbox(TOKENS);
    Files.writeString(folder.resolve("two-lines"), "canary-one\ncanary-two\n");
    Files.writeString(folder.resolve("empty"), "\n");

    assertThat(cli().run("plan", "--management-token-file", "two-lines"))
        .exited(1)
        .complained(
            "the file that --management-token-file names contains characters that no"
                + " management token")
        .neverShowed("canary");
    assertThat(cli().run("plan", "--management-token-file", "empty"))
        .exited(1)
        .complained("the file that --management-token-file names is empty");
    assertThat(cli().run("plan", "--management-token-file", "missing"))
        .exited(1)
        .complained("names cannot be read: there is no such file");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aVariableThatContradictsThePolicyIsAnError() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(
            cli().with("INFLUX_DB_CLUSTER_ID", "12121212-1212-4212-8212-121212121212").run("plan"))
        .exited(1)
        .printedNothing()
        .complained(
            "INFLUX_DB_CLUSTER_ID names the cluster id 12121212-1212-4212-8212-121212121212",
            "tokens.yaml:5:14",
            "unset INFLUX_DB_CLUSTER_ID");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void variablesStandInForAClusterSection() throws IOException {
    policy("version: 1\n" + TOKENS);

    assertThat(
            cli()
                .with("INFLUX_DB_PRODUCT_TYPE", "clustered")
                .with("INFLUX_DB_INSTANCE_URL", sandbox.url() + "/")
                .run("plan"))
        .exited(0)
        .printed("Cluster " + sandbox.url() + " (clustered)", "Plan: 2 to update");
    assertThat(cli().run("plan"))
        .exited(1)
        .complained("nothing says which cluster to use", "INFLUX_DB_PRODUCT_TYPE");
  }

  @Test
  void aPolicyThatIsNotThereIsAnError() {
    assertThat(cli().run("plan"))
        .exited(1)
        .printedNothing()
        .complained("tokens.yaml:1:1: error[unreadable-file]: there is no such file");
  }

  @Test
  void aPolicyForTheSandboxNeedsNothingElse() throws IOException {
    policy("version: 1\ncluster: {product: sandbox}\ntokens: {}\n");

    assertThat(Cli.in(folder).run("plan"))
        .exited(0)
        .printed("(sandbox): 0 active tokens, 0 in the policy", "Nothing to change");
    Assertions.assertThat(folder.resolve(".tokenform")).doesNotExist();
  }

  @Test
  void aSandboxWithoutItsSeedIsAnError() throws IOException {
    policy("version: 1\ncluster: {product: sandbox, seed: missing.json}\ntokens: {}\n");

    assertThat(Cli.in(folder).run("plan")).exited(1).printedNothing().complained("missing.json");
  }

  @Test
  void aPolicyForTheSandboxCanBeHeldAgainstARunningOne() throws IOException {
    policy("version: 1\ncluster: {product: sandbox}\n" + TOKENS);

    assertThat(cli().run("plan", "--url", sandbox.url().toString()))
        .exited(0)
        .printed("Plan: 2 to update");
  }

  @Test
  void aVariableForAnotherClusterIsNotUsedForASandboxAndThatIsSaid() throws IOException {
    policy("version: 1\ncluster: {product: sandbox}\n" + TOKENS);
    String url = sandbox.url().toString();

    assertThat(
            cli()
                .with("INFLUX_DB_CLUSTER_ID", "12121212-1212-4212-8212-121212121212")
                .with("INFLUX_DB_ACCOUNT_ID", sandbox.accountId().toString())
                .run("plan", "--url", url))
        .exited(0)
        .printed("Plan: 2 to update")
        .complained(
            "note: INFLUX_DB_CLUSTER_ID is not used: the sandbox has the cluster id "
                + sandbox.clusterId()
                + "\n",
            "note: using the sandbox at " + url + "; no embedded one is started\n")
        .neverShowed("INFLUX_DB_ACCOUNT_ID");
  }
}
