package io.tokenform.apply;

import java.util.Optional;

/** A journal cannot be written or read. */
public final class JournalException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String hint;

  JournalException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /** What to do about it. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
