package io.tokenform.cli.fleet;

import io.tokenform.cli.console.InputException;
import io.tokenform.cli.options.FoundToken;

/**
 * A management token that was looked for once, or why there is none: a command that gives it is not
 * run again, and what is to be said of it is not said again, however many clusters it is for.
 */
@FunctionalInterface
interface TokenOnce {
  /**
   * The token.
   *
   * @throws InputException if there is none, or none that can be one
   */
  FoundToken found() throws InputException;

  /** Looks for it now. */
  static TokenOnce of(TokenOnce search) {
    try {
      FoundToken found = search.found();
      return () -> found;
    } catch (InputException e) {
      return () -> {
        throw e;
      };
    }
  }
}
