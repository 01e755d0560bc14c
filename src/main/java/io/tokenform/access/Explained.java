package io.tokenform.access;

import java.util.Optional;

/**
 * An exception that tells the user what went wrong and what to do. Any other exception is a fault
 * of tokenform, and is reported as one.
 */
public interface Explained {
  /** What went wrong, for a person: one sentence without a full stop. */
  String getMessage();

  /** What to do about it, where that is known. */
  default Optional<String> hint() {
    return Optional.empty();
  }

  /** What the process ends with, one of {@link ExitCode}. */
  default int exitCode() {
    return ExitCode.ERROR;
  }
}
