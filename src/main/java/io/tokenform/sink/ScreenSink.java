package io.tokenform.sink;

import io.tokenform.access.Secret;
import java.util.Optional;

/**
 * Hands a secret to the command that was asked to show it. Every other run has nobody to hand it
 * to, and makes no token for this sink.
 */
final class ScreenSink implements Sink {
  private final Optional<ShownSecret> shown;

  ScreenSink(Optional<ShownSecret> shown) {
    this.shown = shown;
  }

  @Override
  public void check(SinkTarget target) throws SinkException {
    receiver();
  }

  @Override
  public void deliver(SinkTarget target, Secret secret) throws SinkException {
    receiver().take(secret);
  }

  private ShownSecret receiver() throws SinkException {
    return shown.orElseThrow(
        () ->
            new SinkException(
                "this command shows no secrets", "deliver to a sink of the platform file", false));
  }
}
