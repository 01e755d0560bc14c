package io.tokenform.cli.console;

import java.util.Optional;

/** The command line asks for something that makes no sense here. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  public UsageException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
