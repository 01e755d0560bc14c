package io.tokenform.planfile;

import io.tokenform.access.Explained;
import java.util.Optional;

/** A file is no plan that can be shown or applied. */
public final class InvalidPlanException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /** Without a cause. */
  public InvalidPlanException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** Because of something else. */
  public InvalidPlanException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /** What to do about it. */
  @Override
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
