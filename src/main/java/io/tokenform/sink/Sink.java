package io.tokenform.sink;

import io.tokenform.access.Secret;

/** Where the secret of a new token goes. It may be used by several threads at once. */
public sealed interface Sink permits CommandSink, DirectorySink, ScreenSink {
  /**
   * Finds out whether the sink can be used now, without giving it anything.
   *
   * @throws SinkException if it cannot be used
   */
  void check(SinkTarget target) throws SinkException;

  /**
   * Gives it the secret; when this returns, the sink has stored it. The secret must be known to the
   * {@link io.tokenform.access.Masking} of the run before, since a program may print it.
   *
   * @throws SinkException if it has not stored it
   */
  void deliver(SinkTarget target, Secret secret) throws SinkException;
}
