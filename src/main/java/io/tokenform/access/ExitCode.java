package io.tokenform.access;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

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

  /** What matters more comes first; what is not here ends the whole run, and matters most. */
  private static final List<Integer> OF_PARTS = List.of(ERROR, DENIED, STALE, CHANGES, OK);

  private ExitCode() {}

  /**
   * What a run of several parts ends with, as of a fleet's clusters: the worst of them in the order
   * 1, 3, 4, 2, 0.
   *
   * @param codes what each part would end with; of none, it is {@link #OK}
   */
  public static int worst(Collection<Integer> codes) {
    return codes.stream().min(Comparator.comparingInt(OF_PARTS::indexOf)).orElse(OK);
  }
}
