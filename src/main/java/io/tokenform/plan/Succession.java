package io.tokenform.plan;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permissions;
import io.tokenform.cluster.Endpoints;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a new token takes the place of those before it.
 *
 * @param description the description of all of them, without a label
 * @param permissions what the policy gives the name; predecessors keep no more than that. Absent
 *     where the policy does not say all that it may do
 * @param overlap how long its predecessors work beside it
 * @param park how long those stay afterwards, without access, before they are revoked
 * @param predecessors those that get their labels once its secret is stored, in this order
 */
public record Succession(
    String description,
    Optional<Permissions> permissions,
    Duration overlap,
    Duration park,
    List<Predecessor> predecessors) {
  /**
   * @throws IllegalArgumentException if the description ends in a label
   */
  public Succession {
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(permissions, "permissions");
    Objects.requireNonNull(overlap, "overlap");
    Objects.requireNonNull(park, "park");
    predecessors = List.copyOf(predecessors);
    if (!LiveDescription.parse(description).isInUse()) {
      throw new IllegalArgumentException("a description in a policy must not end in a label");
    }
  }

  /** What becomes of the predecessors. */
  List<TokenAfter> outcome() {
    return predecessors.stream().map(predecessor -> predecessor.after(this)).toList();
  }

  /** What gives the predecessors their labels, as a plan shows it. */
  List<Step> steps(Endpoints endpoints) {
    List<Step> steps = new ArrayList<>();
    for (Predecessor predecessor : predecessors) {
      steps.add(new Step.Call(endpoints.updateToken(predecessor.id(), predecessor.planned(this))));
    }
    return steps;
  }
}
