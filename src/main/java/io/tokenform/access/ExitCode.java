package io.tokenform.access;

/** What the process ends with. */
public final class ExitCode {
  /** Done; for {@code plan --detailed-exitcode}, nothing to change. */
  public static final int OK = 0;

  /** Something went wrong, or not everything was done. */
  public static final int ERROR = 1;

  /** For {@code plan --detailed-exitcode} alone: there are changes. */
  public static final int CHANGES = 2;

  /** A guardrail refused. */
  public static final int DENIED = 3;

  /** Live drifted since the plan was made, and nothing was sent. */
  public static final int STALE = 4;

  /** Wrong usage of the command line (EX_USAGE of BSD's sysexits). */
  public static final int USAGE = 64;

  /** Interrupted, as shells count it: 128 and the signal's number. */
  public static final int INTERRUPTED = 130;

  /** Nothing was done, because nobody reads the plan: as shells count SIGPIPE. */
  public static final int NO_READER = 141;

  private ExitCode() {}
}
