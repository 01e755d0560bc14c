package io.tokenform.apply.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.apply.WatchedDisk;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that has failed once fails for good. */
@Timeout(900)
@DisabledOnOs(
    value = OS.WINDOWS,
    disabledReason = "it leaves files open, which nothing can remove there")
class SyncedFileTest {
  private static final byte[] LINE = "line\n".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;

  @Test
  void whatWasSyncedIsLeftAfterACrashAndNothingElse() throws Exception {
    WatchedDisk disk = new WatchedDisk();
    SyncedFile file = SyncedFile.create(disk, folder.resolve("f"));
    disk.syncFolder(folder);
    file.append(LINE);
    assertThat(disk.afterACrash()).isEmpty();
    file.sync();
    file.append(LINE);

    assertThat(disk.afterACrash()).isEqualTo("line\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"write", "force"})
  void afterAFailureNothingCounts(String failing) throws Exception {
    WatchedDisk disk = new WatchedDisk(once(failing, new IOException("input/output error")));
    SyncedFile file = SyncedFile.create(disk, folder.resolve("f"));

    assertThatThrownBy(() -> appendAndSync(file)).hasMessage("input/output error");

    int calls = disk.calls().size();
    assertThatThrownBy(() -> file.append(LINE)).hasMessage("input/output error");
    assertThatThrownBy(file::sync).hasMessage("input/output error");
    assertThat(disk.calls()).hasSize(calls);
  }

  @ParameterizedTest
  @ValueSource(strings = {"write", "force"})
  void anErrorIsAFailureToo(String failing) throws Exception {
    WatchedDisk disk = new WatchedDisk(once(failing, new OutOfMemoryError("no memory")));
    SyncedFile file = SyncedFile.create(disk, folder.resolve("f"));

    assertThatThrownBy(() -> appendAndSync(file)).isInstanceOf(OutOfMemoryError.class);

    assertThatThrownBy(() -> file.append(LINE)).isInstanceOf(IOException.class);
    assertThatThrownBy(file::sync).isInstanceOf(IOException.class);
  }

  @Test
  void aFailedWriteLeavesNoPartOfALineAndAFailedTruncationHidesNothing() throws Exception {
    Path path = folder.resolve("f");
    WatchedDisk half =
        new WatchedDisk(
            (call, number) -> {
              if (number == 3) {
                throw new IOException("disk full");
              }
            });
    SyncedFile file = SyncedFile.create(half, path);
    assertThatThrownBy(() -> file.append(LINE)).hasMessage("disk full");
    assertThat(half.calls()).containsExactly("create", "write", "write", "truncate");
    assertThat(path).isEmptyFile();

    WatchedDisk worse =
        new WatchedDisk(
            (call, number) -> {
              if (number >= 3) {
                throw new IOException(number == 3 ? "disk full" : "gone");
              }
            });
    SyncedFile other = SyncedFile.create(worse, folder.resolve("g"));
    assertThatThrownBy(() -> other.append(LINE)).hasMessage("disk full");
    assertThatThrownBy(() -> other.append(LINE)).hasMessage("disk full");
    assertThat(Files.size(folder.resolve("g"))).isLessThan(LINE.length);
  }

  /**
   * One thread's write-through fails while another waits for it. The next write-through would
   * succeed, but the system may have dropped the bytes by then.
   */
  @Test
  void aThreadThatWaitedForAFailedSyncIsNotToldThatItsBytesAreOnTheDisk() throws Exception {
    CountDownLatch forcing = new CountDownLatch(1);
    CountDownLatch fail = new CountDownLatch(1);
    WatchedDisk disk =
        new WatchedDisk(
            (call, number) -> {
              if (call.equals("force") && forcing.getCount() > 0) {
                forcing.countDown();
                await(fail);
                throw new IOException("input/output error");
              }
            });
    SyncedFile file = SyncedFile.create(disk, folder.resolve("f"));
    file.append(LINE);
    AtomicReference<Throwable> first = new AtomicReference<>();
    AtomicReference<Throwable> second = new AtomicReference<>();
    Thread one = thread(file, first);
    forcing.await();
    file.append(LINE);
    Thread two = thread(file, second);
    while (two.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    fail.countDown();
    one.join();
    two.join();

    assertThat(first.get()).hasMessage("input/output error");
    assertThat(second.get()).hasMessage("input/output error");
    assertThat(disk.afterACrash()).isEmpty();
    assertThat(disk.calls()).filteredOn("force"::equals).hasSize(1);
  }

  private static Thread thread(SyncedFile file, AtomicReference<Throwable> problem) {
    Thread thread =
        new Thread(
            () -> {
              try {
                file.sync();
              } catch (IOException e) {
                problem.set(e);
              }
            });
    thread.start();
    return thread;
  }

  private static void appendAndSync(SyncedFile file) throws IOException {
    file.append(LINE);
    file.sync();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Fails the first call of that name. */
  private static WatchedDisk.Fault once(String name, Throwable problem) {
    boolean[] done = {false};
    return (call, number) -> {
      if (call.equals(name) && !done[0]) {
        done[0] = true;
        if (problem instanceof Error error) {
          throw error;
        }
        throw (IOException) problem;
      }
    };
  }
}
