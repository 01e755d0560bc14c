package io.tokenform.apply.journal;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * An apply as its journal tells it.
 *
 * @param name the journal's file name
 * @param header what it says first
 * @param changes those that were started, in the order in which they were
 * @param endedAt when it ended in order; absent where it was killed, or is under way
 * @param stop what ended it before its time, where something did
 * @param digest the digest of the journal's bytes
 */
public record RecordedApply(
    String name,
    JournalHeader header,
    List<RecordedChange> changes,
    Optional<Instant> endedAt,
    Optional<String> stop,
    String digest) {
  public RecordedApply {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(header, "header");
    changes = List.copyOf(changes);
    Objects.requireNonNull(endedAt, "endedAt");
    Objects.requireNonNull(stop, "stop");
    Objects.requireNonNull(digest, "digest");
  }

  public int count(Result result) {
    return (int)
        changes.stream().filter(change -> change.result().equals(Optional.of(result))).count();
  }

  /** How many changes were started, and the journal ends before it says what became of them. */
  public int open() {
    return (int) changes.stream().filter(change -> change.result().isEmpty()).count();
  }

  /** How many changes of the plan were not sent, as far as the journal goes. */
  public int notAttempted() {
    // A file that others may have written can say less of them than there are.
    return Math.max(0, header.changes() - changes.size()) + count(Result.NOT_ATTEMPTED);
  }
}
