package io.tokenform.cluster.settings;

import java.util.Set;

/**
 * Whether the management token may go to a cluster's host. A file alone never chooses that: a
 * policy, a saved plan or a journal may be anybody's, and its author would get the token.
 */
public enum HostConsent {
  /** The user names the host, or has agreed to it before. */
  GIVEN,
  /** A file alone names it, and there is somebody to ask. */
  ASK,
  /** A file alone names it, and nobody can be asked. */
  REFUSED;

  /**
   * Decides it; nothing is looked up.
   *
   * @param remembered the hosts that the user agreed to before, as {@link
   *     io.tokenform.access.ClusterUrl#origin}
   * @param isCi whether this is a job of a CI, where nobody is asked and no earlier answer counts:
   *     what lies on its disk may come from another job
   * @param canAsk whether somebody sits at a terminal
   */
  public static HostConsent of(
      ConnectionSettings.Decision decision, Set<String> remembered, boolean isCi, boolean canAsk) {
    if (decision.hostOfFileAlone().isEmpty()) {
      return GIVEN;
    }
    if (isCi) {
      return REFUSED;
    }
    if (remembered.contains(decision.address().url().origin())) {
      return GIVEN;
    }
    return canAsk ? ASK : REFUSED;
  }
}
