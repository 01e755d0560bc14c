package io.tokenform.cli;

import java.util.Optional;

/** What was asked for could not be written to standard output. */
final class UnwritableOutputException extends Exception {
  private static final long serialVersionUID = 1L;

  static final String MESSAGE = "standard output cannot be written";

  static final Optional<String> HINT =
      Optional.of("is the disk full, or has the program that reads it ended?");

  UnwritableOutputException() {
    super(MESSAGE);
  }
}
