package io.tokenform.cli.console;

import io.tokenform.access.Os;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Which of the process's streams are terminals. The launcher finds out, since what the JDK's own
 * console says differs from version to version.
 */
public record Terminals(boolean in, boolean out, boolean err) {
  /** The launcher's system property: the numbers of those streams that are terminals. */
  public static final String PROPERTY = "tokenform.terminal";

  private static final String ASK = "console";

  public static Terminals none() {
    return new Terminals(false, false, false);
  }

  /**
   * Reads the property's value, such as {@code 02}; without one nothing is a terminal. A launcher
   * that cannot find out says {@code console}: then the JVM is asked, which knows about the first
   * two, and only of both together.
   */
  // The launcher that asks has the JVM use the console of java.base, which is none without a
  // terminal.
  @SuppressWarnings("SystemConsoleNull")
  public static Terminals parse(String streams) {
    return parse(streams, () -> System.console() != null);
  }

  static Terminals parse(String streams, BooleanSupplier jvmHasConsole) {
    if (streams == null) {
      return none();
    }
    if (streams.equals(ASK)) {
      boolean all = jvmHasConsole.getAsBoolean();
      return new Terminals(all, all, all);
    }
    return new Terminals(streams.contains("0"), streams.contains("1"), streams.contains("2"));
  }

  /**
   * Whether the terminals of a system read escape sequences, as far as its variables tell. A
   * console of Windows prints them, unless it is of a kind that says otherwise.
   */
  static boolean readEscapes(Os os, Map<String, String> environment) {
    return switch (os) {
      case POSIX -> !environment.getOrDefault("TERM", "").equals("dumb");
      case WINDOWS ->
          environment.getOrDefault("CONEMUANSI", "").equals("ON")
              || (readEscapes(Os.POSIX, environment)
                  && Stream.of("WT_SESSION", "ANSICON", "TERM", "TERM_PROGRAM")
                      .anyMatch(name -> !environment.getOrDefault(name, "").isEmpty()));
    };
  }
}
