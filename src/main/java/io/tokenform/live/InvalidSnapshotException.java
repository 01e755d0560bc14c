package io.tokenform.live;

import io.tokenform.access.Explained;
import java.util.Optional;

/** A file is no snapshot that can stand in for a cluster. */
public final class InvalidSnapshotException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private final String hint;

  InvalidSnapshotException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  InvalidSnapshotException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /** What to do about it. */
  @Override
  public Optional<String> hint() {
    return Optional.of(hint);
  }
}
