package io.tokenform.apply.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps other applies of a folder out, from before the live tokens are listed until the last change
 * has a result: a later apply lists the tokens as this one has left them. The lock ends with the
 * process, however that ends.
 */
public final class JournalLock implements AutoCloseable {
  /**
   * The folders that this process has locked. A system may give up all of a process's locks of a
   * file as soon as the process closes the file once, so it is not opened a second time.
   */
  private static final Set<Path> HELD = new HashSet<>();

  private final Journals journals;
  private final Path folder;
  private final Closeable lock;

  private JournalLock(Journals journals, Path folder, Closeable lock) {
    this.journals = journals;
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Takes the lock, if nobody has it.
   *
   * @param file what is locked, in the folder of the journals, which exists
   * @return nothing if it is taken
   */
  static Optional<JournalLock> take(Journals journals, Disk disk, Path file) throws IOException {
    Path real = journals.folder().toRealPath();
    synchronized (HELD) {
      if (!HELD.add(real)) {
        return Optional.empty();
      }
    }
    boolean taken = false;
    try {
      Optional<Closeable> lock = disk.tryLock(file);
      taken = lock.isPresent();
      return lock.map(held -> new JournalLock(journals, real, held));
    } finally {
      if (!taken) {
        release(real);
      }
    }
  }

  private static void release(Path folder) {
    synchronized (HELD) {
      HELD.remove(folder);
    }
  }

  /**
   * Begins a journal, which nobody else may read, and puts its header on the disk.
   *
   * @param header what it says first; it begins now
   * @param room how many bytes it may need
   * @throws JournalException if that cannot be done, or there is not the room; nothing was sent
   */
  public Journal begin(JournalHeader header, long room) throws JournalException {
    return journals.begin(header, room);
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      // The system lets it go at the end of the process, whatever happens here.
    } finally {
      release(folder);
    }
  }
}
