package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.plan.Change;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.Plan;
import io.tokenform.plan.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;

/** Carries a plan out, and nothing else. */
public final class Applier {
  private final ManagementApi api;
  private final Consumer<Outcome> progress;

  /**
   * An applier for one cluster.
   *
   * @param api the cluster
   * @param progress hears each outcome as it comes
   */
  public Applier(ManagementApi api, Consumer<Outcome> progress) {
    this.api = Objects.requireNonNull(api, "api");
    this.progress = Objects.requireNonNull(progress, "progress");
  }

  /**
   * Makes the plan's changes, stage by stage and in order. A failed change does not stop the others
   * of its stage; a stage with a failure stops the later ones.
   *
   * @throws StalePlanException if a change's {@code before} no longer holds; nothing was sent
   * @throws ApiException if the live tokens cannot be listed; nothing was sent
   * @throws IllegalArgumentException if the plan has errors
   */
  public ApplyResult apply(Plan plan) throws ApiException, StalePlanException {
    if (plan.hasErrors()) {
      throw new IllegalArgumentException("a plan with errors is not applied");
    }
    List<Drift> drifts = DriftCheck.of(plan, api.listTokens());
    if (!drifts.isEmpty()) {
      throw new StalePlanException(drifts);
    }
    List<Outcome> outcomes = new ArrayList<>();
    boolean failed = false;
    for (Stage stage : plan.order().stages()) {
      boolean attempt = !failed;
      for (Change change : plan.changesOf(stage)) {
        Outcome outcome = attempt ? make(change) : new Outcome.NotAttempted(change);
        failed |= outcome instanceof Outcome.Failed;
        outcomes.add(outcome);
        progress.accept(outcome);
      }
    }
    return new ApplyResult(outcomes);
  }

  private Outcome make(Change change) {
    try {
      Token reply = api.updateToken(change.id(), change.update());
      return mismatch(change, reply)
          .<Outcome>map(reason -> new Outcome.Failed(change, reason, Optional.of("run plan again")))
          .orElseGet(() -> new Outcome.Applied(change));
    } catch (ApiException e) {
      String reason =
          e.mayHaveHappened()
              ? e.getMessage() + "; the change may have been made all the same"
              : e.getMessage();
      return new Outcome.Failed(change, reason, e.hint());
    }
  }

  /** How the cluster's answer differs from what was asked for, if it does. */
  private static Optional<String> mismatch(Change change, Token reply) {
    if (!reply.id().equals(change.id())) {
      return Optional.of("the cluster answered with another token, " + reply.id());
    }
    if (reply.isRevoked()) {
      return Optional.of("the cluster accepted the change of a token that is revoked");
    }
    ManagedFields now = change.after().asOf(reply);
    if (!now.description().equals(change.after().description())) {
      return Optional.of("the cluster accepted the change and kept another description");
    }
    if (!now.permissions().equals(change.after().permissions())) {
      return Optional.of("the cluster accepted the change and kept other permissions");
    }
    return Optional.empty();
  }
}
