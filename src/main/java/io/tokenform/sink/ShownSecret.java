package io.tokenform.sink;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.access.Secret;
import java.util.Optional;

/**
 * Takes the secret of the one token that a person asked to see, until the command shows it. It may
 * be used by several threads at once.
 */
public final class ShownSecret {
  @GuardedBy("this")
  private Optional<Secret> secret = Optional.empty();

  /**
   * @throws IllegalStateException if it has one already
   */
  synchronized void take(Secret told) {
    if (secret.isPresent()) {
      throw new IllegalStateException("there is a secret to show already");
    }
    secret = Optional.of(told);
  }

  /** The secret, if a token was made. */
  public synchronized Optional<Secret> secret() {
    return secret;
  }
}
