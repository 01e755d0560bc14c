package io.tokenform.cli.console;

import io.tokenform.cluster.HeadStart;
import java.util.Objects;

/**
 * One run of tokenform: what it takes from outside, and through what it speaks.
 *
 * @param world streams, variables, the working directory and the clock
 * @param console through which all text leaves, masked
 * @param headStart gets ready for calls beside it; whoever connects waits for it first
 */
public record Run(World world, Console console, HeadStart headStart) {
  public Run {
    Objects.requireNonNull(world, "world");
    Objects.requireNonNull(console, "console");
    Objects.requireNonNull(headStart, "headStart");
  }

  /** A run that begins. */
  public static Run in(World world) {
    return new Run(world, new Console(world), HeadStart.none());
  }

  /** A run with that command line, which begins to get ready for what it is likely to do. */
  public static Run of(World world, String... args) {
    return new Run(world, new Console(world), LikelyCalls.of(args, world).headStart());
  }

  /** A part of it, which works beside others; what it says is kept. */
  public Run speakingTo(Aside aside) {
    return new Run(world, console.speakingTo(aside), headStart);
  }
}
