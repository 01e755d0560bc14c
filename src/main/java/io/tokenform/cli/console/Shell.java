package io.tokenform.cli.console;

import io.tokenform.access.Os;
import java.util.List;
import java.util.Map;

/** What runs a command line that a user has written for a shell. */
public record Shell(Os os, Map<String, String> environment) {
  /** The one of this system. */
  public static Shell of(World world) {
    return new Shell(Os.CURRENT, world.environment());
  }

  /** The program, as messages call it. */
  public String name() {
    return switch (os) {
      case POSIX -> "sh";
      case WINDOWS -> "cmd";
    };
  }

  /** The program and its arguments, as {@link ProcessBuilder} takes them. */
  public List<String> running(String command) {
    return switch (os) {
      case POSIX -> List.of("sh", "-c", command);
      // /d runs nothing that the registry names; /s takes away the outer quotation marks and leaves
      // all that is between them alone. Java passes on a word in quotation marks as it is, unless
      // a backslash stands before the last one.
      case WINDOWS ->
          List.of(
              program(),
              "/d",
              "/s",
              "/c",
              "\"" + command + (command.endsWith("\\") ? " \"" : "\""));
    };
  }

  /**
   * Absolute, for Windows looks in the working directory first, where a commit could put another.
   */
  private String program() {
    String root = environment.getOrDefault("SYSTEMROOT", "");
    return (root.isBlank() ? "C:\\Windows" : root) + "\\System32\\cmd.exe";
  }
}
