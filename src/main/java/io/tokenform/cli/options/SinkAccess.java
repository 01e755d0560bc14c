package io.tokenform.cli.options;

import io.tokenform.cli.console.Run;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.sink.SinkSurroundings;
import io.tokenform.sink.Sinks;
import java.util.Set;

/** The sinks of a run. */
public final class SinkAccess {
  private SinkAccess() {}

  /** Sinks whose commands get the run's environment without the management token. */
  public static Sinks sinks(Run run) {
    return new Sinks(
        new SinkSurroundings(
            run.world().environment(),
            run.world().directory(),
            run.console().masking(),
            Set.copyOf(SecretVariables.ALL)));
  }
}
