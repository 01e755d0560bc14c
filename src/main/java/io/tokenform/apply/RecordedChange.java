package io.tokenform.apply;

import io.tokenform.plan.Change;
import java.util.Objects;
import java.util.Optional;

/**
 * A change as a journal tells it.
 *
 * @param change what was to be done; its place is the journal's line that says it was started
 * @param attempts how many attempts are noted
 * @param result what became of it; absent where the journal ends before
 * @param reason what went wrong, where something did
 * @param mayHaveHappened whether the token may have been changed
 */
public record RecordedChange(
    Change change,
    int attempts,
    Optional<Result> result,
    Optional<String> reason,
    boolean mayHaveHappened) {
  public RecordedChange {
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(reason, "reason");
  }

  /** A change that was started, of which nothing more is known: it may have happened. */
  static RecordedChange started(Change change) {
    return new RecordedChange(change, 0, Optional.empty(), Optional.empty(), true);
  }

  /** The same, after one more attempt. */
  RecordedChange attempted() {
    return new RecordedChange(change, attempts + 1, result, reason, mayHaveHappened);
  }

  /** The same, with what became of it. */
  RecordedChange ended(Result end, Optional<String> why, boolean mayBe) {
    return new RecordedChange(change, attempts, Optional.of(end), why, mayBe);
  }
}
