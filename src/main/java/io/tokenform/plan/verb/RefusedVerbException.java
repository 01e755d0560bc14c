package io.tokenform.plan.verb;

import io.tokenform.access.Explained;
import java.util.Optional;

/** What a person asks for makes no sense for this token as it is. */
public final class RefusedVerbException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private final String hint;

  RefusedVerbException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  @Override
  public Optional<String> hint() {
    return Optional.of(hint);
  }
}
