package io.tokenform.cli.files;

import io.tokenform.access.FileProblem;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.World;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Writes the files that options name. */
public final class OutputFiles {
  private OutputFiles() {}

  /**
   * Writes a file, whole or not at all.
   *
   * @param text without any secret
   * @throws InputException if it cannot be written, or a link of the working directory leads there
   */
  public static void write(World world, String file, String text) throws InputException {
    Path path = world.directory().resolve(file);
    try {
      Links.refuse(world.directory(), path);
      FileReplacement.write(path, text.getBytes(StandardCharsets.UTF_8));
    } catch (Links.LinkException e) {
      throw new InputException(file + " is not written: " + FileProblem.ofWriting(e), e.hint(), e);
    } catch (IOException e) {
      throw new InputException(
          file + " cannot be written: " + FileProblem.ofWriting(e),
          e instanceof NoSuchFileException ? "name a file in a folder that exists" : null,
          e);
    }
  }
}
