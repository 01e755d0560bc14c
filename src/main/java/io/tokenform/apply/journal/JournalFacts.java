package io.tokenform.apply.journal;

import io.tokenform.access.Ownership;
import io.tokenform.access.ShellWord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * What the file system and git say of a journal. Another user, or a commit that a checkout brings
 * along, could otherwise name tokens and permissions that a rollback then grants.
 *
 * <p>Besides the file, only its own folder is checked. Somebody who can write to a folder further
 * up can replace it with another folder, but that one does not belong to this user.
 *
 * @param file the journal
 * @param link the symbolic link on the way to it, where there is one
 * @param isRegular whether it is a file, and no pipe or device
 * @param access whose the file is; absent on a system without owners and modes
 * @param folderAccess the same of its folder
 * @param tracking what git says
 * @param named the instant in its name, where it has one
 */
record JournalFacts(
    Path file,
    Optional<Path> link,
    boolean isRegular,
    Optional<Ownership> access,
    Optional<Ownership> folderAccess,
    Tracking tracking,
    Optional<Instant> named) {
  /** Clocks of machines that share a folder are not the same to the second. */
  static final Duration TOLERANCE = Duration.ofMinutes(1);

  private static final int OTHERS = 077;

  JournalFacts {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(link, "link");
    Objects.requireNonNull(access, "access");
    Objects.requireNonNull(folderAccess, "folderAccess");
    Objects.requireNonNull(tracking, "tracking");
    Objects.requireNonNull(named, "named");
  }

  /** What git says of the file. */
  enum Tracking {
    /** It is in no repository, or not in its index. */
    UNTRACKED,
    TRACKED,
    /** It is in a repository of which git says nothing. */
    UNKNOWN
  }

  /** Why it may not be this user's own word; the first reason of several. */
  Optional<Doubt> doubt(Instant now) {
    if (link.isPresent()) {
      return copy(
          link.get().equals(file)
              ? "it is a symbolic link"
              : "its path contains a symbolic link, " + link.get());
    }
    if (!isRegular) {
      return Optional.of(
          new Doubt(
              "it is not a regular file", "\"tokenform journal list\" shows the journals here"));
    }
    if (access.isPresent()) {
      Ownership mine = access.get();
      if (mine.whose() != Ownership.Whose.OURS) {
        return copy("it belongs to another user, " + mine.owner());
      }
      if ((mine.mode() & OTHERS) != 0) {
        return Optional.of(
            new Doubt(
                "its mode is "
                    + mine.octal()
                    + " and not 0600: it may come from a commit or a copy",
                "if you know who wrote it, read it with \"tokenform journal show "
                    + ShellWord.of(file.toString())
                    + "\", and then make it yours: chmod 600 "
                    + ShellWord.of(file.toString())));
      }
    }
    Path folder = file.toAbsolutePath().getParent();
    Optional<String> open = folderAccess.flatMap(found -> found.problemOfFolder(folder));
    if (open.isPresent()) {
      return copy(open.get());
    }
    return switch (tracking) {
      case TRACKED -> copy("git tracks it, so it may come from a commit");
      case UNKNOWN ->
          copy("git cannot say whether it comes from a commit (try: git ls-files in its folder)");
      case UNTRACKED -> named.flatMap(instant -> ahead(instant, now));
    };
  }

  /** What stands against a journal that says that it began then. */
  static Optional<Doubt> ahead(Instant begun, Instant now) {
    return begun.isAfter(now.plus(TOLERANCE))
        ? Optional.of(
            new Doubt(
                "it is dated " + begun + ", and it is " + now + " now",
                "is the clock of this machine right? if it is, this machine did not write it"))
        : Optional.empty();
  }

  private Optional<Doubt> copy(String reason) {
    return Optional.of(
        new Doubt(
            reason,
            "if you know who wrote it, read it with \"tokenform journal show "
                + ShellWord.of(file.toString())
                + "\", and then roll back a copy that is yours: install -m 600 "
                + ShellWord.of(file.toString())
                + " ~/"));
  }
}
