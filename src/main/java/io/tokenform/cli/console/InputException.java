package io.tokenform.cli.console;

import java.util.Optional;

/** A file that the command line or the policy names cannot be used. */
public final class InputException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String hint;

  public InputException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  public InputException(String message, String hint) {
    this(message, hint, null);
  }

  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
