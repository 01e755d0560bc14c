package io.tokenform.cluster;

import java.io.IOException;

/** A successful answer does not hold what the Management API promises. */
final class UnexpectedAnswerException extends IOException {
  private static final long serialVersionUID = 1L;

  UnexpectedAnswerException(String message) {
    super(message);
  }

  UnexpectedAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
