package io.tokenform.sink;

import io.tokenform.access.Ownership;
import io.tokenform.access.Secret;
import io.tokenform.access.ShellWord;
import io.tokenform.access.SymbolicLinks;
import io.tokenform.program.GitIndex;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * A folder for secrets, each in a file that only its user may read. A reader sees the old secret or
 * the new one, and after a crash it is one of them.
 *
 * <p>The folder is there already, belongs to the user, and nobody else can write in it. Somebody
 * who can write further up may put another folder in its place after that was found out. The secret
 * stays secret even then: its file is a new one of this user's, with mode 0600 from its making on.
 */
final class SecretFolder {
  private static final String TEMPORARY = ".tokenform-";
  private static final String TEMPORARY_END = ".tmp";

  /** A file is written in less; an older one is left from a run that was killed. */
  private static final Duration LONGEST_WRITE = Duration.ofMinutes(1);

  private final Path folder;
  private final Path base;
  private final FolderFiles files;
  private final String key;
  private final String failure;

  /**
   * @param folder absolute and normalized
   * @param base the folder below which no symbolic link is followed: a commit may have brought it
   * @param key where the platform file names the folder
   * @param failure how a message begins
   */
  SecretFolder(Path folder, Path base, FolderFiles files, String key, String failure) {
    this.folder = folder;
    this.base = base;
    this.files = files;
    this.key = key;
    this.failure = failure;
  }

  /**
   * Finds out whether a file can be put here.
   *
   * @throws SinkException if others could interfere, or it would replace what is no secret's file
   */
  void requireUsable(String fileName) throws SinkException {
    if (Thread.currentThread().isInterrupted()) {
      // git would not be waited for, and its silence would be taken for a problem.
      throw new SinkException(
          failure + "the run was interrupted", "run tokenform again when it may end", false);
    }
    try {
      requireFolder();
      requireReplaceable(folder.resolve(fileName));
    } catch (IOException e) {
      throw new SinkException(
          failure + "the folder " + folder + " cannot be examined: " + problem(e),
          "see what stands there: " + look(),
          false);
    }
  }

  /**
   * Puts a file here, or replaces it.
   *
   * @throws SinkException if it was not, or the disk does not confirm it
   */
  void put(String fileName, Secret secret) throws SinkException {
    requireUsable(fileName);
    Path temporary = folder.resolve(TEMPORARY + UUID.randomUUID() + TEMPORARY_END);
    Path file = folder.resolve(fileName);
    boolean replaced = false;
    try {
      try {
        files.create(temporary, secret.reveal().getBytes(StandardCharsets.UTF_8));
        removeLeftovers(temporary);
        files.replace(temporary, file);
        replaced = true;
        files.syncFolder(folder);
      } finally {
        if (!replaced) {
          Files.deleteIfExists(temporary);
        }
      }
    } catch (IOException e) {
      throw new SinkException(
          failure
              + file
              + (replaced ? " was written, but the disk does not confirm it: " : ": ")
              + problem(e),
          "check the folder and its disk: " + look(),
          replaced);
    }
  }

  /** Removes what a killed run left: a secret that nothing will ever use. */
  private void removeLeftovers(Path mine) throws IOException {
    // The file system's own clock on both sides.
    FileTime now = Files.getLastModifiedTime(mine, LinkOption.NOFOLLOW_LINKS);
    FileTime oldest = FileTime.from(now.toInstant().minus(LONGEST_WRITE));
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(folder, TEMPORARY + "*" + TEMPORARY_END)) {
      for (Path file : left) {
        removeIfOlder(file, oldest);
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private static void removeIfOlder(Path file, FileTime oldest) throws IOException {
    try {
      if (Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS).compareTo(oldest) < 0) {
        Files.deleteIfExists(file);
      }
    } catch (NoSuchFileException e) {
      // Another delivery has put it in its place meanwhile.
    }
  }

  private void requireFolder() throws IOException, SinkException {
    Optional<Path> link = SymbolicLinks.onTheWay(folder, base);
    if (link.isPresent()) {
      throw new SinkException(
          failure + "its path contains a symbolic link, " + link.get(),
          "name the folder that is meant in " + key + " in the platform file",
          false);
    }
    if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new SinkException(
          failure + "the folder " + folder + " does not exist",
          "make it, for this user alone: mkdir -m 700 " + ShellWord.of(folder.toString()),
          false);
    }
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new SinkException(
          failure + folder + " is not a folder",
          "name a folder in " + key + " in the platform file",
          false);
    }
    Optional<Ownership> ownership = Ownership.of(folder);
    if (ownership.isEmpty()) {
      throw new SinkException(
          failure + "the file system of " + folder + " knows no owners and modes",
          "name a folder on another file system in " + key + ", or use a command",
          false);
    }
    Optional<String> problem = ownership.get().problemOfOwnFolder(folder);
    if (problem.isPresent()) {
      throw new SinkException(
          failure + problem.get(),
          "name a folder that is yours alone in "
              + key
              + "; if this one is yours: chmod go-w "
              + ShellWord.of(folder.toString()),
          false);
    }
    if (!Files.isWritable(folder) || !Files.isExecutable(folder)) {
      throw new SinkException(
          failure + "the folder " + folder + " cannot be written to",
          "see its mode, and whether its disk is mounted for reading only: " + look(),
          false);
    }
  }

  private void requireReplaceable(Path file) throws SinkException {
    String name = file.getFileName().toString();
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)
        && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new SinkException(
          failure
              + file
              + (Files.isSymbolicLink(file) ? " is a symbolic link" : " is not a regular file"),
          "see what it is, and remove it if nothing needs it: ls -ld "
              + ShellWord.of(file.toString()),
          false);
    }
    Optional<Set<String>> tracked = GitIndex.namesIn(folder);
    if (tracked.isEmpty()) {
      throw new SinkException(
          failure + "git cannot say whether it tracks " + file,
          "name a folder outside of the repository in "
              + key
              + ", or see what git says: git -C "
              + ShellWord.of(folder.toString())
              + " ls-files",
          false);
    }
    if (tracked.get().contains(name)) {
      throw new SinkException(
          failure + "git tracks " + file + ", and the secret would get into a commit",
          "name a folder outside of the repository in " + key + " in the platform file",
          false);
    }
  }

  private String look() {
    return "ls -ld " + ShellWord.of(folder.toString());
  }

  /** What the system says, without a path: the sentence around it has one. */
  private static String problem(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof ClosedByInterruptException) {
      return "the run was interrupted";
    }
    if (e instanceof FileSystemException system && system.getReason() != null) {
      return system.getReason();
    }
    return e instanceof FileSystemException || e.getMessage() == null
        ? e.getClass().getSimpleName()
        : e.getMessage();
  }
}
