package io.tokenform.apply;

import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.MakingStep;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.ManagementApi;
import java.time.Clock;
import java.util.Optional;

/**
 * What a maker works with while it makes one change.
 *
 * @param api the cluster
 * @param recheck whether to look first, and send nothing if the change no longer holds
 * @param attempts hears of each attempt of a call
 * @param steps takes down the steps of a making
 * @param looks lists the live tokens
 * @param slot the place that this change takes among those that are made at the same time
 * @param stop whether the apply has to end
 * @param clock the time from which labels are counted
 * @param deliveries what makers of tokens need; absent where a plan makes none
 */
record Tools(
    ManagementApi api,
    boolean recheck,
    AttemptListener attempts,
    StepLog steps,
    Looks looks,
    Slot slot,
    StopSignal stop,
    Clock clock,
    Optional<Deliveries> deliveries) {
  /** Takes down the steps of a making, each on the disk before this returns. */
  @FunctionalInterface
  interface StepLog {
    /**
     * Takes down a step.
     *
     * @throws JournalException if it cannot; then nothing more may be sent
     */
    void note(MakingStep step) throws JournalException;
  }

  /** A place among the changes that are made at the same time. */
  interface Slot {
    /**
     * Lets another change begin, while this one only waits; unless very many wait already.
     *
     * @return whether the place was left, and has to be taken again
     */
    boolean leave();

    /** Takes a place again. */
    void enter();
  }
}
