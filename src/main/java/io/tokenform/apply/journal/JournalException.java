package io.tokenform.apply.journal;

import io.tokenform.access.Explained;
import java.util.Optional;

/** A journal cannot be written or read. */
public final class JournalException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private final String hint;

  JournalException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /** What to do about it. */
  @Override
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
