package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** A policy of several files, as the commands find and read them. */
class PolicyFilesTest extends CommandTest {
  private static final String GRAFANA_FILE =
      "version: 1\ntokens: {grafana: {id: %s, roles: [reader]}}\n".formatted(GRAFANA);

  private static final String TELEGRAF_FILE =
      "version: 1\ntokens: {telegraf: {id: %s, permissions: {write: [metrics]}}}\n"
          .formatted(TELEGRAF);

  private static final String ROLES_FILE = "version: 1\nroles: {reader: {read: [metrics, logs]}}\n";

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String cluster() {
    return "version: 1\ncluster: {product: cloud-dedicated, accountId: %s, clusterId: %s, url: \"%s\"}\n"
        .formatted(sandbox.accountId(), sandbox.clusterId(), sandbox.url());
  }

  private void writeTeams() throws IOException {
    write("policy/cluster.yaml", cluster());
    write(
        "policy/roles.json",
        "{\"version\": 1, \"roles\": {\"reader\": {\"read\": [\"metrics\", \"logs\"]}}}");
    write("policy/teams/dashboards.yml", GRAFANA_FILE);
    write("policy/teams/edge.yaml", TELEGRAF_FILE);
  }

  @Test
  void aDirectoryIsAllThatIsBelowIt() throws IOException {
    writeTeams();
    write("policy/README.md", "no policy");
    write("policy/.hidden.yaml", "no policy");
    write("policy/.git/config.yaml", "no policy");
    assertThat(cli().run("validate", "-f", "policy"))
        .exited(0)
        .printedExactly("4 files: valid, 2 tokens, 1 role\n")
        .complainedOfNothing();
    assertThat(cli().run("plan", "-f", "policy/"))
        .exited(0)
        .printed(
            "policy/teams/dashboards.yml:2  widens",
            "+ read  logs     role reader",
            "  read  metrics  role reader",
            "policy/teams/edge.yaml:2       narrows");
  }

  @Test
  void movingATokenToAnotherFileChangesNothing() throws IOException {
    writeTeams();
    Cli.Run before = cli().run("apply", "-f", "policy", "--dry-run");
    write("policy/teams/edge.yaml", "version: 1\n");
    write("policy/a.yaml", TELEGRAF_FILE);
    assertThat(cli().run("apply", "-f", "policy", "--dry-run"))
        .exited(0)
        .printedExactly(before.out());
  }

  @Test
  void filesAddUpInTheirOrderAndOneThatIsNamedTwiceIsReadOnce() throws IOException {
    writeTeams();
    write("policy/teams/again.yaml", TELEGRAF_FILE);
    assertThat(
            cli()
                .run(
                    "validate",
                    "-f",
                    "policy/teams/edge.yaml",
                    "-f",
                    "policy",
                    "-f",
                    "./policy/cluster.yaml"))
        .exited(1)
        .complained(
            "policy/teams/again.yaml:2:10: error[duplicate-token]: the token \"telegraf\" appears"
                + " twice",
            "see also policy/teams/edge.yaml:2:10",
            "error: the policy has 2 errors");
  }

  @Test
  void aMinusIsStandardInput() throws IOException {
    write(
        "rest.yaml",
        ROLES_FILE + "tokens: {grafana: {id: %s, roles: [reader]}}".formatted(GRAFANA));
    assertThat(
            cli().input(cluster()).run("plan", "-f", "-", "-f", "rest.yaml", "--detailed-exitcode"))
        .exited(2)
        .printed("rest.yaml:3");
    assertThat(cli().input("version: 2").run("validate", "-f", "-", "-f", "-"))
        .exited(1)
        .complained("-:1:10: error[unsupported-version]", "error: the policy has an error");
  }

  @Test
  void aSeedIsFoundBesideTheFileThatNamesIt() throws IOException {
    write(
        "policy/deep/cluster.yaml",
        "version: 1\ncluster: {product: sandbox, seed: ../seed.json}\n");
    write("policy/token.yaml", TELEGRAF_FILE);
    write("policy/seed.json", SEED);
    assertThat(cli().run("plan", "-f", "policy")).exited(0).printed("~ telegraf");
  }

  @Test
  void aSeedIsNoPartOfTheDirectoryThatItLiesIn() throws IOException {
    write("policy/a/cluster.yaml", "version: 1\ncluster: {product: sandbox, seed: ../seed.json}\n");
    write("policy/token.yaml", TELEGRAF_FILE);
    write("policy/seed.json", SEED);
    assertThat(cli().run("plan", "-f", "policy")).exited(0).printed("~ telegraf");
    assertThat(cli().run("plan", "-f", "policy", "-f", "policy/seed.json")).exited(0);
    assertThat(cli().run("plan", "-f", "policy/seed.json", "-f", "policy"))
        .exited(1)
        .complained("policy/seed.json:1:2: error[not-a-policy]");
  }

  @Test
  void whatCannotBeReadIsToldWithEverythingElse() throws IOException {
    write("empty/notes.txt", "");
    write("wrong.yaml", "version: 1\ntokens: {a: {}}\n");
    try (RandomAccessFile large =
        new RandomAccessFile(folder.resolve("large.yaml").toFile(), "rw")) {
      large.setLength(33L * 1024 * 1024);
    }
    assertThat(
            cli()
                .run(
                    "validate",
                    "-f",
                    "gone.yaml",
                    "-f",
                    "empty",
                    "-f",
                    "large.yaml",
                    "-f",
                    "wrong.yaml"))
        .exited(1)
        .printedNothing()
        .complained(
            "empty:1:1: error[unreadable-file]: this directory contains no policy",
            "gone.yaml:1:1: error[unreadable-file]: there is no such file",
            "large.yaml:1:1: error[file-too-large]: the file has more than 32 MiB",
            "wrong.yaml:2:10: error[unidentified-token]",
            "error: the policy has 4 errors");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aLinkToAFileIsFollowedAndOneToADirectoryIsNot() throws IOException {
    writeTeams();
    Files.createSymbolicLink(folder.resolve("policy/link.yaml"), Path.of("teams/edge.yaml"));
    Files.createSymbolicLink(folder.resolve("policy/loop"), Path.of("."));
    assertThat(cli().run("validate", "-f", "policy"))
        .exited(0)
        .printed("4 files: valid, 2 tokens, 1 role");
  }

  @Test
  void manyFilesReadAtOnceGiveWhatTheyGiveOneByOne() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      numbers.add(i);
    }
    Collections.shuffle(numbers, new Random(1));
    for (int i : numbers) {
      String token = i % 3 == 0 ? "{id: wrong}" : "{description: d%d}".formatted(i);
      write(
          "many/%03d.yaml".formatted(i),
          "version: 1\ntokens: {t%d: %s}\n".formatted(i % 190, token));
    }
    Cli.Run first = cli().run("validate", "-f", "many");
    assertThat(first)
        .exited(1)
        .complained(
            "many/190.yaml:2:10: error[duplicate-token]: the token \"t0\" appears twice",
            "see also many/000.yaml:2:10",
            "error: the policy has 77 errors");
    for (int i = 0; i < 10; i++) {
      org.assertj.core.api.Assertions.assertThat(cli().run("validate", "-f", "many"))
          .isEqualTo(first);
    }
    List<String> oneByOne = new ArrayList<>(List.of("validate"));
    try (var files = Files.list(folder.resolve("many"))) {
      files.sorted().limit(20).forEach(file -> oneByOne.addAll(List.of("-f", file.toString())));
    }
    assertThat(cli().run(oneByOne.toArray(String[]::new)))
        .exited(1)
        .complained("error: the policy has 7 errors");
  }
}
