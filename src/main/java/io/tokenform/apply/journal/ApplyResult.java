package io.tokenform.apply.journal;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of a plan.
 *
 * @param outcomes one for each change, in the plan's order
 * @param stop what ended the apply before its time, where something did
 * @param journal the file that tells it all; absent where there was nothing to do
 */
public record ApplyResult(List<Outcome> outcomes, Optional<Stop> stop, Optional<Path> journal) {
  public ApplyResult {
    outcomes = List.copyOf(outcomes);
    Objects.requireNonNull(stop, "stop");
    Objects.requireNonNull(journal, "journal");
  }

  /** The outcomes of one kind, in the plan's order. */
  public List<Outcome> of(Result result) {
    return outcomes.stream().filter(outcome -> outcome.result() == result).toList();
  }

  public int count(Result result) {
    return of(result).size();
  }

  /** Whether every change was made. */
  public boolean isComplete() {
    return count(Result.APPLIED) == outcomes.size();
  }

  /** The journal from which something can be undone; absent where nothing was changed. */
  public Optional<Path> undoable() {
    return journal.filter(file -> outcomes.stream().anyMatch(Outcome::mayHaveHappened));
  }

  public boolean wasInterrupted() {
    return stop.filter(Stop.Interrupted.class::isInstance).isPresent();
  }
}
