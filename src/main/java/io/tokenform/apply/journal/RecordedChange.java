package io.tokenform.apply.journal;

import io.tokenform.access.Nonce;
import io.tokenform.access.TokenId;
import io.tokenform.plan.Change;
import java.util.HashMap;
import java.util.Map;
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
 * @param makings how far each making of a token has come, by its nonce
 * @param made the token that was made, as far as its id is noted
 */
public record RecordedChange(
    Change change,
    int attempts,
    Optional<Result> result,
    Optional<String> reason,
    boolean mayHaveHappened,
    Map<Nonce, RecordedMaking> makings,
    Optional<TokenId> made) {
  public RecordedChange {
    Objects.requireNonNull(change, "change");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(reason, "reason");
    makings = Map.copyOf(makings);
    Objects.requireNonNull(made, "made");
  }

  /** A change that was started, of which nothing more is known: it may have happened. */
  public static RecordedChange started(Change change) {
    return new RecordedChange(
        change, 0, Optional.empty(), Optional.empty(), true, Map.of(), Optional.empty());
  }

  /** The same, after one more attempt. */
  RecordedChange attempted() {
    return new RecordedChange(change, attempts + 1, result, reason, mayHaveHappened, makings, made);
  }

  /** The same, with what became of it. */
  public RecordedChange ended(Result end, Optional<String> why, boolean mayBe) {
    return new RecordedChange(change, attempts, Optional.of(end), why, mayBe, makings, made);
  }

  /** The same, after one more step of a making. */
  RecordedChange came(MakingStep step) {
    Map<Nonce, RecordedMaking> more = new HashMap<>(makings);
    more.merge(step.nonce(), RecordedMaking.of(step), (before, now) -> before.came(step));
    return new RecordedChange(
        change,
        attempts,
        result,
        reason,
        mayHaveHappened,
        more,
        step.kind() == StepKind.POSTED ? step.id() : made);
  }

  /** The live token that it is about: the one that was made, where it made one. */
  public Optional<TokenId> liveId() {
    return change.liveId().or(() -> made);
  }
}
