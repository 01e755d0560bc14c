package io.tokenform.cli.console;

/**
 * Which of the process's streams are terminals. The launcher finds out, since what the JDK's own
 * console says differs from version to version.
 */
public record Terminals(boolean in, boolean out, boolean err) {
  /** The launcher's system property: the numbers of those streams that are terminals. */
  public static final String PROPERTY = "tokenform.terminal";

  public static Terminals none() {
    return new Terminals(false, false, false);
  }

  /** Reads the property's value, such as {@code 02}; without one nothing is a terminal. */
  public static Terminals parse(String streams) {
    return streams == null
        ? none()
        : new Terminals(streams.contains("0"), streams.contains("1"), streams.contains("2"));
  }
}
