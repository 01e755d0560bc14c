package io.tokenform.apply;

import io.tokenform.cluster.Request;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;

/** How much disk the journal of a plan may need: a little too much rather than too little. */
final class JournalRoom {
  /** What a change's lines have beside its values: ids, times, names, an attempt or two. */
  private static final long PER_CHANGE = 2048;

  /** Values stand in a change's lines before, after, as the body, and once more if they drift. */
  private static final long TIMES = 4;

  private JournalRoom() {}

  static long of(Plan plan) {
    long room = PER_CHANGE;
    for (Change change : plan.changes()) {
      long values = length(change);
      // An escaped character is six bytes long, as in \\u00e9.
      room += PER_CHANGE + TIMES * values * 6;
    }
    return room;
  }

  /** How long the bodies of its requests are. */
  private static long length(Change change) {
    return change.steps().stream()
        .flatMap(step -> step.request().flatMap(Request::body).stream())
        .mapToLong(String::length)
        .sum();
  }
}
