package io.tokenform.sink;

import io.tokenform.access.Os;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A pipe that holds all that a program is to read before that program is started. If tokenform is
 * killed, the program has not begun, or reads the whole secret. With an ordinary pipe it could read
 * the end first, and store nothing in the place of a secret that works.
 *
 * <p>Its name stands in a folder of this user alone until the program has it; what is in it is
 * never on a disk.
 */
final class FilledPipe implements AutoCloseable {
  /** Every system takes so much at once (POSIX, {@code PIPE_BUF} of Linux and macOS or less). */
  private static final int LARGEST = 512;

  private static final long LONGEST_SECONDS = 10;
  private static final Optional<Path> MKFIFO =
      List.of("/usr/bin/mkfifo", "/bin/mkfifo").stream()
          .map(Path::of)
          // On Windows these would be files of the current drive, which anybody may make.
          .filter(file -> Os.CURRENT == Os.POSIX && Files.isExecutable(file))
          .findFirst();

  private final Path folder;
  private final Path name;
  private final RandomAccessFile ends;

  private FilledPipe(Path folder, Path name, RandomAccessFile ends) {
    this.folder = folder;
    this.name = name;
    this.ends = ends;
  }

  /** A pipe with that in it; nothing where this system cannot make one. */
  static Optional<FilledPipe> with(byte[] content) throws InterruptedException {
    if (MKFIFO.isEmpty() || content.length > LARGEST) {
      return Optional.empty();
    }
    Path folder;
    try {
      folder =
          Files.createTempDirectory(
              "tokenform-",
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (IOException | UnsupportedOperationException e) {
      return Optional.empty();
    }
    Path name = folder.resolve("pipe");
    boolean isMade = false;
    try {
      if (!make(name)) {
        return Optional.empty();
      }
      // Open at both ends: it neither waits for a reader, nor lets a reader wait for a writer.
      RandomAccessFile ends = new RandomAccessFile(name.toFile(), "rw");
      FilledPipe pipe = new FilledPipe(folder, name, ends);
      try {
        ends.write(content);
        isMade = true;
        return Optional.of(pipe);
      } finally {
        if (!isMade) {
          pipe.close();
        }
      }
    } catch (IOException e) {
      return Optional.empty();
    } finally {
      if (!isMade) {
        remove(name, folder);
      }
    }
  }

  private static boolean make(Path name) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(MKFIFO.orElseThrow().toString(), "-m", "600", name.toString());
    // It needs nothing, and least of all the management token.
    builder.environment().clear();
    builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
    Process process = builder.start();
    try {
      return process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
    } finally {
      process.destroyForcibly();
    }
  }

  /** Where a program finds it, until this is closed. */
  Path name() {
    return name;
  }

  /** The end of what a program that has it reads. */
  @Override
  public void close() {
    try {
      ends.close();
    } catch (IOException e) {
      // What was written is in the pipe.
    }
    remove(name, folder);
  }

  private static void remove(Path name, Path folder) {
    try {
      Files.deleteIfExists(name);
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // A name without content, in a folder that nobody else can enter.
    }
  }
}
