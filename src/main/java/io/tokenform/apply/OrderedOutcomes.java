package io.tokenform.apply;

import io.tokenform.access.Address;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.plan.Change;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/** Passes outcomes on in the plan's order, each as soon as those before it are there. */
public final class OrderedOutcomes implements Consumer<Outcome> {
  private final List<Change> changes;
  private final Consumer<Outcome> next;
  private final Map<Address, Outcome> early = new HashMap<>();
  private int passed;

  public OrderedOutcomes(List<Change> changes, Consumer<Outcome> next) {
    this.changes = List.copyOf(changes);
    this.next = Objects.requireNonNull(next, "next");
  }

  /** Passes on what can be; a failure to pass on one is thrown when the others have been. */
  @Override
  public void accept(Outcome outcome) {
    early.put(outcome.change().address(), outcome);
    RuntimeException failure = null;
    while (passed < changes.size() && early.containsKey(changes.get(passed).address())) {
      Outcome due = early.remove(changes.get(passed).address());
      passed++;
      try {
        next.accept(due);
      } catch (RuntimeException e) {
        failure = failure == null ? e : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}
