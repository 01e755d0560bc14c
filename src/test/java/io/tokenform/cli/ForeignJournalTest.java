package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenform.access.Permission;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal that somebody else may have written would name what a rollback grants. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it needs a shell, links or modes of Unix")
class ForeignJournalTest extends CommandTest {
  private static final String NEWER = "20251231T235959Z-ffffffffffff.jsonl";

  /** Grants, so that its way back takes and no guardrail has to be asked. */
  private static final String GRANT =
      "tokens: {grafana: {id: " + GRAFANA + ", permissions: {read: [metrics, logs]}}}\n";

  private Path own;

  @BeforeEach
  void applyOnce() throws IOException {
    assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("unix");
    policyForSandbox(GRANT);
    assertThat(cli().run("apply", "--auto-approve")).exited(0);
    own = journals().get(0);
    requests.clear();
  }

  /** The attack: what the newest journal says that a token had before, it would get. */
  @ParameterizedTest
  @ValueSource(strings = {"mode", "link", "dated", "header", "tracked", "pipe"})
  void itIsNeitherRolledBackNorTheLatest(String kind) throws Exception {
    Path foreign = foreign(kind);
    String reason =
        switch (kind) {
          case "mode" -> "its mode is 0644 and not 0600";
          case "link" -> "it is a symbolic link";
          case "dated", "header" -> "it is dated 9999-01-01T00:00:00Z";
          case "tracked" -> "git tracks it";
          default -> "it is not a regular file";
        };

    assertThat(cli().run("rollback", foreign.toString(), "--auto-approve"))
        .exited(1)
        .complained("error: the journal " + foreign + " is not rolled back: " + reason, "hint: ");
    Assertions.assertThat(writes()).isEmpty();

    assertThat(cli().run("rollback", "latest", "--auto-approve")).exited(0);
    Assertions.assertThat(permissions(GRAFANA)).isEqualTo(permissions(Permission.read("metrics")));
    Assertions.assertThat(Files.readString(journals().get(journals().size() - 1)))
        .contains("\"rollsBack\":\"" + own.getFileName() + "\"");
  }

  @Test
  void itIsListedAndShownWithAMark() throws Exception {
    Path foreign = foreign("mode");

    assertThat(cli().run("journal", "list"))
        .exited(0)
        .printed(NEWER, "; rollback refused: its mode is 0644 and not 0600");
    assertThat(cli().run("journal", "show", foreign.toString()))
        .exited(0)
        .printed("rollback  refused: its mode is 0644 and not 0600");
    assertThat(cli().run("journal", "show", NEWER, "--format", "json"))
        .exited(0)
        .printed("\"rollbackRefused\" : \"its mode is 0644 and not 0600");
    assertThat(cli().run("journal", "show", "latest"))
        .exited(0)
        .printed("journal  " + own.getFileName())
        .complained("note: the journal " + NEWER + " is not used as the latest: its mode");
  }

  @Test
  void whoMakesItHisOwnMayRollItBack() throws Exception {
    Path foreign = foreign("mode");
    Files.setPosixFilePermissions(foreign, PosixFilePermissions.fromString("rw-------"));

    assertThat(cli().run("rollback", foreign.toString(), "--auto-approve")).exited(0);
  }

  @Test
  void withoutOneOfHisOwnThereIsNoLatest() throws Exception {
    foreign("mode");
    Files.delete(own);

    assertThat(cli().run("rollback", "latest", "--auto-approve"))
        .exited(1)
        .complained("that this user is known to have written", "tokenform journal list");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void inAFolderThatOthersCanWriteNothingIsRolledBackAndNothingApplied() throws Exception {
    Files.setPosixFilePermissions(own.getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
    policyForSandbox(GRANT.replace("logs", "other"));

    assertThat(cli().run("rollback", own.toString(), "--auto-approve"))
        .exited(1)
        .complained("other users can write to the folder " + own.getParent() + " (mode 0777)");
    assertThat(cli().run("apply", "--auto-approve"))
        .exited(1)
        .complained(
            "error: other users can write to the folder " + own.getParent() + " (mode 0777), so no",
            "; nothing was sent",
            "chmod 700");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void aFolderOfAnotherUserIsRefusedToo() throws Exception {
    try {
      Files.setAttribute(own.getParent(), "unix:uid", 12345);
    } catch (IOException e) {
      assumeThat(false).as("this user may give files away").isTrue();
    }

    assertThat(cli().run("rollback", own.toString(), "--auto-approve"))
        .exited(1)
        .complained("the folder " + own.getParent() + " belongs to another user, ");
    Files.setAttribute(own.getParent(), "unix:uid", 0);
    Files.setAttribute(own, "unix:uid", 12345);
    assertThat(cli().run("rollback", own.toString(), "--auto-approve"))
        .exited(1)
        .complained(" is not rolled back: it belongs to another user, ");
    Assertions.assertThat(writes()).isEmpty();
  }

  /** What a commit can bring: a link as the folder, as one above it, or as the lock. */
  @ParameterizedTest
  @ValueSource(strings = {".tokenform/journal/.lock", ".tokenform/journal", ".tokenform"})
  void nothingIsWrittenThroughALink(String link) throws Exception {
    Path elsewhere = Files.createDirectory(folder.resolve("elsewhere"));
    Path target = link.endsWith(".lock") ? elsewhere.resolve("target") : elsewhere;
    Files.move(folder.resolve(".tokenform"), folder.resolve("before"));
    Files.createDirectories(folder.resolve(link).getParent());
    Files.createSymbolicLink(folder.resolve(link), target);
    policyForSandbox(GRANT.replace("logs", "other"));

    assertThat(cli().run("apply", "--auto-approve", "--allow", "unknown-database"))
        .exited(1)
        .complained("symbolic link", folder.resolve(link).toString(), "; nothing was sent");
    Assertions.assertThat(elsewhere).isEmptyDirectory();
    Assertions.assertThat(writes()).isEmpty();
  }

  /** Elsewhere a link is the system's or the user's own, such as /tmp on some systems. */
  @Test
  void aLinkOutsideOfTheWorkingDirectoryLeadsToJournalsToo(@TempDir Path outside) throws Exception {
    Files.createDirectory(outside.resolve("real"));
    Path link = Files.createSymbolicLink(outside.resolve("link"), outside.resolve("real"));
    String there = link.resolve("journal").toString();
    policyForSandbox(GRANT.replace("logs", "other"));

    assertThat(cli().run("apply", "--auto-approve", "--journal-dir", there)).exited(0);
    assertThat(cli().run("rollback", "latest", "--auto-approve", "--journal-dir", there)).exited(0);

    assertThat(cli().run("apply", "--auto-approve", "--journal-dir", link.toString()))
        .exited(1)
        .complained("the journal would be written through a symbolic link, " + link);
  }

  /** A journal that says that the token had the right to write before. */
  private Path foreign(String kind) throws Exception {
    Path journals = own.getParent();
    String text =
        Files.readString(own)
            .replace(
                "\"before\":{\"permissions\":[{\"action\":\"read\",\"resource\":\"metrics\"}]}",
                "\"before\":{\"permissions\":[{\"action\":\"write\",\"resource\":\"metrics\"}]}");
    String name =
        kind.equals("dated") ? NEWER.replace("20251231T235959", "99990101T000000") : NEWER;
    Path file = journals.resolve(name);
    // Others of the second of the test's clock come before what is dated a second earlier.
    Files.move(
        own, journals.resolve(own.getFileName().toString().replace("20260101T", "20251231T")));
    own = journals.resolve(own.getFileName().toString().replace("20260101T", "20251231T"));
    switch (kind) {
      case "link" -> {
        Path target = Files.writeString(folder.resolve("target.jsonl"), text);
        owners(target);
        Files.createSymbolicLink(file, target);
      }
      case "pipe" -> run("mkfifo", "-m", "600", file.toString());
      case "mode" -> Files.writeString(file, text);
      case "header" -> {
        Files.writeString(
            file, text.replaceFirst("\"at\":\"[^\"]*\"", "\"at\":\"9999-01-01T00:00:00Z\""));
        owners(file);
      }
      default -> {
        Files.writeString(file, text);
        owners(file);
      }
    }
    if (kind.equals("tracked")) {
      run("git", "init", "-q", folder.toString());
      run("git", "-C", folder.toString(), "add", "-f", file.toString());
    }
    return file;
  }

  private static void owners(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  private static void run(String... command) throws Exception {
    Process process;
    try {
      process = new ProcessBuilder(new ArrayList<>(List.of(command))).inheritIO().start();
    } catch (IOException e) {
      assumeThat(false).as("there is " + command[0]).isTrue();
      return;
    }
    Assertions.assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
    Assertions.assertThat(process.exitValue()).isZero();
  }
}
