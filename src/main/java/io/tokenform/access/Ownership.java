package io.tokenform.access;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Whose a file or folder is, and what others may do with it.
 *
 * @param owner the owner's name
 * @param mode the permission bits, the sticky bit included
 */
public record Ownership(Whose whose, String owner, int mode) {
  private static final int OTHERS_WRITE = 022;
  private static final int STICKY = 01000;
  private static final Integer ROOT = 0;

  /** Whose something can be. */
  public enum Whose {
    /** That of the user who runs this, be it root. */
    OURS,
    /** The system's, which could do anything anyway. */
    ROOTS,
    ANOTHERS
  }

  public Ownership {
    Objects.requireNonNull(whose, "whose");
    Objects.requireNonNull(owner, "owner");
  }

  /**
   * Asks the file system; of a symbolic link, about the link itself.
   *
   * @return nothing where there are no owners and modes
   * @throws IOException if nothing is there, or the file system does not say
   */
  public static Optional<Ownership> of(Path path) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return Optional.empty();
    }
    Map<String, Object> found =
        Files.readAttributes(path, "unix:uid,mode,owner", LinkOption.NOFOLLOW_LINKS);
    UserPrincipal owner = (UserPrincipal) found.get("owner");
    Integer uid = (Integer) found.get("uid");
    Whose whose = uid.equals(Us.UID) ? Whose.OURS : uid.equals(ROOT) ? Whose.ROOTS : Whose.ANOTHERS;
    return Optional.of(new Ownership(whose, owner.getName(), (Integer) found.get("mode") & 07777));
  }

  /** The mode as {@code ls} and {@code chmod} know it: four octal digits. */
  public String octal() {
    return String.format(Locale.ROOT, "%04o", mode);
  }

  /** Why others can make or replace files in a folder, if they can. */
  public Optional<String> problemOfFolder(Path folder) {
    if (whose == Whose.ANOTHERS) {
      return Optional.of(belongsToAnother(folder));
    }
    // In a sticky folder, nobody else can rename or remove what is this user's.
    return (mode & STICKY) == 0 ? openToOthers(folder) : Optional.empty();
  }

  /** Why a folder is not this user's alone, if it is not: neither root's nor a sticky one is. */
  public Optional<String> problemOfOwnFolder(Path folder) {
    return whose == Whose.OURS ? openToOthers(folder) : Optional.of(belongsToAnother(folder));
  }

  private String belongsToAnother(Path folder) {
    return "the folder " + folder + " belongs to another user, " + owner;
  }

  /** Whether others can write to it, by its mode. */
  public boolean isOpenToOthers() {
    return (mode & OTHERS_WRITE) != 0;
  }

  /** The number of the user who runs this, where users have numbers and the system tells it. */
  public static OptionalInt user() {
    return Us.UID < 0 ? OptionalInt.empty() : OptionalInt.of(Us.UID);
  }

  private Optional<String> openToOthers(Path folder) {
    return isOpenToOthers()
        ? Optional.of("other users can write to the folder " + folder + " (mode " + octal() + ")")
        : Optional.empty();
  }

  /** Found out once, and only where it is needed. */
  private static final class Us {
    /** None, if the system does not say. */
    static final Integer UID = find();

    /**
     * Who runs this, by what the system says of this process. Of one that may do more than its user
     * it says that it is root's; then, by what it says of a file that was just made.
     */
    private static Integer find() {
      try {
        Integer uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        if (!uid.equals(ROOT)) {
          return uid;
        }
      } catch (IOException | UnsupportedOperationException e) {
        // Only Linux has it.
      }
      try {
        Path made = Files.createTempFile("tokenform-", ".tmp");
        try {
          return (Integer) Files.getAttribute(made, "unix:uid");
        } finally {
          Files.deleteIfExists(made);
        }
      } catch (IOException | UnsupportedOperationException e) {
        // Nothing then counts as this user's.
        return -1;
      }
    }
  }
}
