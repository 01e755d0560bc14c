package io.tokenform.apply;

import io.tokenform.apply.JournalFacts.Access;
import io.tokenform.apply.JournalFacts.Tracking;
import io.tokenform.apply.JournalFacts.Whose;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Asks the file system and git about journals. Each folder's repository is asked once. */
final class JournalWitness {
  private static final Integer ROOT = 0;

  private final Path base;
  private final Map<Path, Optional<Set<String>>> tracked = new HashMap<>();

  /**
   * @param base the folder below which no symbolic link is followed: what is there, a commit may
   *     have brought
   */
  JournalWitness(Path base) {
    this.base = base.toAbsolutePath().normalize();
  }

  /**
   * What is known of a journal.
   *
   * @throws IOException if the file is not there, or the file system does not say
   */
  JournalFacts facts(Path file, Optional<Instant> named) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    return new JournalFacts(
        file,
        linkOnTheWay(file).or(() -> linkOnTheWay(folder)),
        Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS),
        access(file),
        access(folder),
        tracking(folder, file.getFileName().toString()),
        named);
  }

  /** The symbolic link that leads to a file or folder: that itself, or one below the base. */
  Optional<Path> linkOnTheWay(Path path) {
    if (Files.isSymbolicLink(path)) {
      return Optional.of(path);
    }
    Path next = path.toAbsolutePath().normalize().getParent();
    while (next != null && next.startsWith(base) && !next.equals(base)) {
      if (Files.isSymbolicLink(next)) {
        return Optional.of(next);
      }
      next = next.getParent();
    }
    return Optional.empty();
  }

  /** Whose a file or folder is; nothing where there are no owners and modes. */
  Optional<Access> access(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return Optional.empty();
    }
    Map<String, Object> found =
        Files.readAttributes(path, "unix:uid,mode,owner", LinkOption.NOFOLLOW_LINKS);
    UserPrincipal owner = (UserPrincipal) found.get("owner");
    Integer uid = (Integer) found.get("uid");
    Whose whose = uid.equals(Us.UID) ? Whose.OURS : uid.equals(ROOT) ? Whose.ROOTS : Whose.ANOTHERS;
    return Optional.of(new Access(whose, owner.getName(), (Integer) found.get("mode") & 07777));
  }

  private Tracking tracking(Path folder, String name) {
    return tracked
        .computeIfAbsent(folder, GitIndex::namesIn)
        .map(names -> names.contains(name) ? Tracking.TRACKED : Tracking.UNTRACKED)
        .orElse(Tracking.UNKNOWN);
  }

  /** Found out once, and only where it is needed. */
  private static final class Us {
    /** Who runs this, by what the system says of a file that was just made; none if it does not. */
    static final Integer UID = find();

    private static Integer find() {
      try {
        Path made = Files.createTempFile("tokenform-", ".tmp");
        try {
          return (Integer) Files.getAttribute(made, "unix:uid");
        } finally {
          Files.deleteIfExists(made);
        }
      } catch (IOException e) {
        // Nothing then counts as this user's.
        return -1;
      }
    }
  }
}
