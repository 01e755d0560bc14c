package io.tokenform.sink;

import io.tokenform.access.Masking;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What sinks take from the run.
 *
 * @param environment the run's environment variables
 * @param directory the working directory: that of commands, and the one that paths are relative to
 * @param masking knows the run's secrets
 * @param secretVariables names of variables that are never passed on, whatever they hold; neither
 *     are those that begin with one of them and {@code _}, as a fleet's do
 */
public record SinkSurroundings(
    Map<String, String> environment, Path directory, Masking masking, Set<String> secretVariables) {
  public SinkSurroundings {
    environment = Map.copyOf(environment);
    directory = directory.toAbsolutePath().normalize();
    Objects.requireNonNull(masking, "masking");
    secretVariables = Set.copyOf(secretVariables);
  }

  /** Without the variables, which hold secrets. */
  @Override
  public String toString() {
    return "surroundings in " + directory;
  }
}
