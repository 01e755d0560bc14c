package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

class InitCommandTest extends CommandTest {
  private static final String MODELINE =
      "# yaml-language-server: $schema=https://raw.githubusercontent.com/tokenform/tokenform/main/schemas/policy.schema.json\n";

  private Path written() {
    return folder.resolve("tokens.yaml");
  }

  @Test
  void withoutAClusterItIsAnEmptyPolicyThatPlansAtOnce() throws IOException {
    Cli nobody = Cli.in(folder);

    assertThat(nobody.run("init"))
        .exited(0)
        .printedExactly("tokens.yaml\n")
        .complained("next: tokenform plan\n");

    Assertions.assertThat(Files.readString(written()))
        .startsWith(MODELINE + "version: 1\n")
        .contains("accountId: ", "url: ", "permissions:");
    assertThat(nobody.run("validate")).exited(0).complainedOfNothing();
    assertThat(nobody.run("fmt", "--check")).exited(0);
    assertThat(nobody.run("plan")).exited(0).printed("Nothing to change");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void fromAClusterItChangesNothing() throws IOException {
    String url = sandbox.url().toString();
    String account = sandbox.accountId().toString();
    String cluster = sandbox.clusterId().toString();
    Cli cli =
        Cli.in(folder).withManagementToken().with("INFLUX_DB_PRODUCT_TYPE", "cloud-dedicated");

    Cli.Run run = cli.run("init", "--url", url, "--account", account, "--cluster", cluster);

    String next = "plan --url " + url + " --account " + account + " --cluster " + cluster;
    assertThat(run)
        .exited(0)
        .printedExactly("tokens.yaml\n")
        .complained("next: tokenform " + next + "\n");
    Assertions.assertThat(Files.readString(written()))
        .startsWith(MODELINE)
        .contains(GRAFANA.toString(), TELEGRAF.toString(), account);
    assertThat(cli.run(next.split(" "))).exited(0).printed("Nothing to change: 2 unchanged");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void variablesLeadToAClusterToo() throws IOException {
    Cli cli =
        cli()
            .with("INFLUX_DB_PRODUCT_TYPE", "clustered")
            .with("INFLUX_DB_INSTANCE_URL", sandbox.url().toString());

    assertThat(cli.run("init", "--output", "live.yaml"))
        .exited(0)
        .complained("next: tokenform plan -f live.yaml\n");
    Assertions.assertThat(Files.readString(folder.resolve("live.yaml"))).contains("grafana:");

    assertThat(cli.run("init", "--empty")).exited(0);
    Assertions.assertThat(Files.readString(written())).contains("tokens: {}");
  }

  @Test
  void aClusterThatIsHalfSaidIsAnErrorAndNotAnEmptyPolicy() {
    assertThat(Cli.in(folder).run("init", "--account", sandbox.accountId().toString()))
        .exited(1)
        .complained("error: ");
    Assertions.assertThat(written()).doesNotExist();
  }

  @Test
  void whatExistsIsNeverReplacedAndNoClusterIsAskedForIt() throws IOException {
    policy("mine");

    assertThat(cli().run("init", "--url", sandbox.url().toString()))
        .exited(1)
        .printedNothing()
        .complained("error: tokens.yaml exists; nothing was written", "tokenform plan");

    Assertions.assertThat(Files.readString(written())).isEqualTo("mine");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whereNothingCanBeWrittenItSaysSo() throws IOException {
    assertThat(Cli.in(folder).run("init", "--output", "no/tokens.yaml"))
        .exited(1)
        .complained("no/tokens.yaml cannot be written", "name a file in a folder that exists");
    assertThat(Cli.in(folder).run("init", "--output", "-"))
        .exited(64)
        .complained("tokenform export prints a policy");
    assertThat(Cli.in(folder).run("init", "--output=")).exited(64);
    Files.createSymbolicLink(written(), folder.resolve("elsewhere.yaml"));
    assertThat(Cli.in(folder).run("init")).exited(1);
    Assertions.assertThat(folder.resolve("elsewhere.yaml")).doesNotExist();
  }

  @Test
  void anEmptyFileIsNoPolicyYet() throws IOException {
    Files.writeString(written(), "");

    assertThat(Cli.in(folder).run("init")).exited(0).printedExactly("tokens.yaml\n");

    Assertions.assertThat(Files.readString(written())).startsWith(MODELINE + "version: 1\n");
    assertThat(Cli.in(folder).run("init")).exited(1).complained("tokens.yaml exists");
  }
}
