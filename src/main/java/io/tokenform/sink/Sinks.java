package io.tokenform.sink;

import io.tokenform.access.SinkName;
import io.tokenform.policy.SinkDefinition;
import java.util.Objects;
import java.util.Optional;

/** Makes the sinks of a platform file. */
public final class Sinks {
  private final SinkSurroundings surroundings;
  private final Timer timer;
  private final FolderFiles files;
  private final Optional<ShownSecret> shown;

  /** Sinks of a run that shows no secret. */
  public Sinks(SinkSurroundings surroundings) {
    this(surroundings, Timer.SYSTEM, FolderFiles.SYSTEM);
  }

  /**
   * Sinks of the one kind of run that can show a secret.
   *
   * @param shown gets it
   */
  public Sinks(SinkSurroundings surroundings, ShownSecret shown) {
    this(surroundings, Timer.SYSTEM, FolderFiles.SYSTEM, Optional.of(shown));
  }

  Sinks(SinkSurroundings surroundings, Timer timer, FolderFiles files) {
    this(surroundings, timer, files, Optional.empty());
  }

  private Sinks(
      SinkSurroundings surroundings, Timer timer, FolderFiles files, Optional<ShownSecret> shown) {
    this.surroundings = Objects.requireNonNull(surroundings, "surroundings");
    this.timer = timer;
    this.files = files;
    this.shown = shown;
  }

  /** The sink of a definition. Nothing is looked at or run before it is used. */
  public Sink of(SinkName name, SinkDefinition definition) {
    return definition.map(
        command -> new CommandSink(name, command, surroundings, timer),
        directory -> new DirectorySink(name, directory, surroundings, files),
        screen -> new ScreenSink(shown));
  }
}
