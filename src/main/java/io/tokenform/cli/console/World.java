package io.tokenform.cli.console;

import io.tokenform.apply.journal.Cause;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;

/**
 * Everything that a run takes from outside, so that a test can be a world of its own.
 *
 * @param in standard input
 * @param out standard output, where what was asked for goes
 * @param err standard error, where progress, questions and diagnostics go
 * @param terminals which of them are terminals
 * @param environment the environment variables
 * @param directory the working directory
 * @param clock what time it is, and in which zone people here read it
 * @param interrupts how the run is asked to end
 */
public record World(
    InputStream in,
    OutputStream out,
    OutputStream err,
    Terminals terminals,
    Map<String, String> environment,
    Path directory,
    Clock clock,
    Interrupts interrupts) {
  public World {
    Objects.requireNonNull(in, "in");
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(err, "err");
    Objects.requireNonNull(terminals, "terminals");
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(interrupts, "interrupts");
    environment = Map.copyOf(environment);
  }

  /** What the environment says of where this run comes from. */
  public Cause cause() {
    return CiVariables.cause(environment);
  }

  /** The same world with another clock. */
  public World at(Clock other) {
    return new World(in, out, err, terminals, environment, directory, other, interrupts);
  }
}
