package io.tokenform.sandbox;

import io.tokenform.access.Explained;

/**
 * The sandbox cannot start, or cannot keep its state. The message is for the user: it names the
 * file and the element, or the address, and what is wrong with it.
 */
public final class SandboxException extends RuntimeException implements Explained {
  private static final long serialVersionUID = 1L;

  SandboxException(String message) {
    super(message);
  }

  SandboxException(String message, Throwable cause) {
    super(message, cause);
  }
}
