package io.tokenform.report.fleet;

import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Located;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.fleet.Fleet;
import io.tokenform.fleet.FleetCluster;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of one cluster of a fleet.
 *
 * @param wave the number of its wave, from 1
 * @param tokens how many tokens its policy has; nothing if the policy has errors
 * @param errors how many errors its policy has
 * @param tokenFrom where its management token comes from; nothing if there is none
 * @param answer whether it answers
 */
public record FleetRow(
    FleetCluster cluster,
    int wave,
    OptionalInt tokens,
    int errors,
    Optional<String> tokenFrom,
    Answer answer) {
  public FleetRow {
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(tokens, "tokens");
    Objects.requireNonNull(tokenFrom, "tokenFrom");
    Objects.requireNonNull(answer, "answer");
  }

  /**
   * What became of asking a cluster.
   *
   * @param kind how it went
   * @param fact what it answered, or why it did not, as one sentence without a full stop
   * @param hint what to do about it
   */
  public record Answer(Kind kind, String fact, Optional<String> hint) {
    /** How it went. */
    public enum Kind {
      /** It listed its tokens. */
      ANSWERS,
      /** It did not, or it could not be asked. */
      FAILS,
      /** It was not asked. */
      NOT_ASKED
    }

    public static final Answer NOT_ASKED =
        new Answer(Kind.NOT_ASKED, "not asked", Optional.empty());

    public static Answer yes(String fact) {
      return new Answer(Kind.ANSWERS, fact, Optional.empty());
    }

    public static Answer no(String reason, Optional<String> hint) {
      return new Answer(Kind.FAILS, reason, hint);
    }
  }

  /** The row of a cluster. */
  public static FleetRow of(
      Fleet fleet, ClusterPolicy policy, Optional<String> tokenFrom, Answer answer) {
    return new FleetRow(
        policy.cluster(),
        fleet.waveOf(policy.cluster()),
        policy
            .policy()
            .map(valid -> OptionalInt.of(valid.tokens().size()))
            .orElseGet(OptionalInt::empty),
        (int) policy.findings().stream().filter(Diagnostic::isError).count(),
        tokenFrom,
        answer);
  }

  /** Whether the policy is valid, and the cluster answers if it was asked. */
  public boolean isWell() {
    return errors == 0 && answer.kind() != Answer.Kind.FAILS;
  }

  /** The paths of its files, as the fleet file says them. */
  List<String> files() {
    return cluster.files().stream().map(Located::value).toList();
  }
}
