package io.tokenform.sink;

import io.tokenform.access.SinkName;
import io.tokenform.policy.SinkDefinition;
import java.util.Objects;

/** Makes the sinks of a platform file. */
public final class Sinks {
  private final SinkSurroundings surroundings;
  private final Timer timer;
  private final FolderFiles files;

  public Sinks(SinkSurroundings surroundings) {
    this(surroundings, Timer.SYSTEM, FolderFiles.SYSTEM);
  }

  Sinks(SinkSurroundings surroundings, Timer timer, FolderFiles files) {
    this.surroundings = Objects.requireNonNull(surroundings, "surroundings");
    this.timer = timer;
    this.files = files;
  }

  /** The sink of a definition. Nothing is looked at or run before it is used. */
  public Sink of(SinkName name, SinkDefinition definition) {
    return definition.map(
        command -> new CommandSink(name, command, surroundings, timer),
        directory -> new DirectorySink(name, directory, surroundings, files));
  }
}
