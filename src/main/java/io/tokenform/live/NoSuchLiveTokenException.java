package io.tokenform.live;

import java.util.Optional;

/** What should tell one live token from the others tells none, or several. */
public final class NoSuchLiveTokenException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String hint;

  NoSuchLiveTokenException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** What to do about it. */
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
