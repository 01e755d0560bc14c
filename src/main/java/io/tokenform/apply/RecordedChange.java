package io.tokenform.apply;

import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.plan.ManagedFields;
import java.util.Objects;
import java.util.Optional;

/**
 * A change as a journal tells it.
 *
 * @param line the journal's line that says it was started, from 1
 * @param stage the number of its stage, from 1
 * @param before the managed fields as they were
 * @param after the managed fields as they should be
 * @param attempts how many attempts are noted
 * @param result what became of it; absent where the journal ends before
 * @param reason what went wrong, where something did
 * @param mayHaveHappened whether the token may have been changed
 */
public record RecordedChange(
    int line,
    TokenName token,
    TokenId id,
    int stage,
    ManagedFields before,
    ManagedFields after,
    int attempts,
    Optional<Result> result,
    Optional<String> reason,
    boolean mayHaveHappened) {
  public RecordedChange {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(reason, "reason");
  }

  /** The same, after one more attempt. */
  RecordedChange attempted() {
    return with(attempts + 1, result, reason, mayHaveHappened);
  }

  /** The same, with what became of it. */
  RecordedChange ended(Result end, Optional<String> why, boolean mayBe) {
    return with(attempts, Optional.of(end), why, mayBe);
  }

  private RecordedChange with(
      int tries, Optional<Result> end, Optional<String> why, boolean mayBe) {
    return new RecordedChange(line, token, id, stage, before, after, tries, end, why, mayBe);
  }

  /** The fields that it changed, as they were before. */
  public ManagedFields changedBefore() {
    return new ManagedFields(
        before.description().filter(text -> changesDescription()),
        before.permissions().filter(set -> changesPermissions()));
  }

  /** The fields that it changed, as they should be after it. */
  public ManagedFields changedAfter() {
    return new ManagedFields(
        after.description().filter(text -> changesDescription()),
        after.permissions().filter(set -> changesPermissions()));
  }

  private boolean changesDescription() {
    return !before.description().equals(after.description());
  }

  private boolean changesPermissions() {
    return !before.permissions().equals(after.permissions());
  }
}
