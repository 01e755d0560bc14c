package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connecting with what influxctl knows already. */
class ProfileTest extends CommandTest {
  private static final String OTHER = "eeeeeeee-3333-4333-8333-333333333333";
  private static final String CANARY = "canary0123456789";

  private Path home;

  @BeforeEach
  void policy() throws IOException {
    policyForSandbox(TOKENS);
    home = Files.createDirectory(folder.resolve("home"));
  }

  @ParameterizedTest
  @CsvSource({
    "HOME, home, home/.config",
    "HOME, home, home/Library/Application Support",
    "XDG_CONFIG_HOME, home/xdg, home/xdg",
    "APPDATA, home/AppData/Roaming, home/AppData/Roaming",
  })
  void theDefaultProfileIsFoundWhereInfluxctlKeepsIt(String variable, String value, String place)
      throws IOException {
    config(place, profile("default", Sandbox.PUBLIC_MANAGEMENT_TOKEN));
    Cli.agree(folder.resolve(variable.equals("HOME") ? "home/.config" : place), sandbox.url());

    assertThat(Cli.in(folder).with(variable, folder.resolve(value).toString()).run("plan"))
        .exited(0)
        .printed("2 to update")
        .complainedOfNothing();
  }

  @Test
  void xdgConfigHomeIsInsteadOfTheUsualPlace() throws IOException {
    config("home/.config", profile("default", Sandbox.PUBLIC_MANAGEMENT_TOKEN));

    assertThat(
            cliAtHome().with("XDG_CONFIG_HOME", folder.resolve("nowhere").toString()).run("plan"))
        .exited(1)
        .complained("error: there is no management token");
  }

  @Test
  void aProfileIsChosenByFlagOrByVariable() throws IOException {
    config(
        "home/.config",
        profile("default", CANARY) + profile("work", Sandbox.PUBLIC_MANAGEMENT_TOKEN));

    assertThat(cliAtHome().run("plan")).exited(1).complained("401");
    assertThat(cliAtHome().run("plan", "--profile", "work")).exited(0);
    assertThat(cliAtHome().with("INFLUXCTL_PROFILE", "work").run("plan")).exited(0);
    assertThat(cliAtHome().with("INFLUXCTL_PROFILE", "other").run("plan", "--profile", "work"))
        .exited(0);
  }

  @Test
  void aProfileWithoutATokenIsNamedAndNotOfferedAgain() throws IOException {
    // As influxctl has it for a login with OAuth.
    config("home/.config", profile("default", CANARY).replaceFirst("mgmt_token.*\n", ""));

    assertThat(cliAtHome().run("plan"))
        .exited(1)
        .complained(
            "error: there is no management token: the profile \"default\" in ",
            "config.toml has no mgmt_token",
            "hint: set INFLUX_DB_MANAGEMENT_TOKEN, or name a file that holds it with"
                + " --management-token-file or a command that prints it with"
                + " --management-token-command\n");
  }

  @Test
  void aFileIsChosenByFlag() throws IOException {
    config("home/.config", profile("default", CANARY));
    Files.writeString(
        folder.resolve("mine.toml"), profile("default", Sandbox.PUBLIC_MANAGEMENT_TOKEN));

    assertThat(cliAtHome().run("plan", "--config", "mine.toml")).exited(0).complainedOfNothing();
  }

  @Test
  void aProfileAloneSaysWhichClusterIsMeant() throws IOException {
    policy("version: 1\n" + TOKENS);
    config("home/.config", profile("default", Sandbox.PUBLIC_MANAGEMENT_TOKEN));

    assertThat(cliAtHome().run("plan", "--url", sandbox.url().toString()))
        .exited(0)
        .printed("2 to update");
  }

  @Test
  void aNamedProfileThatIsNotThereIsAnError() throws IOException {
    assertThat(cliAtHome().run("plan", "--profile", "work"))
        .exited(1)
        .complained(
            "error: there is no configuration of influxctl with the profile \"work\"",
            "home/.config/influxctl/config.toml");
    assertThat(cliAtHome().run("plan", "--config", "mine.toml"))
        .exited(1)
        .complained("mine.toml cannot be read: there is no such file");

    config("home/.config", profile("default", CANARY) + profile("work", CANARY));
    assertThat(cliAtHome().with("INFLUXCTL_PROFILE", "wrok").run("plan"))
        .exited(1)
        .complained("there is no profile \"wrok\"", "  hint: its profiles are default, work");
  }

  @Test
  void aNamedProfileOfAnotherClusterIsAnError() throws IOException {
    config("home/.config", profileOf("work", OTHER));

    for (Cli cli : new Cli[] {cliAtHome().withManagementToken(), cliAtHome()}) {
      assertThat(cli.with("INFLUXCTL_PROFILE", "work").run("plan"))
          .exited(1)
          .printedNothing()
          .complained(
              "config.toml:5:1 names the cluster id "
                  + OTHER
                  + ", and the policy is for "
                  + sandbox.clusterId()
                  + " (tokens.yaml:5:14)",
              "  hint: name another profile, or use the policy of that cluster");
    }
  }

  @Test
  void aFlagOverridesAProfileAndSaysSo() throws IOException {
    policy("version: 1\n" + TOKENS);
    config("home/.config", profileOf("work", OTHER));

    assertThat(
            cliAtHome()
                .withManagementToken()
                .run(
                    "plan",
                    "--profile",
                    "work",
                    "--url",
                    sandbox.url().toString(),
                    "--cluster",
                    sandbox.clusterId().toString()))
        .exited(0)
        .complained("overrides the cluster id " + OTHER);
  }

  @Test
  void aVariableAndANamedProfileDoNotContradict() throws IOException {
    policy("version: 1\n" + TOKENS);
    config("home/.config", profileOf("work", OTHER));

    assertThat(
            cliAtHome()
                .with("INFLUX_DB_CLUSTER_ID", sandbox.clusterId().toString())
                .run("plan", "--profile", "work"))
        .exited(1)
        .complained(
            "INFLUX_DB_CLUSTER_ID names the cluster id "
                + sandbox.clusterId()
                + ", and the profile is for "
                + OTHER,
            "  hint: unset INFLUX_DB_CLUSTER_ID, or name another profile");
  }

  @Test
  void aDefaultProfileOfAnotherClusterIsNotUsed() throws IOException {
    config("home/.config", profileOf("default", OTHER));

    assertThat(cliAtHome().run("plan"))
        .exited(1)
        .complained(
            "note: the profile \"default\" in ",
            " is for another cluster, so it is not used",
            "error: there is no management token");
    assertThat(cliAtHome().withManagementToken().run("plan")).exited(0).complainedOfNothing();
  }

  @Test
  void aDefaultProfileThatCannotBeReadMattersOnlyWhereItIsNeeded() throws IOException {
    config("home/.config", "[[profile]]\nmgmt_token = " + CANARY + "\n");

    assertThat(cliAtHome().run("plan", "--debug"))
        .exited(1)
        .complained("config.toml:2:14: this is not valid TOML")
        .neverShowed(CANARY);
    assertThat(cliAtHome().withManagementToken().run("plan"))
        .exited(0)
        .complained("note: ", "config.toml:2:14: this is not valid TOML; no profile is used");
  }

  @Test
  void theSandboxHasNothingToDoWithProfiles() throws IOException {
    policy("version: 1\ncluster: {product: sandbox}\n");
    config("home/.config", profile("default", CANARY));

    assertThat(cliAtHome().with("INFLUXCTL_PROFILE", "other").run("plan"))
        .exited(0)
        .complainedOfNothing();
    assertThat(cliAtHome().run("plan", "--profile", "other"))
        .exited(0)
        .complained("note: the sandbox needs no profile");
    assertThat(cliAtHome().run("plan", "--url", sandbox.url().toString()))
        .exited(1)
        .complained("error: there is no management token");
  }

  private Cli cliAtHome() {
    Cli.agree(home.resolve(".config"), sandbox.url());
    return Cli.in(folder).with("HOME", home.toString());
  }

  private void config(String place, String text) throws IOException {
    Path file = folder.resolve(place).resolve("influxctl/config.toml");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String profile(String name, String token) {
    return profile(name, sandbox.clusterId().toString(), token);
  }

  private String profileOf(String name, String cluster) {
    return profile(name, cluster, CANARY);
  }

  private String profile(String name, String cluster, String token) {
    return """
        [[profile]]
        name = "%s"
        product = "dedicated"
        account_id = "%s"
        cluster_id = "%s"
        mgmt_token = "%s"
        """
        .formatted(name, sandbox.accountId(), cluster, token);
  }
}
