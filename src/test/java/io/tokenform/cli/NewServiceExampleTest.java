package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What examples/new-service/README.md says is true. */
@DisabledOnOs(OS.WINDOWS)
class NewServiceExampleTest {
  private static final Path EXAMPLE = Path.of("examples", "new-service");
  private static final String PLATFORM = "--platform=platform.yaml";

  /** A command of the README, with the exit code that it promises. */
  private static final Pattern COMMAND = Pattern.compile("tokenform (.*?)(?: +# exits (\\d))?");

  @TempDir Path folder;

  @BeforeEach
  void copyTheExample() throws IOException {
    try (Stream<Path> files = Files.list(EXAMPLE)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, folder.resolve(file.getFileName()));
      }
    }
    Files.createDirectory(
        folder.resolve("secrets"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  private void shortenRetention() throws IOException {
    String policy = Files.readString(folder.resolve("tokens.yaml"));
    Files.writeString(
        folder.resolve("shorter.yaml"), policy.replace("retention: 90d", "retention: 30d"));
  }

  @Test
  void theTextSaysHowEachCommandEnds() throws IOException {
    shortenRetention();
    List<String> commands =
        Files.readString(EXAMPLE.resolve("README.md"))
            .lines()
            .filter(line -> line.startsWith("tokenform "))
            .toList();
    Assertions.assertThat(commands).hasSize(5);
    for (String line : commands) {
      Matcher command = COMMAND.matcher(line);
      Assertions.assertThat(command.matches()).isTrue();
      int exit = command.group(2) == null ? 0 : Integer.parseInt(command.group(2));
      assertThat(Cli.in(folder).run(command.group(1).split(" +"))).exited(exit);
    }
  }

  @Test
  void oneApplyMakesAllOfItInOrderAndASecondPlanIsClean() throws IOException {
    Cli.Run apply = Cli.in(folder).run("apply", PLATFORM, "--auto-approve");
    assertThat(apply).exited(0);
    String said = apply.out() + apply.err();
    Assertions.assertThat(said.lines().filter(line -> line.startsWith("[")).toList())
        .containsExactly(
            "[1/4] applied  payments (makes the database)",
            "[2/4] applied  grafana (widens)",
            "[3/4] applied  payments-reader (creates, widens)",
            "[4/4] applied  payments-writer (creates, widens)");
    for (String secret : List.of("payments-writer", "payments-reader")) {
      String text = Files.readString(folder.resolve("secrets").resolve(secret));
      Assertions.assertThat(text).isNotBlank();
      Assertions.assertThat(said).doesNotContain(text.strip());
    }
    assertThat(Cli.in(folder).run("plan", PLATFORM, "--detailed-exitcode"))
        .exited(0)
        .printed("Nothing to change");
  }

  /** The policy that is exported of what was made says the same of the databases. */
  @Test
  void whatWasMadeIsExportedAsItIs() throws IOException {
    assertThat(Cli.in(folder).run("apply", PLATFORM, "--auto-approve")).exited(0);
    Cli.Run export = Cli.in(folder).run("export", "--databases", "--output", "exported.yaml");
    assertThat(export).exited(0);
    Assertions.assertThat(folder.resolve("exported.yaml"))
        .content()
        .contains("  payments:\n    retention: 90d\n    maxTables: 100\n");
    assertThat(Cli.in(folder).run("plan", "-f", "exported.yaml", PLATFORM, "--detailed-exitcode"))
        .exited(0);
  }
}
