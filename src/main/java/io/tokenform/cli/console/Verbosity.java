package io.tokenform.cli.console;

/** How much a run says of what it does. */
public enum Verbosity {
  /** What people and pipelines need. */
  USUAL,
  /** What is folded into counts otherwise. */
  VERBOSE,
  /** Each call, and a stack trace with an error. */
  DEBUG,
  /** The bodies of requests and answers as well. */
  TRACE
}
