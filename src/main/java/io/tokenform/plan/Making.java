package io.tokenform.plan;

import io.tokenform.access.Permissions;
import io.tokenform.access.SinkName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.policy.Expiry;
import io.tokenform.policy.SinkDefinition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * How a token is made, for the first time or as a successor. The access comes before the delivery,
 * so that what the sink holds works at every moment, whoever dies when.
 *
 * @param succession its description and permissions, and what becomes of those before it
 * @param expires when it expires; absent for never
 * @param sink where its secret goes
 * @param definition what the platform file says of that sink
 * @param settle how long the token is given before the delivery, to become known on the cluster
 */
public record Making(
    Succession succession,
    Optional<Expiry> expires,
    SinkName sink,
    SinkDefinition definition,
    Duration settle) {
  public Making {
    Objects.requireNonNull(succession, "succession");
    Objects.requireNonNull(expires, "expires");
    Objects.requireNonNull(sink, "sink");
    Objects.requireNonNull(definition, "definition");
    Objects.requireNonNull(settle, "settle");
    if (succession.permissions().isEmpty()) {
      throw new IllegalArgumentException("a token is made with the permissions that it gets");
    }
  }

  /** Its description, without a label. */
  public String description() {
    return succession.description();
  }

  /** What it may do. */
  public Permissions permissions() {
    return succession.permissions().orElseThrow();
  }

  /** Those before it. */
  public List<Predecessor> predecessors() {
    return succession.predecessors();
  }

  /** What becomes of those before it, and the token itself. */
  List<TokenAfter> outcome() {
    List<TokenAfter> outcome = new ArrayList<>(succession.outcome());
    outcome.add(TokenAfter.made(permissions()));
    return outcome;
  }

  /** The steps in their order, as a plan shows them. */
  List<Step> steps(Endpoints endpoints) {
    List<Step> steps = new ArrayList<>();
    steps.add(
        new Step.Call(
            endpoints.createToken(
                description() + " (tokenform: pending " + Blanks.NONCE + ")",
                expires.map(Blanks::of))));
    steps.add(
        new Step.Call(
            endpoints.updateToken(
                Blanks.ID, new TokenUpdate(Optional.empty(), Optional.of(permissions())))));
    steps.add(new Step.Delivery(sink, definition, settle));
    steps.addAll(succession.steps(endpoints));
    steps.add(
        new Step.Call(
            endpoints.updateToken(
                Blanks.ID, new TokenUpdate(Optional.of(description()), Optional.empty()))));
    return steps;
  }
}
