package io.tokenform.access;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Where symbolic links lead somewhere else than a path says. */
public final class SymbolicLinks {
  private SymbolicLinks() {}

  /**
   * The symbolic link that leads to a file or folder: that itself, or one on the way to it below a
   * base. What is above the base, no commit has brought.
   *
   * @param base absolute and normalized
   */
  public static Optional<Path> onTheWay(Path path, Path base) {
    if (Files.isSymbolicLink(path)) {
      return Optional.of(path);
    }
    Path next = path.toAbsolutePath().normalize().getParent();
    while (next != null && next.startsWith(base) && !next.equals(base)) {
      if (Files.isSymbolicLink(next)) {
        return Optional.of(next);
      }
      next = next.getParent();
    }
    return Optional.empty();
  }
}
