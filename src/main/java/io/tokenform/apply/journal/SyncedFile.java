package io.tokenform.apply.journal;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * A new file to which several threads append. What was appended is on the disk when {@link #sync}
 * returns; threads that wait for that at the same time share one write-through ("group commit").
 *
 * <p>After one failure nothing counts any more, whatever the disk says later: once a write-through
 * has failed, the system may have dropped what it could not write, and the next one reports success
 * without it.
 */
public final class SyncedFile implements AutoCloseable {
  private final Disk.Output output;

  @GuardedBy("this")
  private long written;

  @GuardedBy("this")
  private long synced;

  @GuardedBy("this")
  private boolean syncing;

  @GuardedBy("this")
  private IOException failure;

  private SyncedFile(Disk.Output output) {
    this.output = output;
  }

  /**
   * Makes the file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it exists
   */
  public static SyncedFile create(Disk disk, Path file) throws IOException {
    return new SyncedFile(disk.create(file));
  }

  /**
   * Appends all of the bytes, or none: what would follow a part of them could not be read.
   *
   * @throws IOException if the file has failed, now or before
   */
  synchronized void append(byte[] bytes) throws IOException {
    requireSound();
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    boolean done = false;
    try {
      while (buffer.hasRemaining()) {
        output.write(buffer);
      }
      done = true;
    } catch (IOException e) {
      fail(e);
      throw e;
    } finally {
      if (!done) {
        fail(new IOException("an earlier write did not end"));
        truncate();
      }
    }
    written += bytes.length;
  }

  /** Takes back what a failed write left, as far as the disk lets it. */
  @GuardedBy("this")
  private void truncate() {
    try {
      output.truncate(written);
    } catch (IOException e) {
      // Readers ignore an incomplete last line, and no line will follow it.
    }
  }

  /**
   * Waits until everything that was appended before is on the disk.
   *
   * @throws IOException if the file has failed, now or before
   */
  void sync() throws IOException {
    long goal;
    synchronized (this) {
      goal = written;
    }
    while (true) {
      long reach;
      synchronized (this) {
        try {
          while (syncing && synced < goal) {
            wait();
          }
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new IOException("interrupted while waiting for the disk", e);
        }
        requireSound();
        if (synced >= goal) {
          return;
        }
        syncing = true;
        reach = written;
      }
      force(reach);
    }
  }

  private void force(long reach) throws IOException {
    boolean done = false;
    IOException problem = new IOException("an earlier write-through did not end");
    try {
      output.force();
      done = true;
    } catch (IOException e) {
      problem = e;
      throw e;
    } finally {
      synchronized (this) {
        syncing = false;
        if (done) {
          synced = reach;
        } else {
          fail(problem);
        }
        notifyAll();
      }
    }
  }

  private synchronized void fail(IOException problem) {
    if (failure == null) {
      failure = problem;
    }
  }

  private synchronized void requireSound() throws IOException {
    if (failure != null) {
      // A new one: several threads may get it, each with its own way here.
      throw new IOException(Journals.problem(failure), failure);
    }
  }

  /** Closes the file; what was synced stays, whatever becomes of the rest. */
  @Override
  public void close() {
    try {
      output.close();
    } catch (IOException e) {
      // Nothing that was promised depends on it.
    }
  }
}
