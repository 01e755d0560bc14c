package io.tokenform.cli.files;

import io.tokenform.access.BoundedFile;
import io.tokenform.access.FileProblem;
import io.tokenform.access.Flag;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.fleet.FleetMerge;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.fleet.FleetPlanFile;
import io.tokenform.planfile.InvalidPlanException;
import io.tokenform.policy.placement.ClusterName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The folders in which plans of fleets are saved. */
public final class FleetPlanFiles {
  /** The largest plan of a cluster that is read, in bytes; a change takes about one kibibyte. */
  private static final int LARGEST = 128 << 20;

  private FleetPlanFiles() {}

  /** Whether a name is that of a folder, which may hold the plan of a fleet. */
  public static boolean isFolder(World world, String name) {
    return !name.equals(PolicyFiles.STANDARD_INPUT)
        && Files.isDirectory(world.directory().resolve(name));
  }

  /** The manifest in a folder, as a name for people and for files. */
  public static String manifest(String folder) {
    return Path.of(folder).resolve(FleetPlanFile.MANIFEST).toString();
  }

  /** The plan of one cluster in a folder, as a name for people. */
  public static String plan(String folder, ClusterName cluster) {
    return Path.of(folder).resolve(FleetPlanFile.file(cluster)).toString();
  }

  /** That a folder holds the plan of a share without clusters, for people. */
  public static String nothing(String folder) {
    return "the plan in " + folder + " is of no cluster; there is nothing to do";
  }

  /** Reads the plan in a folder; nothing where there was nothing to plan. */
  public static Optional<FleetPlan> read(World world, String folder) throws InputException {
    Path path = world.directory().resolve(folder);
    try {
      return FleetPlanFile.read(file -> bytes(path.resolve(file)));
    } catch (InvalidPlanException e) {
      throw new InputException(
          "the plan in " + folder + " cannot be used: " + e.getMessage(), e.hint().orElse(null), e);
    } catch (IOException e) {
      throw new InputException(
          "the plan in " + folder + " cannot be read: " + FileProblem.of(e), null, e);
    }
  }

  /** Reads what a machine left of its share: plans, or why there are none. */
  public static FleetMerge.Part readPart(World world, String folder) throws InputException {
    Path path = world.directory().resolve(folder);
    if (!Files.isDirectory(path)) {
      throw new InputException(
          "there is no folder " + folder,
          "name the folders that plan " + Flag.SHARD + " I/N " + Flag.OUT + " wrote");
    }
    try {
      return FleetPlanFile.readPart(folder, file -> bytes(path.resolve(file)));
    } catch (InvalidPlanException e) {
      throw new InputException(
          "the plan in " + folder + " cannot be used: " + e.getMessage(), e.hint().orElse(null), e);
    } catch (IOException e) {
      throw new InputException(
          "the plan in " + folder + " cannot be read: " + FileProblem.of(e), null, e);
    }
  }

  private static Optional<byte[]> bytes(Path file) throws IOException {
    try {
      return Optional.of(BoundedFile.readRegular(file, LARGEST));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  /**
   * Makes the folder, if it is not there, in which a plan is going to be saved.
   *
   * @throws UsageException if it is no folder
   */
  public static void prepare(World world, String folder) throws InputException {
    OutputFolders.make(world, folder, "the plans of a fleet");
  }

  /**
   * Removes the plans that an earlier run left in a folder, as its manifest names them, and nothing
   * else. The manifest stays, and is to be made void next.
   */
  public static void clear(World world, String folder) throws InputException {
    Path path = world.directory().resolve(folder);
    try {
      if (!isFile(path.resolve(FleetPlanFile.MANIFEST))) {
        return;
      }
      Optional<byte[]> manifest = bytes(path.resolve(FleetPlanFile.MANIFEST));
      for (String name : manifest.map(FleetPlanFile::named).orElse(List.of())) {
        if (isFile(path.resolve(name))) {
          Files.delete(path.resolve(name));
        }
      }
    } catch (IOException e) {
      throw new InputException(
          "earlier plans in " + folder + " cannot be removed: " + FileProblem.ofWriting(e),
          null,
          e);
    }
  }

  private static boolean isFile(Path path) {
    return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS);
  }

  /** The names of the files of the plans of some clusters; the first is the manifest. */
  public static List<String> names(List<ClusterName> clusters) {
    return Stream.concat(
            Stream.of(FleetPlanFile.MANIFEST), clusters.stream().map(FleetPlanFile::file))
        .toList();
  }

  /**
   * Saves a plan in a folder whose earlier manifest is void already: first come the plans, and the
   * manifest is the last.
   *
   * @param files by their names, as {@link FleetPlanFile#write} gives them
   */
  public static void write(World world, String folder, Map<String, String> files)
      throws InputException {
    for (Map.Entry<String, String> file : files.entrySet()) {
      OutputFiles.write(world, Path.of(folder).resolve(file.getKey()).toString(), file.getValue());
    }
  }
}
