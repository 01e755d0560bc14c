package io.tokenform.cli.files;

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
import java.util.UUID;

/**
 * Replaces the content of a file in one step: a reader sees the old content or the new one, even
 * after a crash. The file keeps its permissions; its owner is the user who runs this.
 */
public final class FileReplacement {
  private FileReplacement() {}

  /**
   * Replaces a file that exists.
   *
   * @throws Links.LinkException if it is a link: where that leads, others may have chosen
   * @throws AccessDeniedException if the user may not write the file or its directory
   */
  public static void replace(Path file, byte[] content) throws IOException {
    Links.refuseLast(file);
    // A move asks for no permission on the file that it replaces.
    if (!Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    Path temporary = Files.createTempFile(folder(file), ".tokenform-", ".tmp");
    try {
      fill(temporary, content, StandardOpenOption.WRITE);
      take(temporary, file);
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

  /**
   * Replaces a file, or makes one; what is no file, such as a pipe or a terminal, just gets the
   * content.
   *
   * @throws Links.LinkException if it is a link
   */
  public static void write(Path file, byte[] content) throws IOException {
    Links.refuseLast(file);
    if (Links.isOfTheSystem(file)) {
      // Standard output may be a file that holds something already.
      Files.write(file, content, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    } else if (Files.isRegularFile(file)) {
      replace(file, content);
    } else if (Files.exists(file)) {
      Files.write(file, content, StandardOpenOption.WRITE);
    } else {
      make(file, content);
    }
  }

  private static void make(Path file, byte[] content) throws IOException {
    // With the permissions of any new file, which a temporary file does not have.
    Path temporary = file.resolveSibling(".tokenform-" + UUID.randomUUID() + ".tmp");
    try {
      create(temporary, content);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path folder(Path file) {
    return file.toAbsolutePath().getParent();
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
