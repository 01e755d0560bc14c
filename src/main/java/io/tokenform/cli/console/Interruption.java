package io.tokenform.cli.console;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.tokenform.apply.Applier;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/**
 * What becomes of an apply when the process is asked to end, from the first call until everything
 * about the apply has been said: a signal in the middle of the summary must not cut it.
 */
public final class Interruption {
  private final Console console;
  private final CountDownLatch announced = new CountDownLatch(1);
  private final CountDownLatch told = new CountDownLatch(1);

  @GuardedBy("this")
  private final List<Applier> appliers = new ArrayList<>();

  @GuardedBy("this")
  private boolean asked;

  @GuardedBy("this")
  private boolean ended;

  public Interruption(Console console) {
    this.console = console;
  }

  /** From now on, interrupts this applier too; a fleet's clusters have one each. */
  public synchronized void of(Applier running) {
    appliers.add(running);
    if (asked) {
      running.interrupt();
    }
  }

  /** Whether the process was asked to end: nothing more may begin. */
  public synchronized boolean isAsked() {
    return asked;
  }

  /** Nothing is in flight any more. What an interrupt has begun to say is said when it returns. */
  public void ended() {
    boolean wasAsked;
    synchronized (this) {
      ended = true;
      wasAsked = asked;
    }
    if (wasAsked) {
      await(announced);
    }
  }

  /** All is said. */
  public void told() {
    told.countDown();
  }

  /** The first time that the process is asked to end. */
  public void first() {
    synchronized (this) {
      if (ended) {
        // The process is about to end, and its exit code tells what was done.
        return;
      }
      asked = true;
      appliers.forEach(Applier::interrupt);
    }
    try {
      console.note(
          "interrupted: waiting up to "
              + Applier.PATIENCE.toSeconds()
              + " s for calls in flight; interrupt again to stop at once");
    } finally {
      announced.countDown();
    }
  }

  /** The second time; the process ends when it returns. */
  public void second() {
    boolean isOver;
    synchronized (this) {
      isOver = ended;
    }
    if (isOver) {
      await(told);
    } else {
      console.error(
          "stopped at once; changes in flight have no answer, and the journal says which",
          Optional.of("run plan to see what is left to do"));
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
