package io.tokenform.cli.console;

import java.util.Objects;

/**
 * One run of tokenform: what it takes from outside, and through what it speaks.
 *
 * @param world streams, variables, the working directory and the clock
 * @param console through which all text leaves, masked
 */
public record Run(World world, Console console) {
  public Run {
    Objects.requireNonNull(world, "world");
    Objects.requireNonNull(console, "console");
  }

  /** A run that begins. */
  public static Run in(World world) {
    return new Run(world, new Console(world));
  }

  /** A part of it, which works beside others; what it says is kept. */
  public Run speakingTo(Aside aside) {
    return new Run(world, console.speakingTo(aside));
  }
}
