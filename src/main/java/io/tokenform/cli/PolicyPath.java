package io.tokenform.cli;

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
 */
record PolicyPath(String name, Path file) {
  private static final Comparator<PolicyPath> BY_NAME = Comparator.comparing(PolicyPath::name);

  /**
   * The files below a directory that end in one of the suffixes, by their names. What is hidden,
   * beginning with a dot, is left out, and links to directories are not followed.
   *
   * @param name the directory as the user gave it
   * @throws IOException if something below it cannot be read
   */
  static List<PolicyPath> below(String name, Path directory, Collection<String> suffixes)
      throws IOException {
    String prefix = name.endsWith("/") ? name : name + "/";
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
            String last = file.getFileName().toString();
            if (!isHidden(file)
                && suffixes.stream().anyMatch(last::endsWith)
                && !Files.isDirectory(file)) {
              String below = directory.relativize(file).toString();
              found.add(
                  new PolicyPath(
                      prefix + below.replace(file.getFileSystem().getSeparator(), "/"), file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    found.sort(BY_NAME);
    return found;
  }

  private static boolean isHidden(Path file) {
    return file.getFileName().toString().startsWith(".");
  }
}
