package io.tokenform.apply.journal;

import io.tokenform.access.Flag;
import io.tokenform.access.Masking;
import io.tokenform.access.Ownership;
import io.tokenform.access.ShellWord;
import io.tokenform.plan.PendingFates;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/** The folder in which the applies of a working directory keep their journals. */
public final class Journals {
  private static final String SUFFIX = ".jsonl";

  private static final String LOCK = ".lock";

  /** The folders above the one of the journals: .tokenform, and the one that it is in. */
  private static final int USUAL_FOLDERS = 2;

  private static final String NOTHING_SENT = "; nothing was sent";

  private static final int MOST_OF_ONE_SECOND = 1000;

  private final Path folder;

  /** The folder with those of all clusters of a fleet, if this is one of these. */
  private final Optional<Path> above;

  private final Clock clock;
  private final Disk disk;
  private final JournalWitness witness;
  private final Masking masking;

  /**
   * The journals of a folder.
   *
   * @param folder where the journals are; it is made when it is needed
   * @param clock the time for what a journal says
   */
  public Journals(Path folder, Clock clock) {
    this(folder, folder, clock, Disk.SYSTEM, new Masking());
  }

  /**
   * The journals of a working directory.
   *
   * @param directory the working directory, below which no symbolic link leads to a journal
   * @param folder where the journals are, below it or elsewhere; it is made when it is needed
   * @param clock the time for what a journal says
   */
  public Journals(Path directory, Path folder, Clock clock) {
    this(directory, folder, clock, new Masking());
  }

  /**
   * The same for a run that was given secrets.
   *
   * @param masking what no journal may hold
   */
  public Journals(Path directory, Path folder, Clock clock, Masking masking) {
    this(directory, directory.resolve(folder), clock, Disk.SYSTEM, masking);
  }

  public Journals(Path directory, Path folder, Clock clock, Disk disk, Masking masking) {
    this(folder, Optional.empty(), clock, disk, masking, new JournalWitness(directory));
  }

  private Journals(
      Path folder,
      Optional<Path> above,
      Clock clock,
      Disk disk,
      Masking masking,
      JournalWitness witness) {
    this.folder = folder;
    this.above = above;
    this.clock = clock;
    this.masking = masking;
    this.disk = disk;
    this.witness = witness;
  }

  /**
   * Those of one of several clusters: a folder of that name in this one, in which nobody else may
   * write either, since he could exchange the journals of two clusters.
   *
   * @param name no path, but a name
   */
  public Journals of(String name) {
    return new Journals(folder.resolve(name), Optional.of(folder), clock, disk, masking, witness);
  }

  /**
   * Keeps other applies out of the folder, which is made where it is missing. The holder of the
   * lock may list the live tokens, and then begin a journal.
   *
   * @param wait how long another apply is waited for
   * @param isStopped whether to give up; asked again and again
   * @throws JournalException if another apply has it, or there can be none; nothing was sent
   * @throws InterruptedException if it was stopped
   */
  public JournalLock lock(LockWait wait, BooleanSupplier isStopped)
      throws JournalException, InterruptedException {
    refuseLink();
    Path highest = makeFolders();
    try {
      refuseOpenFolder();
      syncFolders(highest);
    } catch (IOException e) {
      throw unwritable(folder, problem(e) + NOTHING_SENT, e);
    }
    long start = System.nanoTime();
    boolean isSaid = false;
    while (true) {
      if (isStopped.getAsBoolean()) {
        throw new InterruptedException("before anything was sent");
      }
      Optional<JournalLock> lock = tryLock();
      if (lock.isPresent()) {
        return lock.get();
      }
      Duration waited = Duration.ofNanos(System.nanoTime() - start);
      if (waited.compareTo(wait.limit()) >= 0) {
        throw new JournalException(
            "another apply is running and keeps its journal in " + folder + NOTHING_SENT,
            "wait for it to end, or stop it; \"tokenform journal show --journal-dir "
                + ShellWord.of(folder.toString())
                + "\" says what it has done so far",
            null);
      }
      if (!isSaid && waited.compareTo(wait.silence()) >= 0) {
        isSaid = true;
        wait.listener().run();
      }
      Thread.sleep(wait.pause().toMillis());
    }
  }

  /**
   * Waits until no apply is under way that keeps its journal here.
   *
   * @throws JournalException if it does not end in time, or the folder has no locks
   */
  public void awaitEnd(LockWait wait) throws JournalException, InterruptedException {
    lock(wait, () -> false).close();
  }

  /** What these journals know of tokens whose making did not end. */
  public PendingFates fates() {
    return new JournalFates(this);
  }

  /** Whether an apply is under way that keeps its journal here, as far as that can be told. */
  boolean isLocked() {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try {
      Optional<JournalLock> lock = tryLock();
      lock.ifPresent(JournalLock::close);
      return lock.isEmpty();
    } catch (JournalException e) {
      return true;
    }
  }

  /** The newest apply whose journal has no end: where one is under way, most likely that. */
  public Optional<RecordedApply> underWay() throws JournalException {
    List<Path> all = list();
    if (all.isEmpty()) {
      return Optional.empty();
    }
    RecordedApply newest = JournalReader.read(all.get(all.size() - 1));
    return newest.endedAt().isEmpty() ? Optional.of(newest) : Optional.empty();
  }

  private Optional<JournalLock> tryLock() throws JournalException {
    Path file = folder.resolve(LOCK);
    if (Files.isSymbolicLink(file)) {
      throw new JournalException(
          "the lock " + file + " is a symbolic link, and tokenform never makes one" + NOTHING_SENT,
          "find out who put it there, and remove it; or name another folder with "
              + Flag.JOURNAL_DIR,
          null);
    }
    try {
      return JournalLock.take(this, disk, file);
    } catch (AccessDeniedException e) {
      throw unwritable(file, problem(e) + NOTHING_SENT, e);
    } catch (IOException e) {
      throw new JournalException(
          "the file " + file + " cannot be locked: " + problem(e) + NOTHING_SENT,
          "without locks, two applies at once could undo each other's work: with "
              + Flag.JOURNAL_DIR
              + ","
              + " name a folder on a file system that supports them",
          e);
    }
  }

  /**
   * Begins a journal, which nobody else may read, and puts its header on the disk. The caller has
   * the lock; the journal begins now.
   *
   * @param room how many bytes it may need
   * @throws JournalException if that cannot be done, or there is not the room
   */
  Journal begin(JournalHeader header, long room) throws JournalException {
    JournalHeader now = header.begunAt(clock.instant());
    Path file = folder;
    SyncedFile lines = null;
    boolean begun = false;
    try {
      requireRoom(room);
      String name = JournalName.of(now);
      for (int number = 1; lines == null; number++) {
        file = folder.resolve(name + (number == 1 ? "" : "-" + number) + SUFFIX);
        try {
          lines = SyncedFile.create(disk, file);
        } catch (FileAlreadyExistsException e) {
          if (number >= MOST_OF_ONE_SECOND) {
            throw e;
          }
        }
      }
      Journal journal = new Journal(file, lines, clock, masking);
      journal.header(now);
      // A new file is there after a crash only if its folder was written through, too.
      disk.syncFolder(folder);
      begun = true;
      return journal;
    } catch (IOException e) {
      throw unwritable(file, problem(e) + NOTHING_SENT, e);
    } finally {
      if (!begun && lines != null) {
        lines.close();
      }
    }
  }

  /**
   * Makes the folder and those above it that are missing.
   *
   * @return the highest folder that has a new one in it; absent where nothing was made
   */
  private Path makeFolders() throws JournalException {
    Path highest = null;
    Path next = folder.toAbsolutePath();
    while (next != null && !Files.exists(next, LinkOption.NOFOLLOW_LINKS)) {
      next = next.getParent();
      highest = next;
    }
    try {
      disk.makeFolders(folder);
    } catch (IOException e) {
      throw unwritable(folder, problem(e) + NOTHING_SENT, e);
    }
    return highest;
  }

  private void refuseLink() throws JournalException {
    Optional<Path> link = witness.linkOnTheWay(folder);
    if (link.isPresent()) {
      throw new JournalException(
          "the journal would be written through a symbolic link, " + link.get() + NOTHING_SENT,
          "it may come from a commit: remove it, or name another folder with " + Flag.JOURNAL_DIR,
          null);
    }
  }

  /** What is written where others can write is not rolled back, and so is no way back. */
  private void refuseOpenFolder() throws IOException, JournalException {
    Optional<String> problem = problemOf(folder);
    if (problem.isEmpty() && above.isPresent()) {
      problem = problemOf(above.get());
    }
    if (problem.isPresent()) {
      throw new JournalException(
          problem.get() + ", so no journal in it can be trusted" + NOTHING_SENT,
          "make it yours alone (chmod 700), or with "
              + Flag.JOURNAL_DIR
              + " name a folder that does not exist"
              + " yet",
          null);
    }
  }

  private static Optional<String> problemOf(Path folder) throws IOException {
    return Ownership.of(folder).flatMap(access -> access.problemOfFolder(folder));
  }

  /** The journals in the folder, oldest first; none where there is no folder. */
  public List<Path> list() throws JournalException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .sorted(JournalName.OLDEST_FIRST)
          .toList();
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  private JournalException unreadable(IOException e) {
    return new JournalException("the folder " + folder + " cannot be read: " + problem(e), null, e);
  }

  /**
   * The names of the folders in this one that hold journals, as those of the clusters of a fleet
   * do, in order.
   */
  public List<String> foldersWithJournals() throws JournalException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    List<Path> folders;
    try (Stream<Path> files = Files.list(folder)) {
      folders = files.filter(file -> Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)).toList();
    } catch (IOException e) {
      throw unreadable(e);
    }
    List<String> names = new ArrayList<>();
    for (Path below : folders) {
      if (!new Journals(below, clock).list().isEmpty()) {
        names.add(below.getFileName().toString());
      }
    }
    Collections.sort(names);
    return names;
  }

  /**
   * The journal of the apply that began last, among those without a doubt; a file whose name does
   * not have the form of a journal's does not count.
   *
   * @param passedOver gets each newer one about which there is a doubt
   */
  public Optional<Path> latest(BiConsumer<Path, Doubt> passedOver) throws JournalException {
    List<Path> all = new ArrayList<>(list());
    all.removeIf(file -> !JournalName.isOne(file));
    Collections.reverse(all);
    for (Path file : all) {
      Optional<Doubt> doubt = doubt(file);
      if (doubt.isEmpty()) {
        return Optional.of(file);
      }
      passedOver.accept(file, doubt.get());
    }
    return Optional.empty();
  }

  /**
   * Why a journal may not be this user's own word, as far as its place, its name and its first line
   * tell. One that cannot be read has none for what it says.
   *
   * @throws JournalException if it is not there
   */
  public Optional<Doubt> doubt(Path file) throws JournalException {
    Instant now = clock.instant();
    Optional<Doubt> ofPlace;
    try {
      ofPlace = witness.facts(file, JournalName.instant(file)).doubt(now);
    } catch (IOException e) {
      throw new JournalException(
          "the journal " + file + " cannot be read: " + problem(e),
          "\"tokenform journal list\" shows the journals here",
          e);
    }
    if (ofPlace.isPresent()) {
      return ofPlace;
    }
    try {
      return JournalFacts.ahead(JournalReader.read(file).header().startedAt(), now);
    } catch (JournalException e) {
      return Optional.empty();
    }
  }

  public Path folder() {
    return folder;
  }

  static JournalException unwritable(Path file, IOException e) {
    return unwritable(file, problem(e), e);
  }

  private static JournalException unwritable(Path file, String problem, IOException e) {
    return new JournalException(
        "the journal " + file + " cannot be written: " + problem,
        "without a journal the apply could not be rolled back: free disk space, run tokenform in a"
            + " folder that you can write to, or name one with "
            + Flag.JOURNAL_DIR,
        e);
  }

  static String problem(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "there is a file where its folder should be";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private void requireRoom(long room) throws IOException {
    long free = disk.usableSpace(folder);
    if (free < room) {
      throw new IOException(
          "it may need " + kilobytes(room) + ", and the disk has " + kilobytes(free) + " left");
    }
  }

  private static String kilobytes(long bytes) {
    return (bytes + 1023) / 1024 + " KiB";
  }

  /**
   * A new folder is there after a crash only if the one above it was written through. The usual two
   * are written through each time: an apply that was killed may have made them.
   */
  private void syncFolders(Path highest) throws IOException {
    Path next = folder.toAbsolutePath().getParent();
    boolean isNew = highest != null;
    for (int i = 0; next != null && (isNew || i < USUAL_FOLDERS); i++) {
      try {
        disk.syncFolder(next);
      } catch (AccessDeniedException e) {
        // One that this user may not read has had its folder for long.
        if (isNew) {
          throw e;
        }
      }
      isNew &= !next.equals(highest);
      next = next.getParent();
    }
  }
}
