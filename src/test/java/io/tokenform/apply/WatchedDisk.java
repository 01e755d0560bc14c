package io.tokenform.apply;

import io.tokenform.apply.journal.Disk;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The real disk, with a model of what a crash would leave of it: bytes that were written through,
 * of files and in folders whose names were. Each call can be made to fail.
 */
public final class WatchedDisk implements Disk {
  /** Comes before a call, and may let it fail. */
  public interface Fault {
    void before(String call, int number) throws IOException;
  }

  private final Fault fault;

  // Guarded by this.
  private final List<String> calls = new ArrayList<>();
  private final Map<Path, ByteArrayOutputStream> written = new HashMap<>();
  private final Map<Path, Integer> forced = new HashMap<>();
  private final Set<Path> newNames = new HashSet<>();

  public WatchedDisk() {
    this((call, number) -> {});
  }

  public WatchedDisk(Fault fault) {
    this.fault = fault;
  }

  /** All calls so far: "write", "force", "truncate", "create" or "folder NAME". */
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /** What a crash would leave of the journals that were made. */
  public synchronized String afterACrash() {
    StringBuilder text = new StringBuilder();
    written.forEach(
        (file, bytes) -> {
          boolean isThere = newNames.stream().noneMatch(file::startsWith);
          if (isThere) {
            String all = bytes.toString(StandardCharsets.UTF_8);
            text.append(all, 0, forced.getOrDefault(file, 0));
          }
        });
    return text.toString();
  }

  /** Whether a folder would be there after a crash. */
  synchronized boolean isThereAfterACrash(Path folder) {
    return Files.isDirectory(folder) && newNames.stream().noneMatch(folder::startsWith);
  }

  private void call(String name) throws IOException {
    int number;
    synchronized (this) {
      calls.add(name);
      number = calls.size();
    }
    fault.before(name, number);
  }

  @Override
  public void makeFolders(Path folder) throws IOException {
    synchronized (this) {
      for (Path next = folder; next != null && !Files.exists(next); next = next.getParent()) {
        newNames.add(next);
      }
    }
    SYSTEM.makeFolders(folder);
  }

  @Override
  public Output create(Path file) throws IOException {
    call("create");
    Output real = SYSTEM.create(file);
    synchronized (this) {
      written.put(file, new ByteArrayOutputStream());
      newNames.add(file);
    }
    return new Output() {
      @Override
      public int write(ByteBuffer bytes) throws IOException {
        call("write");
        // A disk may take a part of what it is given.
        ByteBuffer some = bytes.slice(bytes.position(), (bytes.remaining() + 1) / 2);
        byte[] copy = new byte[some.remaining()];
        some.duplicate().get(copy);
        int count = real.write(some);
        bytes.position(bytes.position() + count);
        synchronized (WatchedDisk.this) {
          written.get(file).write(copy, 0, count);
        }
        return count;
      }

      @Override
      public void truncate(long size) throws IOException {
        call("truncate");
        real.truncate(size);
        synchronized (WatchedDisk.this) {
          byte[] all = written.get(file).toByteArray();
          written.get(file).reset();
          written.get(file).write(all, 0, Math.min(all.length, (int) size));
        }
      }

      @Override
      public void force() throws IOException {
        int size;
        synchronized (WatchedDisk.this) {
          size = written.get(file).size();
        }
        call("force");
        real.force();
        synchronized (WatchedDisk.this) {
          forced.put(file, size);
        }
      }

      @Override
      public void close() throws IOException {
        real.close();
      }
    };
  }

  @Override
  public Optional<Closeable> tryLock(Path file) throws IOException {
    call("lock");
    return SYSTEM.tryLock(file);
  }

  @Override
  public void syncFolder(Path folder) throws IOException {
    call("folder " + folder.getFileName());
    SYSTEM.syncFolder(folder);
    synchronized (this) {
      newNames.removeIf(name -> folder.equals(name.getParent()));
    }
  }

  @Override
  public long usableSpace(Path folder) throws IOException {
    return SYSTEM.usableSpace(folder);
  }
}
