package io.tokenform.cli.console;

import java.util.Optional;

/** What was asked for could not be written to standard output. */
public final class UnwritableOutputException extends Exception {
  private static final long serialVersionUID = 1L;

  public static final String MESSAGE = "standard output cannot be written";

  public static final Optional<String> HINT =
      Optional.of("is the disk full, or has the program that reads it ended?");

  public UnwritableOutputException() {
    super(MESSAGE);
  }
}
