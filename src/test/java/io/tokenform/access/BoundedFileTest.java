package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BoundedFileTest {
  @TempDir Path folder;

  @Test
  void aFileIsReadWholeUpToTheLimit() throws IOException {
    for (int size : new int[] {0, 1, 65_535, 65_536, 65_537, 300_000}) {
      byte[] content = new byte[size];
      new Random(size).nextBytes(content);
      Path file = Files.write(folder.resolve("file"), content);
      assertThat(BoundedFile.read(file, 300_000)).isEqualTo(content);
      assertThat(BoundedFile.read(file, size)).isEqualTo(content);
      if (size > 0) {
        assertThatThrownBy(() -> BoundedFile.read(file, size - 1))
            .isInstanceOf(BoundedFile.TooLargeException.class);
      }
    }
  }

  /** Nobody writes to the pipe, and opening it would not end. */
  @Test
  @Timeout(60)
  void inAFolderAPipeIsNotRead() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> BoundedFile.readRegular(pipe, 1))
        .isInstanceOf(FileSystemException.class)
        .hasMessageContaining("it is not a regular file");
    assertThatThrownBy(() -> BoundedFile.readRegular(folder.resolve("none"), 1))
        .isInstanceOf(NoSuchFileException.class);
    Path file = Files.write(folder.resolve("file"), new byte[] {1});
    assertThat(BoundedFile.readRegular(file, 1)).containsExactly(1);
  }

  @Test
  void whatHasNoEndIsReadUpToTheLimit() {
    Endless endless = new Endless();
    assertThatThrownBy(() -> BoundedFile.read(endless, 1 << 20))
        .isInstanceOf(BoundedFile.TooLargeException.class)
        .hasMessage("it has more than 1 MiB");
    assertThatThrownBy(() -> BoundedFile.read(new Endless(), 16 << 10))
        .hasMessage("it has more than 16 KiB");
    assertThat(endless.given).isLessThan(2 << 20);
  }

  private static final class Endless extends InputStream {
    private int given;

    @Override
    public int read() {
      given++;
      return 0;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) {
      given += length;
      return length;
    }
  }
}
