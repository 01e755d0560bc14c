package io.tokenform.apply.journal;

import static io.tokenform.apply.Changes.NOW;
import static io.tokenform.apply.Changes.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tokenform.access.Masking;
import io.tokenform.apply.WatchedDisk;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The folder of the journals: who may begin one, and which one is the latest. */
@Timeout(900)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it needs links, pipes or modes of Unix")
class JournalsTest {
  private static final String NAME = "20260101T000000Z-0123456789ab";

  @TempDir Path folder;

  private Path journalFolder() {
    return folder.resolve("work/.tokenform/journal");
  }

  private Journals journals() {
    return journals(Disk.SYSTEM);
  }

  private Journals journals(Disk disk) {
    return new Journals(
        folder, journalFolder(), Clock.fixed(NOW, ZoneOffset.UTC), disk, new Masking());
  }

  private static JournalLock lock(Journals journals) throws Exception {
    return journals.lock(LockWait.NONE, () -> false);
  }

  private Path begin() throws Exception {
    try (JournalLock lock = lock(journals());
        Journal journal = lock.begin(header(1), 0)) {
      return journal.file();
    }
  }

  private Path write(String name, String text) throws IOException {
    Files.createDirectories(
        journalFolder(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Path file = Files.writeString(journalFolder().resolve(name), text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    return file;
  }

  private JournalException refused() {
    return catchThrowableOfType(JournalException.class, () -> lock(journals()).close());
  }

  @Test
  void aJournalBeginsNowWithTheNameOfItsSecondAndItsPlan() throws Exception {
    Path first = begin();
    Path second = begin();

    assertThat(first).isEqualTo(journalFolder().resolve(NAME + ".jsonl"));
    assertThat(second).isEqualTo(journalFolder().resolve(NAME + "-2.jsonl"));
    assertThat(JournalReader.read(first).header()).isEqualTo(header(1));
    assertThat(journals().list()).containsExactly(first, second);
    assertThat(journals().folder()).isEqualTo(journalFolder());
  }

  @Test
  void whatIsNoJournalIsNotListed() throws Exception {
    Path own = write("mine.jsonl", "");
    Path early = write("20251231T235959Z-0123456789ab.jsonl", "");
    Path late = write("20260101T000000Z-0123456789ab.jsonl", "");
    write("notes.txt", "");
    Files.createDirectory(journalFolder().resolve("20260101T000001Z-folder.jsonl"));
    Files.createSymbolicLink(journalFolder().resolve("20260101T000002Z-link.jsonl"), late);

    // A name of somebody's own has no second, and comes first.
    assertThat(journals().list()).containsExactly(own, early, late);
  }

  @Test
  void withoutAFolderThereAreNone() throws Exception {
    assertThat(journals().list()).isEmpty();
    assertThat(journals().underWay()).isEmpty();
    assertThat(journals().latest((file, doubt) -> {})).isEmpty();
  }

  @Test
  void theNewestWithoutAnEndIsUnderWay() throws Exception {
    String begun = JournalJson.header(header(1));
    String ended =
        JournalJson.footer(
            new ApplyResult(List.of(), Optional.empty(), Optional.empty()), NOW, new Masking());
    write("20251231T235958Z-0123456789ab.jsonl", begun);
    write("20251231T235959Z-0123456789ab.jsonl", begun + ended);
    assertThat(journals().underWay()).isEmpty();

    write(NAME + ".jsonl", begun);
    assertThat(journals().underWay().orElseThrow().name()).isEqualTo(NAME + ".jsonl");
  }

  @Test
  void theLatestIsTheNewestOfWhichThereIsNoDoubt() throws Exception {
    String begun = JournalJson.header(header(1));
    Path early = write("20251231T235958Z-0123456789ab.jsonl", begun);
    Path open = write("20251231T235959Z-0123456789ab.jsonl", begun);
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rw-rw----"));
    Path ahead = write("20260101T000101Z-0123456789ab.jsonl", begun);
    write("mine.jsonl", begun);
    List<Path> passedOver = new ArrayList<>();

    assertThat(journals().latest((file, doubt) -> passedOver.add(file))).contains(early);
    assertThat(passedOver).containsExactly(ahead, open);
  }

  @Test
  void aDoubtComesOfThePlaceTheNameOrTheFirstLine() throws Exception {
    String begun = JournalJson.header(header(1));
    Path sound = write(NAME + ".jsonl", begun);
    Path inName = write("20260101T000101Z-0123456789ab.jsonl", begun);
    Path inLine = write("mine.jsonl", begun.replace("2026-01-01", "2026-01-02"));
    Path empty = write("empty.jsonl", "");
    Path noTime = write("20269999T999999Z-0123456789ab.jsonl", begun);

    assertThat(journals().doubt(sound)).isEmpty();
    assertThat(journals().doubt(inName).orElseThrow().reason()).contains("2026-01-01T00:01:01Z");
    assertThat(journals().doubt(inLine).orElseThrow().reason()).contains("2026-01-02T00:00:00Z");
    assertThat(journals().doubt(empty)).isEmpty();
    assertThat(journals().doubt(noTime)).isEmpty();
    assertThatThrownBy(() -> journals().doubt(folder.resolve("none")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining("no such file");
  }

  @Test
  void oneApplyAtATimeHasTheLock() throws Exception {
    try (JournalLock first = lock(journals())) {
      assertThat(first).isNotNull();
      assertThat(refused()).hasMessageContaining("another apply is running");
    }
    lock(journals()).close();
  }

  @Test
  void whoWaitsIsToldOnceAndGetsTheLockWhenTheOtherEnds() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    JournalLock first = lock(journals());
    LockWait wait =
        new LockWait(
            Duration.ofHours(1), Duration.ofMillis(1), Duration.ZERO, told::incrementAndGet);

    JournalLock second =
        journals()
            .lock(
                wait,
                () -> {
                  if (asked.incrementAndGet() == 5) {
                    first.close();
                  }
                  return false;
                });

    second.close();
    assertThat(asked).hasValue(5);
    assertThat(told).hasValue(1);
  }

  @Test
  void whoWaitsIsNotToldBeforeTheSilenceIsOver() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    AtomicInteger told = new AtomicInteger();
    try (JournalLock first = lock(journals())) {
      assertThat(first).isNotNull();
      LockWait wait =
          new LockWait(
              Duration.ofHours(1),
              Duration.ofMillis(1),
              Duration.ofHours(1),
              told::incrementAndGet);

      assertThatThrownBy(() -> journals().lock(wait, () -> asked.incrementAndGet() == 3))
          .isInstanceOf(InterruptedException.class);
    }
    assertThat(told).hasValue(0);
  }

  @Test
  void theEndOfAnotherIsAwaited() throws Exception {
    journals().awaitEnd(LockWait.NONE);
    try (JournalLock first = lock(journals())) {
      assertThat(first).isNotNull();
      assertThatThrownBy(() -> journals().awaitEnd(LockWait.NONE))
          .isInstanceOf(JournalException.class);
    }
    // It has let the lock go again.
    journals().awaitEnd(LockWait.NONE);
    lock(journals()).close();
  }

  @Test
  void aFolderThatOthersCanWriteIsRefused() throws Exception {
    write(NAME + ".jsonl", "");
    Files.setPosixFilePermissions(journalFolder(), PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThat(refused()).hasMessageContaining("other users can write");
    assertThat(refused().hint()).isPresent();
  }

  /** Whoever can write there can exchange the journals of two clusters. */
  @Test
  void theFolderAboveThoseOfTheClustersOfAFleetIsLookedAtToo() throws Exception {
    lock(journals().of("prod-eu")).close();
    Files.setPosixFilePermissions(journalFolder(), PosixFilePermissions.fromString("rwxrwxrwx"));

    assertThatThrownBy(() -> lock(journals().of("prod-eu")))
        .isInstanceOf(JournalException.class)
        .hasMessageContaining(
            "other users can write to the folder " + journalFolder() + " (mode 0777)");
  }

  @Test
  void aLinkOnTheWayIsRefused() throws Exception {
    Path real = Files.createDirectory(folder.resolve("real"));
    Path link = Files.createSymbolicLink(folder.resolve("work"), real);

    assertThat(refused()).hasMessageContaining(link.toString()).hasMessageContaining("link");
    assertThat(real).isEmptyDirectory();
  }

  @Test
  void aLockThatIsALinkIsRefused() throws Exception {
    Path elsewhere = write("elsewhere", "");
    Files.createSymbolicLink(journalFolder().resolve(".lock"), elsewhere);

    assertThat(refused()).hasMessageContaining(".lock is a symbolic link");
  }

  @Test
  void aLockFailsByItsReason() throws Exception {
    JournalException denied = lockFailing(new AccessDeniedException("x"));
    JournalException other = lockFailing(new IOException("no locks available"));

    assertThat(denied).hasMessageContaining("cannot be written: permission denied");
    assertThat(other).hasMessageContaining("cannot be locked: no locks available");
    // Neither is taken for a lock that somebody has.
    lock(journals()).close();
  }

  private JournalException lockFailing(IOException problem) {
    Disk disk =
        new WatchedDisk(
            (call, number) -> {
              if (call.equals("lock")) {
                throw problem;
              }
            });
    return catchThrowableOfType(JournalException.class, () -> lock(journals(disk)).close());
  }

  @Test
  void withoutTheRoomThereIsNoJournal() throws Exception {
    long free = Files.getFileStore(folder).getUsableSpace();
    assumeThat(free).isLessThan(Long.MAX_VALUE / 2);
    try (JournalLock lock = lock(journals())) {
      assertThatThrownBy(() -> lock.begin(header(1), Long.MAX_VALUE / 2))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("it may need " + (1L << 52) + " KiB");
      assertThat(journals().list()).isEmpty();
      lock.begin(header(1), 1).close();
    }
  }

  @Test
  void aJournalThatCannotBeBegunIsClosed() throws Exception {
    WatchedDisk disk =
        new WatchedDisk(
            (call, number) -> {
              if (call.equals("folder journal")) {
                throw new IOException("disk gone");
              }
            });
    try (JournalLock lock = lock(journals(disk))) {
      assertThatThrownBy(() -> lock.begin(header(1), 0))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(NAME + ".jsonl cannot be written: disk gone");
    }
  }

  @Test
  void whatWentWrongIsSaidInWords() {
    assertThat(Journals.problem(new AccessDeniedException("x"))).isEqualTo("permission denied");
    assertThat(Journals.problem(new FileAlreadyExistsException("x")))
        .contains("a file where its folder should be");
    assertThat(Journals.problem(new NoSuchFileException("x"))).isEqualTo("there is no such file");
    assertThat(Journals.problem(new FileSystemException("x", null, "No space left")))
        .isEqualTo("No space left");
    assertThat(Journals.problem(new FileSystemException("x"))).isEqualTo("x");
    assertThat(Journals.problem(new IOException("broken"))).isEqualTo("broken");
    assertThat(Journals.problem(new IOException())).isEqualTo("IOException");
  }
}
