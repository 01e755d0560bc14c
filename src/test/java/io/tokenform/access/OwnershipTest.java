package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Ownership.Whose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which folders others can change. */
class OwnershipTest {
  private static final Path FOLDER = Path.of("/srv/folder");

  @ParameterizedTest(name = "{0} {1}: safe {2}, own {3}")
  @CsvSource({
    "OURS, 700, true, true",
    "OURS, 755, true, true",
    "OURS, 1755, true, true",
    "OURS, 720, false, false",
    "OURS, 702, false, false",
    "OURS, 1777, true, false",
    "ROOTS, 755, true, false",
    "ROOTS, 1777, true, false",
    "ROOTS, 777, false, false",
    "ANOTHERS, 700, false, false",
    "ANOTHERS, 1777, false, false",
  })
  void aFolderIsSafeOrEvenOnesOwn(Whose whose, String mode, boolean safe, boolean own) {
    Ownership ownership = new Ownership(whose, "eve", Integer.parseInt(mode, 8));

    assertThat(ownership.problemOfFolder(FOLDER).isEmpty()).isEqualTo(safe);
    assertThat(ownership.problemOfOwnFolder(FOLDER).isEmpty()).isEqualTo(own);
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void theUserIsTheOneWhoseFilesAreOurs(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(Ownership.user()).hasValue((Integer) Files.getAttribute(file, "unix:uid"));
    assertThat(Ownership.of(file).orElseThrow().whose()).isEqualTo(Whose.OURS);
  }
}
