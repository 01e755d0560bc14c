package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

/** Why a file could not be used, in words. */
class FileProblemTest {
  @Test
  void whatTheJdkSaysWithAPathAloneIsSaidInWords() {
    assertThat(FileProblem.of(new NoSuchFileException("/a"))).isEqualTo("there is no such file");
    assertThat(FileProblem.of(new AccessDeniedException("/a")))
        .isEqualTo("this user may not read it");
    assertThat(FileProblem.ofWriting(new NoSuchFileException("/a")))
        .isEqualTo("there is no such directory");
    assertThat(FileProblem.ofWriting(new AccessDeniedException("/a")))
        .isEqualTo("this user may not write there");
    assertThat(FileProblem.ofWriting(new FileAlreadyExistsException("/a")))
        .isEqualTo("/a is in the way");
  }

  @Test
  void otherReasonsAreTheSystems() {
    assertThat(FileProblem.of(new FileSystemException("/a", null, "Is a directory")))
        .isEqualTo("Is a directory");
    assertThat(FileProblem.ofWriting(new IOException("No space left on device")))
        .isEqualTo("No space left on device");
    assertThat(FileProblem.of(new IOException())).isEqualTo("IOException");
  }
}
