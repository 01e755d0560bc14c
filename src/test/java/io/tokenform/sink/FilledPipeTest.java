package io.tokenform.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it needs links, pipes or modes of Unix")
class FilledPipeTest {
  private static final byte[] SECRET = "apiv1_secret".getBytes(StandardCharsets.UTF_8);

  @Test
  void aProgramReadsTheWholeAndThenTheEnd() throws Exception {
    Process cat;
    try (FilledPipe pipe = FilledPipe.with(SECRET).orElseThrow()) {
      cat = new ProcessBuilder("cat").redirectInput(pipe.name().toFile()).start();
    }

    assertThat(cat.getInputStream().readAllBytes()).isEqualTo(SECRET);
    assertThat(cat.waitFor()).isZero();
  }

  @Test
  void itsNameIsThereForItsUserAloneAndUntilItIsClosed() throws Exception {
    Path folder;
    try (FilledPipe pipe = FilledPipe.with(SECRET).orElseThrow()) {
      folder = pipe.name().getParent();
      assertThat(Files.isRegularFile(pipe.name(), LinkOption.NOFOLLOW_LINKS)).isFalse();
      assertThat(Files.size(pipe.name())).as("what is on a disk").isZero();
      assertThat(Files.getPosixFilePermissions(pipe.name()))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));
      assertThat(Files.getPosixFilePermissions(folder))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    assertThat(folder).doesNotExist();
  }

  @Test
  void whatMayNotFitIsNotHeldBack() throws Exception {
    assertThat(FilledPipe.with(new byte[10_000])).isEqualTo(Optional.empty());
  }
}
