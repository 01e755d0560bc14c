package io.tokenform.fleet;

import io.tokenform.access.ExitCode;

/** What has become of the plan of one cluster; the gravest first. */
public enum Verdict {
  /** There is none. */
  FAILED("failed", ExitCode.ERROR),
  /** Something of the policy cannot be planned; the plan shows the rest, and is not applied. */
  ERRORS("errors", ExitCode.ERROR),
  /** A guardrail or an expectation denies it. */
  DENIED("denied", ExitCode.DENIED),
  /** It has changes, and may be applied. */
  CHANGES("changes", ExitCode.CHANGES),
  /** Live is as the policy says. */
  UNCHANGED("unchanged", ExitCode.OK);

  private final String word;
  private final int detailedExitCode;

  Verdict(String word, int detailedExitCode) {
    this.word = word;
    this.detailedExitCode = detailedExitCode;
  }

  /**
   * What plan ends with for such a cluster.
   *
   * @param isDetailed whether changes have a code of their own, as with --detailed-exitcode
   */
  public int exitCode(boolean isDetailed) {
    return this == CHANGES && !isDetailed ? ExitCode.OK : detailedExitCode;
  }

  /** Whether its plan may be applied as it stands. */
  public boolean isApplicable() {
    return this == CHANGES || this == UNCHANGED;
  }

  /** The word for machines. */
  @Override
  public String toString() {
    return word;
  }
}
