package io.tokenform.apply.journal;

import io.tokenform.access.ClusterAddress;
import io.tokenform.plan.WaveOrder;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What a journal says first.
 *
 * @param startedAt when the apply began
 * @param toolVersion the version of tokenform
 * @param user who ran it
 * @param host on which machine; absent where it does not say
 * @param planDigest the digest of what the plan would do
 * @param cluster whose tokens it changes
 * @param order the order of the waves
 * @param changes how many changes the plan has
 * @param rollsBack the name of the journal that the apply rolls back, if it does
 * @param cause where the apply comes from
 */
public record JournalHeader(
    Instant startedAt,
    String toolVersion,
    String user,
    Optional<String> host,
    String planDigest,
    ClusterAddress cluster,
    WaveOrder order,
    int changes,
    Optional<String> rollsBack,
    Cause cause) {
  public JournalHeader {
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(toolVersion, "toolVersion");
    Objects.requireNonNull(user, "user");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(planDigest, "planDigest");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(order, "order");
    Objects.requireNonNull(rollsBack, "rollsBack");
    Objects.requireNonNull(cause, "cause");
  }

  /** Of an apply of which nobody knows where it comes from. */
  public JournalHeader(
      Instant startedAt,
      String toolVersion,
      String user,
      Optional<String> host,
      String planDigest,
      ClusterAddress cluster,
      WaveOrder order,
      int changes,
      Optional<String> rollsBack) {
    this(
        startedAt,
        toolVersion,
        user,
        host,
        planDigest,
        cluster,
        order,
        changes,
        rollsBack,
        Cause.NONE);
  }

  /** Who ran it, and on which machine, as in {@code anna@laptop}. */
  public String who() {
    return user + host.map(name -> "@" + name).orElse("");
  }

  /** The same, for an apply that began then. */
  JournalHeader begunAt(Instant instant) {
    return new JournalHeader(
        instant, toolVersion, user, host, planDigest, cluster, order, changes, rollsBack, cause);
  }
}
