package io.tokenform.program;

import io.tokenform.access.Os;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The program of a command: its first word.
 *
 * @param word a path, where it has a slash; else a name that is looked for in {@code PATH}
 */
public record Program(String word, Os os) {
  /** What systems use where there is no {@code PATH}. */
  private static final String DEFAULT_PATH = "/usr/local/bin:/usr/bin:/bin";

  private static final String DEFAULT_PATH_OF_WINDOWS = "C:\\Windows\\System32";
  private static final String DEFAULT_ENDINGS = ".COM;.EXE;.BAT;.CMD";

  /** One of this system. */
  public Program(String word) {
    this(word, Os.CURRENT);
  }

  /**
   * The file to run, absolute.
   *
   * <p>Folders of {@code PATH} that are relative do not count: a program in the working directory
   * may come from the commit whose policy is applied.
   *
   * @param environment the variables, as {@link Os#variables} names them
   * @param directory what a path is relative to
   */
  public Optional<Path> find(Map<String, String> environment, Path directory) {
    List<String> names = names(environment);
    if (isPath()) {
      return executable(directory, names);
    }
    return folders(environment)
        .flatMap(folder -> path(folder).stream())
        .filter(Path::isAbsolute)
        .flatMap(folder -> executable(folder, names).stream())
        .findFirst();
  }

  /** Why nothing was found. */
  public String problem() {
    return isPath()
        ? "\"" + word + "\" is not a file that this user may execute"
        : "there is no program \"" + word + "\" in the folders of PATH";
  }

  private boolean isPath() {
    return word.indexOf('/') >= 0 || (os == Os.WINDOWS && word.indexOf('\\') >= 0);
  }

  /** What the folders of {@code PATH} are called. */
  Stream<String> folders(Map<String, String> environment) {
    return switch (os) {
      case POSIX -> Stream.of(environment.getOrDefault("PATH", DEFAULT_PATH).split(":", -1));
      // Some have quotation marks around a folder.
      case WINDOWS ->
          Stream.of(environment.getOrDefault("PATH", DEFAULT_PATH_OF_WINDOWS).split(";", -1))
              .map(folder -> folder.replace("\"", ""));
    };
  }

  /** What the program may be called: on Windows with one of the endings, if it has none of them. */
  List<String> names(Map<String, String> environment) {
    if (os == Os.POSIX) {
      return List.of(word);
    }
    List<String> endings =
        Stream.of(environment.getOrDefault("PATHEXT", DEFAULT_ENDINGS).split(";", -1))
            .filter(ending -> !ending.isBlank())
            .toList();
    String lower = word.toLowerCase(Locale.ROOT);
    return endings.stream().anyMatch(ending -> lower.endsWith(ending.toLowerCase(Locale.ROOT)))
        ? List.of(word)
        : endings.stream().map(ending -> word + ending).toList();
  }

  private static Optional<Path> executable(Path folder, List<String> names) {
    return names.stream()
        .flatMap(name -> path(folder, name).stream())
        .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
        .findFirst();
  }

  private static Optional<Path> path(String text) {
    return path(Path.of(""), text);
  }

  private static Optional<Path> path(Path folder, String name) {
    try {
      return Optional.of(folder.resolve(name));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
