package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
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
