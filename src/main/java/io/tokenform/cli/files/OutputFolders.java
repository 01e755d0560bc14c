package io.tokenform.cli.files;

import io.tokenform.access.FileProblem;
import io.tokenform.access.Flag;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes the folders that options name. */
final class OutputFolders {
  private OutputFolders() {}

  /**
   * Makes the folder, if it is not there.
   *
   * @param what is going to be saved there, as in {@code the plans of a fleet need a folder}
   * @throws UsageException if it is no folder
   */
  static void make(World world, String folder, String what) throws InputException {
    Path path = world.directory().resolve(folder);
    if (Files.exists(path) && !Files.isDirectory(path)) {
      throw new UsageException(
          Flag.OUT + " names a file, " + folder + ", and " + what + " need a folder",
          "name a folder, which is made if it is not there");
    }
    try {
      Links.refuse(world.directory(), path);
      Files.createDirectories(path);
    } catch (Links.LinkException e) {
      throw new InputException(
          folder + " is not written: " + FileProblem.ofWriting(e), e.hint(), e);
    } catch (IOException e) {
      throw new InputException(
          "the folder " + folder + " cannot be made: " + FileProblem.ofWriting(e), null, e);
    }
  }
}
