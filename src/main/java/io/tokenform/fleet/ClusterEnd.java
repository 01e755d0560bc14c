package io.tokenform.fleet;

import io.tokenform.access.ExitCode;
import java.util.Objects;

/**
 * What has become of a cluster in the apply of a fleet.
 *
 * @param plan the cluster and its plan
 * @param words the same for people, in a few words
 * @param exitCode what an apply of this cluster alone would have ended with
 */
public record ClusterEnd(ClusterPlan plan, Kind kind, String words, int exitCode) {
  /** How it ended; the best first. */
  public enum Kind {
    /** All its changes were made. */
    APPLIED("applied"),
    /** It had no changes, and was not asked. */
    UNCHANGED("unchanged"),
    /** An earlier apply, or somebody else, had made all its changes; nothing was sent. */
    APPLIED_BEFORE("applied before"),
    /** Some of its changes were made, or may have been. */
    INCOMPLETE("incomplete"),
    /** Its live tokens had drifted since the plan; nothing was sent. */
    STALE("drifted"),
    /** Nothing was sent, for another reason. */
    FAILED("failed"),
    /** Its turn did not come. */
    NOT_BEGUN("not begun");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    @Override
    public String toString() {
      return word;
    }
  }

  public ClusterEnd {
    Objects.requireNonNull(plan, "plan");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(words, "words");
  }

  /** A cluster without changes. */
  public static ClusterEnd unchanged(ClusterPlan plan) {
    return new ClusterEnd(plan, Kind.UNCHANGED, "no changes", ExitCode.OK);
  }

  /** A cluster on which nothing was left to do. */
  public static ClusterEnd appliedBefore(ClusterPlan plan) {
    return new ClusterEnd(
        plan, Kind.APPLIED_BEFORE, "applied before: nothing is left to do", ExitCode.OK);
  }

  /**
   * A cluster whose turn did not come.
   *
   * @param why in a few words
   */
  public static ClusterEnd notBegun(ClusterPlan plan, String why) {
    return new ClusterEnd(plan, Kind.NOT_BEGUN, "not begun: " + why, ExitCode.OK);
  }

  /** Whether the cluster is now as its plan says. */
  public boolean isWell() {
    return kind == Kind.APPLIED || kind == Kind.UNCHANGED || kind == Kind.APPLIED_BEFORE;
  }

  /** Whether it keeps later waves from beginning. */
  public boolean stopsLaterWaves() {
    return !isWell();
  }
}
