package io.tokenform.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** How files get into a folder, so that a test can make each step fail. */
interface FolderFiles {
  /** Those of this machine. */
  FolderFiles SYSTEM = new SystemFiles();

  /**
   * Makes a file for this user alone, and waits until the disk has what is in it.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there already, even a link
   */
  void create(Path file, byte[] content) throws IOException;

  /** Puts a file in the place of another in one step; a link there is replaced, not followed. */
  void replace(Path file, Path target) throws IOException;

  /** Waits until the names in a folder are on the disk; an interrupt does not shorten that. */
  void syncFolder(Path folder) throws IOException;

  /** The real ones. */
  final class SystemFiles implements FolderFiles {
    private SystemFiles() {}

    @Override
    public void create(Path file, byte[] content) throws IOException {
      try (FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        channel.force(true);
      }
    }

    @Override
    public void replace(Path file, Path target) throws IOException {
      Files.move(file, target, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
      boolean interrupted = false;
      try {
        boolean synced = false;
        while (!synced) {
          interrupted |= Thread.interrupted();
          try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
            synced = true;
          } catch (ClosedByInterruptException e) {
            // Once more: the name is there, and whether the disk has it must be known.
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }
}
