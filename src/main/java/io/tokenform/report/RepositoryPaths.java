package io.tokenform.report;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the files of a policy are called in their repository. GitHub shows an annotation only where
 * the path begins at the repository's root, whatever folder the run worked in.
 *
 * @param directory the working directory, absolute
 * @param workspace where the checkout is, if a runner says so; a folder above it is never a root
 * @param real what a path is without links; the path itself, normalised, where there is no file
 * @param isRoot whether a folder is a repository's root
 */
public record RepositoryPaths(
    Path directory, Optional<Path> workspace, UnaryOperator<Path> real, Predicate<Path> isRoot) {
  /** The name that standard input has; it is nowhere in a repository. */
  private static final String STANDARD_INPUT = "-";

  public RepositoryPaths {
    if (!directory.isAbsolute()) {
      throw new IllegalArgumentException("the working directory must be absolute");
    }
    Objects.requireNonNull(workspace, "workspace");
    Objects.requireNonNull(real, "real");
    Objects.requireNonNull(isRoot, "isRoot");
  }

  /**
   * The path from the repository's root, with {@code /} between its parts. A file outside of every
   * repository keeps its name, without the parts that lead nowhere.
   *
   * @param name what messages call the file: absolute, or from the working directory
   */
  public String of(String name) {
    if (name.equals(STANDARD_INPUT)) {
      return name;
    }
    Path given;
    try {
      given = Path.of(name);
    } catch (InvalidPathException e) {
      return name; // A plan from elsewhere may name a file that no path of this system can name.
    }
    Path file = directory.resolve(given);
    // First without links: the lines that a pull request changes are in the file that one leads to.
    String path =
        Stream.of(real.apply(file), file.normalize())
            .flatMap(candidate -> root(candidate).map(root -> root.relativize(candidate)).stream())
            .findFirst()
            .orElseGet(given::normalize)
            .toString()
            .replace(given.getFileSystem().getSeparator(), "/");
    return path.isEmpty() ? "." : path;
  }

  private Optional<Path> root(Path file) {
    Optional<Path> checkout =
        workspace.flatMap(
            path ->
                Stream.of(real.apply(path), path.normalize()).filter(file::startsWith).findFirst());
    // A repository may be checked out into a folder of the workspace.
    return repository(file, checkout.orElse(file.getRoot())).or(() -> checkout);
  }

  /** The nearest root above a file that is not above {@code highest}. */
  private Optional<Path> repository(Path file, Path highest) {
    return Stream.iterate(file.getParent(), Objects::nonNull, Path::getParent)
        .takeWhile(folder -> folder.startsWith(highest))
        .filter(isRoot)
        .findFirst();
  }
}
