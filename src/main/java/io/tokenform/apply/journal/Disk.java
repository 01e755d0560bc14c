package io.tokenform.apply.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** What journals need of a file system, so that a test can count the calls and make them fail. */
public interface Disk {
  /** The file system of this machine. */
  Disk SYSTEM = new SystemDisk();

  /** A file that is being written. */
  interface Output extends Closeable {
    /** Writes some of the bytes, and says how many. */
    int write(ByteBuffer bytes) throws IOException;

    void truncate(long size) throws IOException;

    /** Waits until everything that was written before is on the disk. */
    void force() throws IOException;
  }

  /** Makes a folder, and those above it that are missing, for this user alone. */
  void makeFolders(Path folder) throws IOException;

  /**
   * Makes a file, for this user alone.
   *
   * @throws java.nio.file.FileAlreadyExistsException if something is there already, even a link
   */
  Output create(Path file) throws IOException;

  /**
   * Locks a file, which is made where it is missing. The lock is held until it is closed, or the
   * process ends.
   *
   * @return nothing if somebody else holds the lock
   * @throws java.nio.file.FileSystemException if a symbolic link stands there
   */
  Optional<Closeable> tryLock(Path file) throws IOException;

  /** Waits until the names in a folder are on the disk. */
  void syncFolder(Path folder) throws IOException;

  /** How many bytes can still be written below a folder. */
  long usableSpace(Path folder) throws IOException;

  /** The real one. */
  final class SystemDisk implements Disk {
    private static final boolean IS_POSIX =
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix");

    private SystemDisk() {}

    @Override
    public void makeFolders(Path folder) throws IOException {
      Files.createDirectories(folder, ownerOnly("rwx------"));
    }

    @Override
    public Output create(Path file) throws IOException {
      FileChannel channel =
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              ownerOnly("rw-------"));
      return new Output() {
        @Override
        public int write(ByteBuffer bytes) throws IOException {
          return channel.write(bytes);
        }

        @Override
        public void truncate(long size) throws IOException {
          channel.truncate(size);
        }

        @Override
        public void force() throws IOException {
          channel.force(false);
        }

        @Override
        public void close() throws IOException {
          channel.close();
        }
      };
    }

    @Override
    public Optional<Closeable> tryLock(Path file) throws IOException {
      // Opened for reading too, so that a pipe in its place does not block.
      Set<OpenOption> options =
          Set.of(
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              LinkOption.NOFOLLOW_LINKS);
      FileChannel channel = FileChannel.open(file, options, ownerOnly("rw-------"));
      boolean locked = false;
      try {
        locked = channel.tryLock() != null;
      } catch (OverlappingFileLockException e) {
        // Another apply of this process has it, which is the same to us.
      } finally {
        if (!locked) {
          channel.close();
        }
      }
      return locked ? Optional.of(channel) : Optional.empty();
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
      if (!IS_POSIX) {
        return;
      }
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }

    @Override
    public long usableSpace(Path folder) throws IOException {
      // A file store is found by its mount, of which nothing is seen from within a chroot.
      long asked = folder.toFile().getUsableSpace();
      return asked > 0 ? asked : Files.getFileStore(folder).getUsableSpace();
    }

    private static FileAttribute<?>[] ownerOnly(String permissions) {
      return IS_POSIX
          ? new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
          }
          : new FileAttribute<?>[0];
    }
  }
}
