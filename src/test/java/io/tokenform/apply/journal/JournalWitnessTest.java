package io.tokenform.apply.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenform.access.Ownership;
import io.tokenform.access.Ownership.Whose;
import io.tokenform.apply.Changes;
import io.tokenform.apply.journal.JournalFacts.Tracking;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What the file system and git say of a journal. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it needs a shell, links or modes of Unix")
class JournalWitnessTest {
  @TempDir Path folder;

  private JournalWitness witness;

  @BeforeEach
  void look() {
    assumeThat(folder.getFileSystem().supportedFileAttributeViews()).contains("unix");
    witness = new JournalWitness(folder);
  }

  private Path file(String name, String mode) throws IOException {
    Path file = Files.createFile(folder.resolve(name));
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    return file;
  }

  @Test
  void aFileOfOnesOwnIsOurs() throws Exception {
    Path file = file("j.jsonl", "rw-r-----");

    JournalFacts facts = witness.facts(file, Optional.of(Changes.NOW));

    assertThat(facts.file()).isEqualTo(file);
    assertThat(facts.link()).isEmpty();
    assertThat(facts.isRegular()).isTrue();
    assertThat(facts.named()).contains(Changes.NOW);
    assertThat(facts.tracking()).isEqualTo(Tracking.UNTRACKED);
    Ownership access = facts.access().orElseThrow();
    assertThat(access.whose()).isEqualTo(Whose.OURS);
    assertThat(access.owner()).isEqualTo(Files.getOwner(file).getName());
    assertThat(access.mode()).isEqualTo(0640);
    assertThat(facts.folderAccess()).isEqualTo(Ownership.of(folder));
  }

  @Test
  void aFolderIsNoJournal() throws Exception {
    Path inner = Files.createDirectory(folder.resolve("inner"));

    assertThat(witness.facts(inner, Optional.empty()).isRegular()).isFalse();
  }

  @Test
  void aFileThatIsNotThereHasNoFacts() {
    assertThatThrownBy(() -> witness.facts(folder.resolve("none"), Optional.empty()))
        .isInstanceOf(IOException.class);
  }

  @Test
  void aLinkIsFoundWhereverItStandsBelowTheBase() throws Exception {
    Path real = Files.createDirectories(folder.resolve("real/inner"));
    Path file = Files.createFile(real.resolve("j.jsonl"));
    Path toFile = Files.createSymbolicLink(folder.resolve("to-file"), file);
    Path toFolder = Files.createSymbolicLink(folder.resolve("to-folder"), folder.resolve("real"));
    Path through = toFolder.resolve("inner/j.jsonl");

    assertThat(witness.linkOnTheWay(file)).isEmpty();
    assertThat(witness.linkOnTheWay(folder)).isEmpty();
    assertThat(witness.linkOnTheWay(toFile)).contains(toFile);
    assertThat(witness.linkOnTheWay(through)).contains(toFolder);
    assertThat(witness.facts(toFile, Optional.empty()).link()).contains(toFile);
    assertThat(witness.facts(through, Optional.empty()).link()).contains(toFolder);
    // What is above the base, or elsewhere, no commit has brought.
    assertThat(new JournalWitness(toFolder).linkOnTheWay(through)).isEmpty();
    assertThat(new JournalWitness(folder.resolve("else")).linkOnTheWay(through)).isEmpty();
  }

  @Test
  void theFolderItselfMayBeALinkThoughItIsTheBase() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), real);
    Path file = Files.createFile(link.resolve("j.jsonl"));

    assertThat(new JournalWitness(link).facts(file, Optional.empty()).link()).contains(link);
  }

  @Test
  void aRepositoryThatGitCannotReadSaysNothing() throws Exception {
    Files.writeString(folder.resolve(".git"), "nonsense");

    assertThat(witness.facts(file("j.jsonl", "rw-------"), Optional.empty()).tracking())
        .isEqualTo(Tracking.UNKNOWN);
  }
}
