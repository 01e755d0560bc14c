package io.tokenform.live;

import io.tokenform.access.Explained;
import java.util.Optional;

/** What should tell one live token from the others tells none, or several. */
public final class NoSuchLiveTokenException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private final String hint;

  NoSuchLiveTokenException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** What to do about it. */
  @Override
  public Optional<String> hint() {
    return Optional.ofNullable(hint);
  }
}
