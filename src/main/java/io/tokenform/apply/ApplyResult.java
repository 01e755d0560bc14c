package io.tokenform.apply;

import java.util.List;

/**
 * What became of a plan.
 *
 * @param outcomes one for each change, in the plan's order
 */
public record ApplyResult(List<Outcome> outcomes) {
  public ApplyResult {
    outcomes = List.copyOf(outcomes);
  }

  public List<Outcome.Applied> applied() {
    return of(Outcome.Applied.class);
  }

  public List<Outcome.Failed> failed() {
    return of(Outcome.Failed.class);
  }

  public List<Outcome.NotAttempted> notAttempted() {
    return of(Outcome.NotAttempted.class);
  }

  /** Whether every change was made. */
  public boolean isComplete() {
    return applied().size() == outcomes.size();
  }

  private <T extends Outcome> List<T> of(Class<T> kind) {
    return outcomes.stream().filter(kind::isInstance).map(kind::cast).toList();
  }
}
