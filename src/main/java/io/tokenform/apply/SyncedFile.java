package io.tokenform.apply;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Set;

/**
 * A new file to which several threads append. What was appended is on the disk when {@link #sync}
 * returns; threads that wait for that at the same time share one write-through ("group commit").
 */
final class SyncedFile implements AutoCloseable {
  private final FileChannel channel;

  // Guarded by this.
  private long written;
  private long synced;
  private boolean syncing;

  private SyncedFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Makes the file.
   *
   * @throws java.nio.file.FileAlreadyExistsException if it exists
   */
  static SyncedFile create(Path file, FileAttribute<?>... attributes) throws IOException {
    return new SyncedFile(
        FileChannel.open(
            file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), attributes));
  }

  /** Appends all of the bytes, or none: what would follow a part of them could not be read. */
  synchronized void append(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    try {
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    } catch (IOException e) {
      channel.truncate(written);
      throw e;
    }
    written += bytes.length;
  }

  /** Waits until everything that was appended before is on the disk. */
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
        if (synced >= goal) {
          return;
        }
        syncing = true;
        reach = written;
      }
      boolean done = false;
      try {
        channel.force(false);
        done = true;
      } finally {
        synchronized (this) {
          syncing = false;
          synced = done ? reach : synced;
          notifyAll();
        }
      }
    }
  }

  /** Closes the file; what was synced stays, whatever becomes of the rest. */
  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // Nothing that was promised depends on it.
    }
  }
}
