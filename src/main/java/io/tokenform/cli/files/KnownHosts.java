package io.tokenform.cli.files;

import io.tokenform.access.ClusterUrl;
import io.tokenform.access.FileProblem;
import io.tokenform.access.Os;
import io.tokenform.access.Ownership;
import io.tokenform.cli.console.World;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hosts that the user agreed to when asked, one a line, in the user's configuration. A file
 * that somebody else could have written is not used: anyone who can write it could agree on the
 * user's behalf.
 */
public final class KnownHosts {
  private static final String FOLDER = "tokenform";
  private static final String FILE = "hosts";
  private static final int LONGEST = 1 << 20;
  private static final String HEADER =
      """
      # The hosts that may get the management token although only a file names them, such as a
      # policy's url. tokenform asked about each, at a terminal. Remove a line to be asked again.
      """;

  private final Optional<Path> folder;

  private KnownHosts(Optional<Path> folder) {
    this.folder = folder;
  }

  /** Those of the user whose environment this is. */
  public static KnownHosts of(World world) {
    return of(world, Os.CURRENT);
  }

  /** The same on a system. */
  public static KnownHosts of(World world, Os os) {
    return new KnownHosts(configuration(world.environment(), os).map(home -> home.resolve(FOLDER)));
  }

  /**
   * What was agreed to.
   *
   * @param hosts each as {@link ClusterUrl#origin}
   * @param problem why the file is not used, if it is there and is not
   */
  public record Answers(Set<String> hosts, Optional<String> problem) {
    /** Nothing was agreed to. */
    public static final Answers NONE = new Answers(Set.of(), Optional.empty());

    private static Answers unusable(String problem) {
      return new Answers(Set.of(), Optional.of(problem));
    }
  }

  /** Reads what was agreed to. */
  public Answers read() {
    if (folder.isEmpty()) {
      return Answers.NONE;
    }
    Path file = folder.get().resolve(FILE);
    try {
      if (!isThere(folder.get()) || !isThere(file)) {
        return Answers.NONE;
      }
      requireOwn(folder.get());
      requireOwn(file);
      Set<String> hosts = new LinkedHashSet<>();
      text(file).lines().forEach(line -> origin(line).ifPresent(hosts::add));
      return new Answers(hosts, Optional.empty());
    } catch (IOException e) {
      return Answers.unusable(problem(e));
    }
  }

  /**
   * Adds a host.
   *
   * @param origin as {@link ClusterUrl#origin}
   * @return the file
   * @throws IOException if it cannot be written, or must not be used; the message says why
   */
  public Path remember(String origin) throws IOException {
    if (folder.isEmpty()) {
      throw new IOException("there is no folder for it: HOME is not set");
    }
    Path file = folder.get().resolve(FILE);
    Path temporary = null;
    try {
      Files.createDirectories(folder.get(), ownerOnly("rwx------"));
      requireOwn(folder.get());
      String text = HEADER;
      if (isThere(file)) {
        requireOwn(file);
        text = text(file);
      }
      String end = text.isEmpty() || text.endsWith("\n") ? "" : "\n";
      temporary = Files.createTempFile(folder.get(), ".hosts-", ".tmp", ownerOnly("rw-------"));
      Files.writeString(temporary, text + end + origin + "\n", StandardCharsets.UTF_8);
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      return file;
    } catch (IOException e) {
      throw new IOException(problem(e), e);
    } finally {
      if (temporary != null) {
        Files.deleteIfExists(temporary);
      }
    }
  }

  /**
   * See the XDG Base Directory Specification: a path that is not absolute is none. Neither is a
   * text that is no path on this system, as one that the locale cannot read. On Windows it is the
   * same folder whichever shell starts this, and some of them set {@code HOME}.
   */
  private static Optional<Path> configuration(Map<String, String> environment, Os os) {
    Optional<Path> xdg =
        absolute(environment, "XDG_CONFIG_HOME")
            .or(() -> absolute(environment, "HOME").map(home -> home.resolve(".config")));
    Optional<Path> ofWindows = absolute(environment, "APPDATA");
    return switch (os) {
      case POSIX -> xdg.or(() -> ofWindows);
      case WINDOWS -> ofWindows.or(() -> xdg);
    };
  }

  private static Optional<Path> absolute(Map<String, String> environment, String variable) {
    return Optional.ofNullable(environment.get(variable))
        .filter(path -> !path.isBlank())
        .flatMap(KnownHosts::path)
        .filter(Path::isAbsolute);
  }

  private static Optional<Path> path(String text) {
    try {
      return Optional.of(Path.of(text));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }

  private static boolean isThere(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
      byte[] bytes = in.readNBytes(LONGEST + 1);
      if (bytes.length > LONGEST) {
        throw new FileSystemException(file.toString(), null, "it is too large");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }

  /** A line's host; a comment has none, and neither has what somebody mistyped. */
  private static Optional<String> origin(String line) {
    try {
      return Optional.of(ClusterUrl.parse(line.strip()).origin());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Refuses what somebody else could have put there. */
  private static void requireOwn(Path path) throws IOException {
    boolean isFolder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    if (!isFolder && !Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
      throw new FileSystemException(path.toString(), null, "it is a link, or no file");
    }
    Optional<Ownership> ownership = Ownership.of(path);
    if (ownership.isEmpty()) {
      return;
    }
    if (ownership.get().isOpenToOthers()) {
      throw new FileSystemException(path.toString(), null, "other users can write to it");
    }
    if (ownership.get().whose() == Ownership.Whose.ANOTHERS) {
      throw new FileSystemException(path.toString(), null, "it belongs to another user");
    }
  }

  private static String problem(IOException e) {
    String file = e instanceof FileSystemException at ? at.getFile() + ": " : "";
    boolean hasReason = e instanceof FileSystemException at && at.getReason() != null;
    return file
        + (hasReason && !(e instanceof NoSuchFileException)
            ? ((FileSystemException) e).getReason()
            : FileProblem.ofWriting(e));
  }

  private static FileAttribute<?>[] ownerOnly(String permissions) {
    boolean isPosix = FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
    return isPosix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
