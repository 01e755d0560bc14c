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
   * Whether the sink may hold the secret all the same: its command was ended before it could say,
   * or the disk did not confirm the name of a file. By the contract of sinks it counts as not
   * stored; this is for a message, and for a caller that has to choose the safer way.
   */
  public boolean mayBeStored() {
    return mayBeStored;
  }
}
