package io.tokenform.cli;

/** How much a run says of what it does. */
enum Verbosity {
  /** What people and pipelines need. */
  USUAL,
  /** Each call, and a stack trace with an error. */
  DEBUG,
  /** The bodies of requests and answers as well. */
  TRACE
}
