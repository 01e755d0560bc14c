package io.tokenform.cli.options;

import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.sink.ShownSecret;
import io.tokenform.sink.SinkSurroundings;
import io.tokenform.sink.Sinks;
import java.util.Optional;

/** The sinks of a run. */
public final class SinkAccess {
  private SinkAccess() {}

  /** Sinks whose commands get the run's environment without the management token. */
  public static Sinks sinks(Run run) {
    return new Sinks(surroundings(run));
  }

  /** The same, and one that hands a secret to somebody who shows it, where there is somebody. */
  static Sinks sinks(Run run, Optional<ShownSecret> shown) {
    return shown
        .map(taker -> new Sinks(surroundings(run), taker))
        .orElseGet(() -> new Sinks(surroundings(run)));
  }

  private static SinkSurroundings surroundings(Run run) {
    return new SinkSurroundings(
        run.world().environment(),
        run.world().directory(),
        run.console().masking(),
        SecretVariables.in(run.world().environment()));
  }
}
