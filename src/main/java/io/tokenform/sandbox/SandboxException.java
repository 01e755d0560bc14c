package io.tokenform.sandbox;

import io.tokenform.access.Explained;
import java.util.Optional;

/**
 * The sandbox cannot start, or cannot keep its state. The message is for the user: it names the
 * file and the element, or the address, and what is wrong with it.
 */
public final class SandboxException extends RuntimeException implements Explained {
  private static final long serialVersionUID = 1L;

  private final String hint;

  SandboxException(String message) {
    this(message, null);
  }

  SandboxException(String message, Throwable cause) {
    this(message, null, cause);
  }

  /**
   * @param hint what to do, or null where that is not known
   */
  SandboxException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  @Override
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
