package io.tokenform.sandbox;

import io.tokenform.access.BoundedFile;
import io.tokenform.sandbox.api.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * A file that is either whole or not there: each write goes to a temporary file beside it, which
 * then takes its place. Only the owner may read it.
 */
final class StateFile {
  private final Path path;

  StateFile(Path path) {
    this.path = path.toAbsolutePath();
  }

  /** What the file holds, if it is there. */
  Optional<byte[]> read() throws IOException {
    try {
      return Optional.of(BoundedFile.read(path, Snapshot.LARGEST_FILE));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /** Replaces the file, making its directories where they are missing. */
  void write(byte[] content) throws IOException {
    Path directory = path.getParent();
    Files.createDirectories(directory);
    Path temporary =
        Files.createTempFile(directory, path.getFileName() + ".", ".tmp", ownerOnly(directory));
    try {
      Files.write(temporary, content);
      Files.move(
          temporary, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path directory) {
    boolean posix = directory.getFileSystem().supportedFileAttributeViews().contains("posix");
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
