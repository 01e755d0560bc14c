package io.tokenform.apply;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.apply.journal.Journal;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.Stop;
import io.tokenform.cluster.Attempt;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.plan.Change;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Makes the changes of one wave, several at a time. Each is on the disk before it is sent: the next
 * few are written ahead while others are in flight, so that nobody waits for the disk.
 */
final class WaveRun {
  /** Each change that waits has a thread. */
  private static final int MOST_WAITING = 256;

  private final List<Change> changes;
  private final Maker maker;
  private final Journal journal;
  private final StopSignal stop;
  private final Consumer<Outcome> outcomes;

  /** Makes one change. */
  @FunctionalInterface
  interface Maker {
    Outcome make(Change change, AttemptListener attempts, Tools.StepLog steps, Tools.Slot slot);
  }

  @GuardedBy("this")
  private boolean isClean = true;

  /**
   * The place of a change among those that are made at a time. It is given to the next change as
   * soon as the answer is there: the disk works while the server does. Where changes are made one
   * after the other, it is given back once the outcome is on the disk.
   */
  private static final class Place {
    private final Semaphore slots;
    private final Semaphore waiting;
    private final boolean isShared;
    private boolean isLeft;

    Place(Semaphore slots, Semaphore waiting, boolean isShared) {
      this.slots = slots;
      this.waiting = waiting;
      this.isShared = isShared;
    }

    void answered() {
      if (isShared && waiting.tryAcquire()) {
        isLeft = true;
        slots.release();
      }
    }

    void giveBack() {
      (isLeft ? waiting : slots).release();
    }
  }

  /** How many of the changes are in the journal; of the thread that runs the wave alone. */
  private int noted;

  WaveRun(
      List<Change> changes,
      Maker maker,
      Journal journal,
      StopSignal stop,
      Consumer<Outcome> outcomes) {
    this.changes = changes;
    this.maker = maker;
    this.journal = journal;
    this.stop = stop;
    this.outcomes = outcomes;
  }

  /**
   * Makes the changes and waits for all that were begun.
   *
   * @return whether later waves may begin
   */
  boolean run(Executor workers, int parallelism) {
    Semaphore slots = new Semaphore(parallelism);
    Semaphore waiting = new Semaphore(MOST_WAITING);
    Tools.Slot slot =
        new Tools.Slot() {
          @Override
          public boolean leave() {
            boolean leaves = waiting.tryAcquire();
            if (leaves) {
              slots.release();
            }
            return leaves;
          }

          @Override
          public void enter() {
            slots.acquireUninterruptibly();
            waiting.release();
          }
        };
    CountDownLatch unfinished = new CountDownLatch(changes.size());
    for (int i = 0; i < changes.size(); i++) {
      noteAhead(i, parallelism);
      slots.acquireUninterruptibly();
      Change change = changes.get(i);
      boolean isNoted = i < noted;
      Place place = new Place(slots, waiting, parallelism > 1);
      Runnable done =
          () -> {
            place.giveBack();
            unfinished.countDown();
          };
      if (stop.isSet() || !isBegun(workers, change, slot, place, done)) {
        try {
          finish(new Outcome.NotAttempted(change), isNoted);
        } catch (RuntimeException | Error e) {
          spoil(e);
        } finally {
          done.run();
        }
      }
    }
    await(unfinished);
    synchronized (this) {
      return isClean;
    }
  }

  /** Has the change made by a worker, unless the system has no thread left for one. */
  private boolean isBegun(
      Executor workers, Change change, Tools.Slot slot, Place place, Runnable done) {
    try {
      workers.execute(
          () -> {
            try {
              Outcome outcome = make(change, slot);
              place.answered();
              finish(outcome, true);
            } catch (RuntimeException | Error e) {
              spoil(e);
            } finally {
              done.run();
            }
          });
      return true;
    } catch (RuntimeException | Error e) {
      stop.because(new Stop.Defect(e));
      return false;
    }
  }

  /**
   * Has the change with that number in the journal, and the next few with it where it is not: as
   * many as are made at a time, so that the disk works while those before them are in flight.
   */
  private void noteAhead(int number, int parallelism) {
    if (number < noted || stop.isSet()) {
      return;
    }
    int end = Math.min(changes.size(), number + parallelism);
    try {
      journal.started(changes.subList(number, end));
      noted = end;
    } catch (JournalException e) {
      stop.because(new Stop.JournalLost(e));
    } catch (RuntimeException | Error e) {
      // They may be in the journal, and were not sent: a journal may say too much, and not too
      // little.
      spoil(e);
    }
  }

  private Outcome make(Change change, Tools.Slot slot) {
    try {
      Outcome outcome =
          maker.make(
              change, attempt -> note(change, attempt), step -> journal.step(change, step), slot);
      if (outcome.endsTheApply()) {
        stop.because(new Stop.Refused(outcome.status().getAsInt()));
      }
      return outcome;
    } catch (RuntimeException | Error e) {
      stop.because(new Stop.Defect(e));
      return new Outcome.Unknown(change, "tokenform failed: " + e, OptionalInt.empty());
    }
  }

  private void note(Change change, Attempt attempt) {
    try {
      journal.attempted(change, attempt);
    } catch (JournalException e) {
      stop.because(new Stop.JournalLost(e));
    } catch (RuntimeException | Error e) {
      // The call goes on to its answer, which says what became of the change.
      spoil(e);
    }
  }

  private void finish(Outcome outcome, boolean isNoted) {
    if (isNoted) {
      try {
        journal.finished(outcome);
      } catch (JournalException e) {
        stop.because(new Stop.JournalLost(e));
        spoil();
      } catch (RuntimeException | Error e) {
        spoil(e);
      }
    }
    synchronized (this) {
      isClean &= !outcome.holdsUpLaterWaves();
      outcomes.accept(outcome);
    }
  }

  /** After any failure, a lack of memory included, nothing more is sent, in this wave or later. */
  private void spoil(Throwable cause) {
    spoil();
    stop.because(new Stop.Defect(cause));
  }

  private synchronized void spoil() {
    isClean = false;
  }

  private static void await(CountDownLatch latch) {
    boolean interrupted = false;
    while (true) {
      try {
        latch.await();
        break;
      } catch (InterruptedException e) {
        // What is in flight has to be accounted for first.
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
