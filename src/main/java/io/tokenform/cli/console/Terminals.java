package io.tokenform.cli.console;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which of the process's streams are terminals. The launcher finds out, since what the JDK's own
 * console says differs from version to version.
 */
public record Terminals(boolean in, boolean out, boolean err) {
  /** The launcher's system property: the numbers of those streams that are terminals. */
  public static final String PROPERTY = "tokenform.terminal";

  /** The property's value where there is no launcher, as in the container image: ask Linux. */
  private static final String ASK = "ask";

  public static Terminals none() {
    return new Terminals(false, false, false);
  }

  /** Reads the property's value, such as {@code 02}; without one nothing is a terminal. */
  public static Terminals parse(String streams) {
    if (streams == null) {
      return none();
    }
    return streams.equals(ASK)
        ? new Terminals(leadsToTerminal(0), leadsToTerminal(1), leadsToTerminal(2))
        : new Terminals(streams.contains("0"), streams.contains("1"), streams.contains("2"));
  }

  private static boolean leadsToTerminal(int stream) {
    try {
      Path link = Path.of("/proc/self/fd", Integer.toString(stream));
      return isTerminal(Files.readSymbolicLink(link).toString());
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  /** Whether a file of Linux is a terminal, by its name: {@code /dev/pts/0}. */
  static boolean isTerminal(String file) {
    return file.startsWith("/dev/pts/")
        || file.startsWith("/dev/tty")
        || file.equals("/dev/console");
  }
}
