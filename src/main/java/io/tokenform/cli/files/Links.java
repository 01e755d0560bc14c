package io.tokenform.cli.files;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Symbolic links on the way to a file that is written. A commit can bring links along, so what is
 * written to a path in the working directory would go wherever the commit says.
 */
public final class Links {
  /** Where a link is the system's own, such as the one to standard output. */
  private static final List<Path> OF_THE_SYSTEM = List.of(Path.of("/dev"), Path.of("/proc"));

  /** A folder like any other, which is in memory. */
  private static final Path SHARED_MEMORY = Path.of("/dev/shm");

  private Links() {}

  /**
   * Refuses to write to a link; and to a path of the working directory in which a link to a folder
   * leads out of it. Paths elsewhere, which no commit brings along, may go through any folder.
   *
   * @param directory the working directory
   * @param file an absolute path, or one in the working directory
   * @throws LinkException if there is such a link
   */
  public static void refuse(Path directory, Path file) throws LinkException {
    Path absolute = directory.resolve(file).toAbsolutePath();
    if (isOfTheSystem(absolute)) {
      return;
    }
    Optional<Path> folder = straying(directory.toAbsolutePath(), absolute);
    if (folder.isPresent()) {
      throw new LinkException(
          folder.get(),
          folder.get() + " is a link that leads outside the working directory",
          "remove that link, or give the absolute path of the folder that it leads to");
    }
    refuseLast(absolute);
  }

  /** Refuses a path that is a link itself. */
  static void refuseLast(Path file) throws LinkException {
    if (!isOfTheSystem(file) && Files.isSymbolicLink(file)) {
      throw new LinkException(
          file, "it is a link", "remove the link, or give the path of the file that it leads to");
    }
  }

  /** Whether a path is the system's own, such as that of standard output or of a pipe. */
  public static boolean isOfTheSystem(Path file) {
    Path path = file.toAbsolutePath().normalize();
    return OF_THE_SYSTEM.stream().anyMatch(path::startsWith) && !path.startsWith(SHARED_MEMORY);
  }

  /** The first link among the folders of a path below a directory that leads out of it. */
  private static Optional<Path> straying(Path directory, Path file) {
    Path root;
    try {
      root = directory.toRealPath();
    } catch (IOException e) {
      return Optional.empty();
    }
    Path start = file.startsWith(directory) ? directory : root;
    if (!file.startsWith(start)) {
      return Optional.empty();
    }
    Path below = start.relativize(file);
    Path folder = start;
    for (int i = 0; i < below.getNameCount() - 1; i++) {
      folder = folder.resolve(below.getName(i));
      if (leaves(root, folder)) {
        // A user who writes ".." leaves the folder on purpose.
        return Files.isSymbolicLink(folder)
            ? Optional.of(start.relativize(folder))
            : Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static boolean leaves(Path root, Path folder) {
    try {
      return !folder.toRealPath().startsWith(root);
    } catch (IOException e) {
      // A link may lead to a place that is made later.
      return true;
    }
  }

  /** A file is not written because of a link. The reason says which. */
  public static final class LinkException extends FileSystemException {
    private static final long serialVersionUID = 1L;

    private final String hint;

    private LinkException(Path file, String reason, String hint) {
      super(file.toString(), null, reason);
      this.hint = hint;
    }

    public String hint() {
      return hint;
    }
  }
}
