package io.tokenform.cli.console;

import io.tokenform.access.Explained;
import java.util.Optional;

/** A file that the command line or the policy names cannot be used. */
public final class InputException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private final String hint;

  public InputException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  public InputException(String message, String hint) {
    this(message, hint, null);
  }

  @Override
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
