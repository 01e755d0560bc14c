package io.tokenform.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;

/**
 * Replaces what a file holds in one step: whoever reads it meanwhile sees the old content or the
 * new, and so it is after a crash. The file's permissions stay; its owner is who runs this.
 */
final class FileReplacement {
  private FileReplacement() {}

  /**
   * Replaces a file that exists. A link stays, and its target is replaced.
   *
   * @throws AccessDeniedException if the user may not write the file or its directory
   */
  static void replace(Path file, byte[] content) throws IOException {
    Path target = file.toRealPath();
    // A move asks for no permission on the file that it replaces.
    if (!Files.isWritable(target)) {
      throw new AccessDeniedException(target.toString());
    }
    Path temporary = Files.createTempFile(target.getParent(), ".tokenform-", ".tmp");
    try {
      fill(temporary, content, StandardOpenOption.WRITE);
      take(temporary, target);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Puts a file in the place of another, whose permissions it gets. */
  static void take(Path file, Path target) throws IOException {
    if (Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
      Files.setPosixFilePermissions(file, Files.getPosixFilePermissions(target));
    }
    Files.move(file, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  /** Makes a file that does not exist yet, and waits until the disk has it. */
  static void create(Path file, byte[] content) throws IOException {
    fill(file, content, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
  }

  /** Replaces a file, or makes one. */
  static void write(Path file, byte[] content) throws IOException {
    if (Files.isRegularFile(file)) {
      replace(file, content);
    } else {
      Files.write(file, content);
    }
  }

  private static void fill(Path file, byte[] content, OpenOption... options) throws IOException {
    try (FileChannel channel = FileChannel.open(file, options)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }
}
