package io.tokenform.cli.files;

import io.tokenform.access.BoundedFile;
import io.tokenform.access.FileProblem;
import io.tokenform.access.Masking;
import io.tokenform.access.ShellWord;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.InputException;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.live.InvalidSnapshotException;
import io.tokenform.live.Snapshot;
import io.tokenform.live.SnapshotFile;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.report.text.Counts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Reads snapshots, and keeps those of a fleet apart. */
public final class SnapshotFiles {
  /** The largest snapshot that is read, in bytes; a token takes about half a kibibyte. */
  private static final int LARGEST = 256 << 20;

  /** What the names of the snapshots of a fleet end in. */
  private static final String SNAPSHOT = ".snapshot.json";

  private SnapshotFiles() {}

  /**
   * The name of the snapshot of a cluster in the folder of a fleet's; as its own, it is no path.
   */
  public static String of(ClusterName cluster) {
    return cluster.value() + SNAPSHOT;
  }

  /** The path of the snapshot of a cluster in the folder of a fleet's. */
  public static String in(String folder, ClusterName cluster) {
    return Path.of(folder).resolve(of(cluster)).toString();
  }

  /** Whether a file is the snapshot of a cluster in a folder of a fleet's; both are real paths. */
  public static boolean isIn(Path folder, Path file) {
    return folder.equals(file.getParent()) && file.getFileName().toString().endsWith(SNAPSHOT);
  }

  /**
   * The snapshot in a file.
   *
   * @param file its name, or {@code -} for standard input
   */
  public static Snapshot read(World world, String file) throws InputException {
    return read(world, file, "take one with tokenform snapshot --out FILE, and name it");
  }

  /** The snapshot of a cluster in the folder of a fleet's. */
  public static Snapshot read(World world, String folder, ClusterName cluster)
      throws InputException {
    String name = Path.of(folder).resolve(of(cluster)).toString();
    Path file = world.directory().resolve(name);
    if (Files.exists(file) && !Files.isRegularFile(file)) {
      // A pipe might have no end.
      throw new InputException(
          "the snapshot " + name + " cannot be read: it is not a regular file",
          "remove it, and take the snapshot again");
    }
    return read(
        world,
        name,
        "take it with tokenform snapshot --fleet FILE --only "
            + cluster
            + " --out "
            + ShellWord.of(folder));
  }

  private static Snapshot read(World world, String file, String howToTake) throws InputException {
    String name = file.equals(PolicyFiles.STANDARD_INPUT) ? "on standard input" : file;
    try {
      return file.equals(PolicyFiles.STANDARD_INPUT)
          ? SnapshotFile.read(BoundedFile.read(world.in(), LARGEST))
          : read(world.directory().resolve(file));
    } catch (InvalidSnapshotException e) {
      throw new InputException(
          "the snapshot " + name + " cannot be used: " + e.getMessage(), e.hint().orElse(null), e);
    } catch (IOException e) {
      throw new InputException(
          "the snapshot " + name + " cannot be read: " + FileProblem.of(e), howToTake, e);
    }
  }

  /**
   * Makes the folder, if it is not there, in which the snapshots of a fleet are going to be saved.
   *
   * @throws UsageException if it is no folder
   */
  public static void prepare(World world, String folder) throws InputException {
    OutputFolders.make(world, folder, "the snapshots of a fleet");
  }

  /**
   * Removes the snapshot of a cluster that an earlier run has left in a folder: nobody must take it
   * for one of this run.
   */
  public static void remove(World world, String folder, ClusterName cluster) throws InputException {
    String name = Path.of(folder).resolve(of(cluster)).toString();
    Path file = world.directory().resolve(name);
    try {
      if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
        throw new InputException(
            name + " is a folder, and the snapshot of " + cluster + " would be there",
            "move it, or name another folder with --out");
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new InputException(
          "the earlier snapshot " + name + " cannot be removed: " + FileProblem.ofWriting(e),
          null,
          e);
    }
  }

  /**
   * The file for a snapshot, which has no secret that this run knows.
   *
   * @throws InputException if it would have one
   */
  public static String text(Snapshot snapshot, Masking masking) throws InputException {
    String text = SnapshotFile.write(snapshot);
    if (!masking.maskJson(text).equals(text)) {
      throw new InputException(
          "the snapshot would contain a secret that this run was given; nothing was written",
          "a management token that is a word, or the beginning of a name, cannot be told apart from"
              + " the snapshot's text: use another");
    }
    return text;
  }

  /**
   * Warns of tokens in which something was masked.
   *
   * @param cluster whose they are, where there are several clusters
   */
  public static void tellMasked(Snapshot snapshot, Optional<ClusterName> cluster, Console console) {
    if (snapshot.masked() > 0) {
      console.warning(
          cluster.map(name -> name + ": ").orElse("")
              + Counts.of(
                  (int) snapshot.masked(),
                  "token has something like a secret in its description or databases",
                  "tokens have something like a secret in their descriptions or databases")
              + ", which is masked",
          Optional.of(
              "change it; a plan of such a token has another digest than from the cluster"));
    }
  }

  /**
   * The snapshot in a file, to compare a later one with.
   *
   * @throws InputException if it is of another cluster, or not earlier
   */
  public static Snapshot readEarlier(World world, String file, Snapshot current)
      throws InputException {
    Snapshot earlier = read(world, file);
    if (!earlier.live().cluster().isSameCluster(current.live().cluster())) {
      throw new InputException(
          "the snapshot of --since is of another cluster, and cannot be compared with this one",
          "name a snapshot of the same cluster");
    }
    if (earlier.takenAt().isAfter(current.takenAt())) {
      throw new InputException(
          "the snapshot of --since was taken at "
              + earlier.takenAt()
              + ", which is later than "
              + current.takenAt(),
          "give the older one with --since, and the newer one with --live");
    }
    return earlier;
  }

  static Snapshot read(Path file) throws IOException, InvalidSnapshotException {
    return SnapshotFile.read(BoundedFile.read(file, LARGEST));
  }
}
