package io.tokenform.apply;

import io.tokenform.access.Masking;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder in which the applies of a working directory keep their journals. */
public final class Journals {
  private static final String SUFFIX = ".jsonl";

  private static final String LOCK = ".lock";

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

  private static final Pattern NAME = Pattern.compile("\\d{8}T\\d{6}Z-.*");

  private static final int LENGTH_OF_TIME = "20260131T120000Z".length();

  /** Names tell the second; of the applies of one second, what was written last was begun last. */
  private static final Comparator<Path> OLDEST_FIRST =
      Comparator.comparing(Journals::second)
          .thenComparing(Journals::lastWritten)
          .thenComparing(Comparator.naturalOrder());

  /** So much of a plan's digest tells its journals apart. */
  private static final int DIGEST_DIGITS = 12;

  private static final int NEW_FOLDERS = 3;

  private static final int MOST_OF_ONE_SECOND = 1000;

  private final Path folder;
  private final Clock clock;
  private final Masking masking;

  /**
   * @param folder where the journals are; it is made when it is needed
   * @param clock the time for what a journal says
   */
  public Journals(Path folder, Clock clock) {
    this(folder, clock, new Masking());
  }

  /**
   * The same for a run that was given secrets.
   *
   * @param folder where the journals are; it is made when it is needed
   * @param clock the time for what a journal says
   * @param masking what no journal may hold
   */
  public Journals(Path folder, Clock clock, Masking masking) {
    this.folder = folder;
    this.clock = clock;
    this.masking = masking;
  }

  /**
   * Begins a journal, which nobody else may read, and puts its header on the disk.
   *
   * @param room how many bytes it may need
   * @throws JournalException if that cannot be done, or there is not the room
   */
  Journal begin(JournalHeader header, long room) throws JournalException {
    Path file = folder;
    FileChannel lock = null;
    boolean begun = false;
    try {
      Files.createDirectories(folder, ownerOnly("rwx------"));
      lock = lock();
      requireRoom(room);
      String name = name(header);
      for (int number = 1; ; number++) {
        file = folder.resolve(name + (number == 1 ? "" : "-" + number) + SUFFIX);
        try {
          SyncedFile synced = SyncedFile.create(file, ownerOnly("rw-------"));
          Journal journal = new Journal(file, synced, lock, clock, masking);
          journal.header(header);
          syncFolders();
          begun = true;
          return journal;
        } catch (FileAlreadyExistsException e) {
          if (number >= MOST_OF_ONE_SECOND) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw unwritable(file, problem(e) + "; nothing was sent", e);
    } finally {
      if (!begun && lock != null) {
        Journal.unlock(lock);
      }
    }
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
          .sorted(OLDEST_FIRST)
          .toList();
    } catch (IOException e) {
      throw new JournalException(
          "the folder " + folder + " cannot be read: " + problem(e), null, e);
    }
  }

  /** The journal of the apply that began last; a file with a name of somebody's own is none. */
  public Optional<Path> latest() throws JournalException {
    List<Path> all = list();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(all.get(all.size() - 1)).filter(file -> !second(file).isEmpty());
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
        "without a journal there is no way back: free the disk, run tokenform in a folder that can"
            + " be written, or name one with --journal-dir",
        e);
  }

  static String problem(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "permission denied";
    }
    if (e instanceof FileAlreadyExistsException) {
      return "a file stands in the place of its folder";
    }
    if (e instanceof NoSuchFileException) {
      return "there is no such file";
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static String second(Path file) {
    String name = file.getFileName().toString();
    return NAME.matcher(name).matches() ? name.substring(0, LENGTH_OF_TIME) : "";
  }

  private static FileTime lastWritten(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException e) {
      // It is gone meanwhile, and its place in the order does not matter.
      return FileTime.fromMillis(0);
    }
  }

  private static String name(JournalHeader header) {
    String digest = header.planDigest();
    int start = digest.indexOf(':') + 1;
    return TIME.format(header.startedAt())
        + "-"
        + digest.substring(start, Math.min(digest.length(), start + DIGEST_DIGITS));
  }

  /**
   * Keeps other applies out until it is closed, by this process or with its end: two at a time
   * would each take what the other does for somebody's drift, or not see it at all.
   */
  private FileChannel lock() throws IOException, JournalException {
    FileChannel channel =
        FileChannel.open(
            folder.resolve(LOCK),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            ownerOnly("rw-------"));
    boolean locked = false;
    try {
      locked = channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // Another apply of this process has it, which is the same to us.
    } finally {
      if (!locked) {
        channel.close();
      }
    }
    if (!locked) {
      throw new JournalException(
          "another apply is under way that keeps its journal in " + folder + "; nothing was sent",
          "wait for it to end, or stop it; \"tokenform journal show\" says what it has done so far",
          null);
    }
    return channel;
  }

  private void requireRoom(long room) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    if (free < room) {
      throw new IOException(
          "it may need " + kilobytes(room) + ", and the disk has " + kilobytes(free) + " left");
    }
  }

  private static String kilobytes(long bytes) {
    return (bytes + 1023) / 1024 + " KiB";
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  /**
   * A new file is there after a crash only if its folder was written through, too, and so it is
   * with a new folder: .tokenform/journal makes three.
   */
  private void syncFolders() throws IOException {
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    Path next = folder.toAbsolutePath();
    for (int i = 0; isPosix && next != null && i < NEW_FOLDERS; i++) {
      try (FileChannel channel = FileChannel.open(next, StandardOpenOption.READ)) {
        channel.force(true);
      }
      next = next.getParent();
    }
  }
}
