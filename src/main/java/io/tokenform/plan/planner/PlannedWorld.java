package io.tokenform.plan.planner;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.finding.Subject;
import io.tokenform.live.Live;
import io.tokenform.plan.Due;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Rotate.Because;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What changes are planned from.
 *
 * @param entries the selected tokens of the policy that are live, not revoked and not left alone,
 *     in the policy's order
 * @param lineages the selected tokens of the policy that are found by their descriptions and are
 *     not left alone, those that are not there among them
 * @param endings the selected tokens of the policy that are to be revoked
 * @param renewals those of the lineages that get a successor, and why
 * @param finished those of the lineages whose successor is there and only lacks its last steps
 * @param unmanaged the working tokens that the policy does not name
 * @param databases the selected databases of the policy
 */
record PlannedWorld(
    Policy policy,
    Live live,
    PlanOptions options,
    List<Entry> entries,
    List<Lineage> lineages,
    List<Ending> endings,
    Map<TokenName, Because> renewals,
    Set<TokenName> finished,
    List<Token> unmanaged,
    Databases databases) {
  PlannedWorld {
    entries = List.copyOf(entries);
    lineages = List.copyOf(lineages);
    endings = List.copyOf(endings);
    renewals = Map.copyOf(renewals);
    finished = Set.copyOf(finished);
    unmanaged = List.copyOf(unmanaged);
    Objects.requireNonNull(databases, "databases");
  }

  /**
   * A token of the policy, and the live token that it is.
   *
   * @param desired what the policy says
   * @param live what the cluster has
   */
  record Entry(DesiredToken desired, Token live) {
    /** Whom a finding about it is about. */
    Subject subject() {
      return Subject.of(desired.name(), live.id());
    }
  }

  /**
   * A token of the policy that is to be revoked.
   *
   * @param inUse the live token that it is; absent where that is revoked already
   * @param others those of its other live tokens that work
   */
  record Ending(DesiredToken desired, Optional<Token> inUse, List<Token> others) {
    Ending {
      others = List.copyOf(others);
    }
  }

  /** The working tokens with a permission on a database by its name, by id. */
  List<TokenId> users(DatabaseName database) {
    List<TokenId> users = new ArrayList<>();
    for (Token token : live.tokens()) {
      if (token.isActive(options.now()) && token.permissions().relyOn(database.value())) {
        users.add(token.id());
      }
    }
    users.sort(null);
    return users;
  }

  /** The requests of the cluster. */
  Endpoints endpoints() {
    return Endpoints.of(live.cluster());
  }

  /** Why a token gets a successor, if it does in this plan. */
  Optional<Because> renewal(TokenName token) {
    return Optional.ofNullable(renewals.get(token)).filter(this::isPlanned);
  }

  private boolean isPlanned(Because because) {
    return switch (options.due()) {
      case INCLUDE -> true;
      case ONLY -> because.isTime() || because == Because.UNFINISHED;
      case EXCLUDE -> !because.isTime();
    };
  }

  /** Whether a token in use gives way to a new one in this plan. */
  boolean isReplaced(TokenName token) {
    return renewal(token).isPresent() || finished.contains(token);
  }

  /** Whether the old ones of a lineage lose their access together with the one in use. */
  boolean endsOldOnes(Lineage lineage) {
    return renewal(lineage.desired().name()).isPresent()
        && options.asked().overlap().orElseGet(lineage::overlap).isZero();
  }

  /** Whether what the policy says now is planned, and not only what falls due with time. */
  boolean plansPolicy() {
    return options.due() != Due.ONLY;
  }

  /** Whether what falls due with time alone is planned. */
  boolean plansDue() {
    return options.due() != Due.EXCLUDE;
  }
}
