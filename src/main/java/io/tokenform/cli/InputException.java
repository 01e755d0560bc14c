package io.tokenform.cli;

import java.util.Optional;

/** A file that the command line or the policy names cannot be used. */
final class InputException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String hint;

  InputException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  InputException(String message, String hint) {
    this(message, hint, null);
  }

  Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
