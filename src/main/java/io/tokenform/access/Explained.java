package io.tokenform.access;

import java.util.Optional;

/**
 * What an exception that is no fault of tokenform answers for itself. What is no such is a fault of
 * tokenform, and is told as one.
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
