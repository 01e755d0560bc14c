package io.tokenform.sandbox.api;

import io.tokenform.access.TokenId;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** What the latest changes replaced, so that they can be undone; for one thread at a time. */
final class TokenHistory {
  private final Duration memory;
  // The latest first.
  private final Deque<Change> changes = new ArrayDeque<>();

  /**
   * @param memory how long ago a change may be that is still to be undone; zero for none
   */
  TokenHistory(Duration memory) {
    this.memory = memory;
  }

  /** A change of one token, and when it was, as {@link System#nanoTime} tells the time. */
  private record Change(long time, TokenId id, Optional<StoredToken> before) {
    boolean isAsOldAs(Duration age, long now) {
      return now - time >= age.toNanos();
    }
  }

  /**
   * Tells of a change that has just been made.
   *
   * @param before empty for a token that is new
   */
  void changed(TokenId id, Optional<StoredToken> before) {
    if (memory.isZero()) {
      return;
    }
    long now = System.nanoTime();
    changes.addFirst(new Change(now, id, before));
    while (changes.getLast().isAsOldAs(memory, now)) {
      changes.removeLast();
    }
  }

  /** Undoes in {@code tokens}, which are the latest, what was changed since then. */
  void undo(Map<TokenId, StoredToken> tokens, Duration since) {
    long now = System.nanoTime();
    Iterator<Change> latestFirst = changes.iterator();
    while (latestFirst.hasNext()) {
      Change change = latestFirst.next();
      if (change.isAsOldAs(since, now)) {
        return;
      }
      // A token that is put back keeps its place.
      change
          .before()
          .ifPresentOrElse(
              before -> tokens.put(change.id(), before), () -> tokens.remove(change.id()));
    }
  }
}
