package io.tokenform.fleet;

import io.tokenform.finding.Diagnostic;
import io.tokenform.plan.Plan;
import io.tokenform.planfile.SavedPlan;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Place;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The plan of one cluster of a fleet, or why there is none.
 *
 * @param place the cluster's name and labels
 * @param wave the number of its wave, from 1
 */
public record ClusterPlan(Place place, int wave, Outcome outcome) {
  public ClusterPlan {
    Objects.requireNonNull(place, "place");
    Objects.requireNonNull(outcome, "outcome");
    if (wave < 1) {
      throw new IllegalArgumentException("waves count from 1");
    }
  }

  /** What planning a cluster came to. */
  public sealed interface Outcome {
    /** The plan, if there is one. */
    default Optional<SavedPlan> plan() {
      return Optional.empty();
    }

    /** Why there is none, if there is none. */
    default Optional<Failed> failure() {
      return Optional.empty();
    }

    Verdict verdict();
  }

  /** There is a plan; it may have errors or be denied. */
  public record Made(SavedPlan saved) implements Outcome {
    public Made {
      Objects.requireNonNull(saved, "saved");
    }

    @Override
    public Optional<SavedPlan> plan() {
      return Optional.of(saved);
    }

    @Override
    public Verdict verdict() {
      Plan plan = saved.plan();
      if (plan.hasErrors()) {
        return Verdict.ERRORS;
      }
      if (plan.isDenied()) {
        return Verdict.DENIED;
      }
      return plan.hasChanges() ? Verdict.CHANGES : Verdict.UNCHANGED;
    }
  }

  /**
   * There is no plan.
   *
   * @param message what went wrong, for a person; it may quote the policy or the server
   * @param hint what to do about it, where that is known
   * @param findings what is wrong with the cluster's policy, where that is the reason
   */
  public record Failed(String message, Optional<String> hint, List<Diagnostic> findings)
      implements Outcome {
    public Failed {
      Objects.requireNonNull(message, "message");
      Objects.requireNonNull(hint, "hint");
      findings = List.copyOf(findings);
    }

    @Override
    public Optional<Failed> failure() {
      return Optional.of(this);
    }

    @Override
    public Verdict verdict() {
      return Verdict.FAILED;
    }
  }

  public ClusterName name() {
    return place.name();
  }

  /** The plan, if there is one. */
  public Optional<SavedPlan> plan() {
    return outcome.plan();
  }

  /** Why there is none, if there is none. */
  public Optional<Failed> failure() {
    return outcome.failure();
  }

  public Verdict verdict() {
    return outcome.verdict();
  }

  /** How many changes the plan has; none where there is no plan. */
  public ChangeCounts counts() {
    return plan().map(saved -> ChangeCounts.of(saved.plan())).orElse(ChangeCounts.NONE);
  }

  public boolean hasChanges() {
    return plan().filter(saved -> saved.plan().hasChanges()).isPresent();
  }

  /** What was found while it was planned. */
  public List<Diagnostic> findings() {
    return plan()
        .map(saved -> saved.plan().findings())
        .or(() -> failure().map(Failed::findings))
        .orElse(List.of());
  }

  /** The same cluster with another plan. */
  public ClusterPlan with(SavedPlan other) {
    return new ClusterPlan(place, wave, new Made(other));
  }
}
