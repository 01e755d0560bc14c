package io.tokenform.sandbox;

import io.tokenform.access.FileProblem;
import io.tokenform.sandbox.api.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Writes the latest state to its file behind the requests' backs: changes that come while a write
 * is under way, or within the pause after it, are written together. So the work grows with the time
 * that passes and not with the changes times the tokens.
 *
 * <p>The pause lasts ten times as long as the write did, and 50 ms at least. What a process that is
 * killed loses is what changed since its last write began: at most the length of that pause and two
 * writes. The file is whole in any case. A write that fails is tried again with the next change and
 * at the end.
 */
final class StateSaver {
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(50);
  private static final int PAUSE_PER_WRITE = 10;

  private final StateFile file;
  private final Optional<Seed> seed;
  private final Object lock = new Object();
  private boolean changed;
  private boolean unsaved;
  private boolean closed;
  private Supplier<Snapshot> latest;
  private Thread writer;

  /**
   * @param seed what the state grows from, where that is known
   */
  StateSaver(StateFile file, Optional<Seed> seed) {
    this.file = file;
    this.seed = seed;
  }

  /**
   * Has the state written soon.
   *
   * @param latest asked for the state when the write begins
   */
  void changed(Supplier<Snapshot> latest) {
    synchronized (lock) {
      this.latest = latest;
      changed = true;
      unsaved = true;
      if (writer == null && !closed) {
        // A daemon, so that a sandbox that nobody closes does not hold the process by itself.
        writer = new Thread(this::writeWhileOpen, "sandbox-state");
        writer.setDaemon(true);
        writer.start();
      }
      lock.notifyAll();
    }
  }

  /**
   * Writes what is not written yet, and stops.
   *
   * @throws SandboxException if that fails
   */
  void close() {
    Thread running;
    synchronized (lock) {
      closed = true;
      running = writer;
      lock.notifyAll();
    }
    if (running != null) {
      join(running);
    }
    if (unsaved()) {
      try {
        save();
      } catch (IOException e) {
        throw unwritable(FileProblem.ofWriting(e), e);
      } catch (RuntimeException e) {
        throw unwritable(e.toString(), e);
      }
    }
  }

  private SandboxException unwritable(String problem, Exception cause) {
    return new SandboxException(
        "cannot write the sandbox's state to " + file + ": " + problem, cause);
  }

  private void writeWhileOpen() {
    try {
      while (awaitChange()) {
        long start = System.nanoTime();
        saveIfPossible();
        pause(Duration.ofNanos(System.nanoTime() - start).multipliedBy(PAUSE_PER_WRITE));
      }
    } catch (InterruptedException e) {
      // Nothing here interrupts this thread; an interrupt from elsewhere ends it, and close()
      // writes the rest.
      Thread.currentThread().interrupt();
    }
  }

  private void saveIfPossible() {
    try {
      save();
    } catch (IOException | RuntimeException e) {
      // Still unsaved: close() tries once more and then says why it failed.
    }
  }

  private void save() throws IOException {
    Supplier<Snapshot> source;
    synchronized (lock) {
      changed = false;
      source = latest;
    }
    Snapshot state = source.get();
    file.write(
        SnapshotJson.write(seed.isPresent() ? state.withSeedDigest(seed.get().digest()) : state));
    synchronized (lock) {
      unsaved = changed;
    }
  }

  private boolean unsaved() {
    synchronized (lock) {
      return unsaved;
    }
  }

  /** Whether there is a change to write, as soon as there is one; false once it is closed. */
  private boolean awaitChange() throws InterruptedException {
    synchronized (lock) {
      while (!changed && !closed) {
        lock.wait();
      }
      return !closed;
    }
  }

  private void pause(Duration wanted) throws InterruptedException {
    Duration pause = wanted.compareTo(SHORTEST_PAUSE) < 0 ? SHORTEST_PAUSE : wanted;
    long end = System.nanoTime() + pause.toNanos();
    synchronized (lock) {
      for (long left = pause.toMillis(); left > 0 && !closed; left = millisUntil(end)) {
        lock.wait(left);
      }
    }
  }

  private static long millisUntil(long nanoTime) {
    return Duration.ofNanos(nanoTime - System.nanoTime()).toMillis();
  }

  /**
   * Waits for the write that is under way; an interrupt is kept for later, the state is not lost.
   */
  private static void join(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
