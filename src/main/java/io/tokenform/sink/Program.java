package io.tokenform.sink;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * The program of a command: its first word.
 *
 * @param word a path, where it has a slash; else a name that is looked for in {@code PATH}
 */
record Program(String word) {
  /** What systems use where there is no {@code PATH}. */
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  /**
   * The file to run, absolute.
   *
   * <p>Folders of {@code PATH} that are relative do not count: a program in the working directory
   * may come from the commit whose policy is applied.
   */
  Optional<Path> find(SinkSurroundings surroundings) {
    if (isPath()) {
      return executable(surroundings.directory(), word);
    }
    String path = surroundings.environment().getOrDefault("PATH", DEFAULT_PATH);
    return Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> folder.startsWith("/"))
        .flatMap(folder -> executable(Path.of(folder), word).stream())
        .findFirst();
  }

  /** Why nothing was found. */
  String problem() {
    return isPath()
        ? "\"" + word + "\" is not a file that this user may execute"
        : "there is no program \"" + word + "\" in the folders of PATH";
  }

  private boolean isPath() {
    return word.indexOf('/') >= 0;
  }

  private static Optional<Path> executable(Path folder, String name) {
    try {
      Path file = folder.resolve(name);
      return Files.isRegularFile(file) && Files.isExecutable(file)
          ? Optional.of(file)
          : Optional.empty();
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
