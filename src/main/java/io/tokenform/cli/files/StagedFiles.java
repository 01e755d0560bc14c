package io.tokenform.cli.files;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Files that are written as one: their contents are all on the disk, under other names, before the
 * first of them gets its own. Each is whole or not there, after a crash too.
 */
public final class StagedFiles implements AutoCloseable {
  private final Map<Path, Path> staged = new LinkedHashMap<>();

  /**
   * Writes what a file shall hold beside it.
   *
   * @throws Links.LinkException if it is a link
   * @throws IOException if that fails, or if the file is already seen to be out of reach
   */
  public void stage(Path file, byte[] content) throws IOException {
    Links.refuseLast(file);
    if (Files.isDirectory(file)) {
      throw new IOException("it is a directory");
    }
    // A move asks for no permission on the file that it replaces.
    if (Files.exists(file) && !Files.isWritable(file)) {
      throw new AccessDeniedException(file.toString());
    }
    Path temporary = file.resolveSibling(".tokenform-" + UUID.randomUUID() + ".tmp");
    staged.put(file, temporary);
    FileReplacement.create(temporary, content);
  }

  /**
   * Gives the files their names, and replaces those that exist if that is wanted.
   *
   * @throws FileAlreadyExistsException if one exists, and it is not
   */
  public void publish(boolean replace) throws IOException {
    for (Map.Entry<Path, Path> file : staged.entrySet()) {
      if (replace && Files.exists(file.getKey())) {
        FileReplacement.take(file.getValue(), file.getKey());
      } else {
        // Without an option, it fails where the file exists.
        Files.move(file.getValue(), file.getKey());
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (Path temporary : staged.values()) {
      Files.deleteIfExists(temporary);
    }
  }
}
