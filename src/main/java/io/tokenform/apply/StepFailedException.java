package io.tokenform.apply;

import io.tokenform.cluster.ApiException;
import java.util.Optional;
import java.util.OptionalInt;

/** A call that a change consists of was not done, or nobody knows whether it was. */
final class StepFailedException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String hint;
  private final int status;
  private final boolean mayHaveHappened;
  private final boolean isRewritten;
  private final boolean wasTried;

  StepFailedException(String message, String hint, int status, boolean mayHaveHappened) {
    this(message, hint, status, mayHaveHappened, false, true);
  }

  private StepFailedException(
      String message,
      String hint,
      int status,
      boolean mayHaveHappened,
      boolean isRewritten,
      boolean wasTried) {
    super(message);
    this.hint = hint;
    this.status = status;
    this.mayHaveHappened = mayHaveHappened;
    this.isRewritten = isRewritten;
    this.wasTried = wasTried;
  }

  /** The cluster made something else of a description. */
  static StepFailedException rewritten(String message, String hint) {
    return new StepFailedException(message, hint, 0, true, true, true);
  }

  static StepFailedException of(ApiException e) {
    return new StepFailedException(
        e.getMessage(),
        e.hint().orElse(null),
        e.status().orElse(0),
        e.mayHaveHappened(),
        false,
        e.wasTried());
  }

  Optional<String> hint() {
    return Optional.ofNullable(hint);
  }

  /** The HTTP status of the last answer, where there was one. */
  OptionalInt status() {
    return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
  }

  /** Whether all was done, and the cluster made something else of the description. */
  boolean isRewritten() {
    return isRewritten;
  }

  boolean mayHaveHappened() {
    return mayHaveHappened;
  }

  /** Whether the call was made at all; one that was stopped before was not. */
  boolean wasTried() {
    return wasTried;
  }
}
