package io.tokenform.cli;

/** What the process ends with. */
final class ExitCode {
  /** Done; for {@code plan --detailed-exitcode}, nothing to change. */
  static final int OK = 0;

  /** Something went wrong, or not everything was done. */
  static final int ERROR = 1;

  /** For {@code plan --detailed-exitcode} alone: there are changes. */
  static final int CHANGES = 2;

  /** A guardrail refused. */
  static final int DENIED = 3;

  /** Live drifted since the plan was made, and nothing was sent. */
  static final int STALE = 4;

  /** Wrong usage of the command line (EX_USAGE of BSD's sysexits). */
  static final int USAGE = 64;

  /** Interrupted, as shells count it: 128 and the signal's number. */
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
