package io.tokenform.cli.files;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A file that may hold a part of a policy.
 *
 * @param name what messages call it: the path as the user gave it, or what was found below that
 * @param file where it is
 * @param kind what it is, as far as that matters
 */
public record PolicyPath(String name, Path file, Kind kind) {
  private static final Comparator<PolicyPath> BY_NAME =
      (one, other) -> one.name.compareTo(other.name);

  /** What stands at a path. */
  public enum Kind {
    /** It was named by the user, whatever it is. */
    NAMED,
    /** A file, found below a directory. */
    FILE,
    /**
     * A link, found below a directory, to a file below the same directory with one of the suffixes.
     * Kubernetes mounts a ConfigMap as such links.
     */
    LINK,
    /** A link to any other file, or to one that cannot be found. */
    STRAY_LINK,
    /** A pipe or a device, found below a directory. */
    NO_FILE
  }

  /** A path that somebody named. */
  public static PolicyPath named(String name, Path file) {
    return new PolicyPath(name, file, Kind.NAMED);
  }

  /**
   * The files below a directory that end in one of the suffixes, by their names. What is hidden,
   * beginning with a dot, is left out, and links to directories are not followed.
   *
   * @param name the directory as the user gave it
   * @throws IOException if something below it cannot be read
   */
  public static List<PolicyPath> below(String name, Path directory, Collection<String> suffixes)
      throws IOException {
    String prefix = name.endsWith("/") ? name : name + "/";
    Path root = directory.toRealPath();
    List<PolicyPath> found = new ArrayList<>();
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
            return dir.equals(directory) || !isHidden(dir)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file) && hasSuffix(file, suffixes) && !Files.isDirectory(file)) {
              String below = directory.relativize(file).toString();
              found.add(
                  new PolicyPath(
                      prefix + below.replace(file.getFileSystem().getSeparator(), "/"),
                      file,
                      kind(file, attributes, root, suffixes)));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(BY_NAME);
    return found;
  }

  private static Kind kind(
      Path file, BasicFileAttributes attributes, Path root, Collection<String> suffixes) {
    if (!attributes.isSymbolicLink()) {
      return attributes.isRegularFile() ? Kind.FILE : Kind.NO_FILE;
    }
    try {
      Path target = file.toRealPath();
      boolean mayBeFollowed =
          target.startsWith(root) && hasSuffix(target, suffixes) && Files.isRegularFile(target);
      return mayBeFollowed ? Kind.LINK : Kind.STRAY_LINK;
    } catch (IOException e) {
      return Kind.STRAY_LINK;
    }
  }

  private static boolean hasSuffix(Path file, Collection<String> suffixes) {
    String last = file.getFileName().toString();
    return suffixes.stream().anyMatch(last::endsWith);
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }
}
