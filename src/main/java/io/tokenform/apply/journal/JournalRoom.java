package io.tokenform.apply.journal;

import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import java.time.Instant;

/** How much disk the journal of a plan may need: a little too much rather than too little. */
public final class JournalRoom {
  /** What a change's lines have beside its values: ids, times, names, an attempt or two. */
  private static final long PER_CHANGE = 2048;

  private static final long PER_STEP = 1024;

  private JournalRoom() {}

  public static long of(Plan plan) {
    long room = PER_CHANGE;
    for (Change change : plan.changes()) {
      // The line that starts it has all its values, old and new. If the token has drifted, the
      // line of its outcome has values as well: about as many, as far as that can be known.
      room += PER_CHANGE + 2L * JournalJson.started(change, Instant.EPOCH).length();
      // A making has a line or two for each step, and may be begun anew.
      room += (long) (change.steps().size() - 1) * PER_STEP;
    }
    return room;
  }
}
