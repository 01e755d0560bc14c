package io.tokenform.cli.console;

import io.tokenform.access.Explained;
import java.util.Optional;

/** What was asked for could not be written to standard output. */
public final class UnwritableOutputException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  public UnwritableOutputException() {
    super("standard output cannot be written");
  }

  @Override
  public Optional<String> hint() {
    return Optional.of("is the disk full, or standard output closed?");
  }
}
