package io.tokenform.sink;

import io.tokenform.access.Explained;
import java.util.Optional;

/** A sink cannot be used, or did not store a secret. Its texts are masked and safe to show. */
public final class SinkException extends Exception implements Explained {
  private static final long serialVersionUID = 1L;

  private final String hint;
  private final boolean mayBeStored;

  /** Without a cause on purpose: the message of another exception could hold anything. */
  SinkException(String message, String hint, boolean mayBeStored) {
    super(message);
    this.hint = hint;
    this.mayBeStored = mayBeStored;
  }

  @Override
  public Optional<String> hint() {
    return Optional.of(hint);
  }

  /**
   * Whether the sink holds the secret all the same, so that its token must go on working: the file
   * is there, and only the disk did not confirm its name. A command that failed, or was ended for
   * its time, is none of these: by the contract of sinks it has stored nothing.
   */
  public boolean mayBeStored() {
    return mayBeStored;
  }
}
