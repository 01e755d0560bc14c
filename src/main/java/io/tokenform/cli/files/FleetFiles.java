package io.tokenform.cli.files;

import io.tokenform.access.BoundedFile;
import io.tokenform.access.FileProblem;
import io.tokenform.access.Flag;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.fleet.ClusterFiles;
import io.tokenform.fleet.Fleet;
import io.tokenform.fleet.FleetCluster;
import io.tokenform.fleet.FleetParser;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.placement.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reads a fleet file and the files of its clusters, each once, however many clusters share it.
 *
 * <p>Somebody who can change a fleet file must not be able to have other files read: all that it
 * names is below its own folder, and so is where a link leads.
 */
public final class FleetFiles {
  /** The fleet file where none is named. */
  public static final String USUAL_FILE = "fleet.yaml";

  private final World world;
  private final Fleet fleet;
  private final Path folder;
  private final Path file;
  private final PolicyFiles.Shared shared;

  private FleetFiles(World world, String path, Fleet fleet) {
    this.world = world;
    this.fleet = fleet;
    Path named = world.directory().resolve(path).toAbsolutePath();
    this.folder = named.resolveSibling("");
    this.file = PolicyFiles.identity(named);
    Set<Path> leftOut = new HashSet<>(Set.of(file));
    fleet
        .clusters()
        .forEach(
            cluster -> seed(cluster).ifPresent(seed -> leftOut.add(PolicyFiles.identity(seed))));
    this.shared =
        new PolicyFiles.Shared(
            folder,
            path.substring(0, path.lastIndexOf('/') + 1),
            leftOut,
            new ConcurrentHashMap<>(),
            new ConcurrentHashMap<>(),
            "the fleet file");
  }

  /**
   * Reads a fleet file.
   *
   * @param path as the user wrote it
   * @throws InvalidPolicyException with everything that is wrong with it, seeds outside of its
   *     folder included
   */
  public static FleetFiles open(World world, String path) throws InvalidPolicyException {
    if (path.equals(PolicyFiles.STANDARD_INPUT)) {
      throw new UsageException(
          Flag.FLEET + " does not read standard input",
          "name a file: the paths in it are relative to its folder");
    }
    Path file = world.directory().resolve(path);
    if (Files.isDirectory(file)) {
      throw new UsageException(
          Flag.FLEET + " names a directory, " + path, "the fleet file is a single file");
    }
    FleetFiles files = new FleetFiles(world, path, FleetParser.parse(path, bytes(file, path)));
    files.refuseSeedsOutside();
    return files;
  }

  /** An embedded sandbox begins with its seed whatever the policy of its cluster is. */
  private void refuseSeedsOutside() throws InvalidPolicyException {
    List<Diagnostic> problems = new ArrayList<>();
    for (FleetCluster cluster : fleet.clusters()) {
      cluster
          .cluster()
          .seed()
          .filter(seed -> seed(cluster).filter(this::isInside).isEmpty())
          .ifPresent(
              seed ->
                  problems.add(
                      outside(seed.where(), "this seed is outside the fleet file's folder")));
    }
    if (!problems.isEmpty()) {
      throw new InvalidPolicyException(problems);
    }
  }

  private static byte[] bytes(Path file, String path) throws InvalidPolicyException {
    Location start = new Location(new SourceText(path, ""), 1, 1, 1);
    try {
      return BoundedFile.read(file, PolicyFile.MAX_BYTES);
    } catch (BoundedFile.TooLargeException e) {
      throw new InvalidPolicyException(
          List.of(
              Diagnostic.error(
                      Code.FILE_TOO_LARGE,
                      start,
                      "the file has more than " + PolicyFile.MAX_BYTES / (1024 * 1024) + " MiB")
                  .hint("name a fleet file with " + Flag.FLEET)));
    } catch (IOException e) {
      throw new InvalidPolicyException(
          List.of(
              Diagnostic.error(Code.UNREADABLE_FILE, start, FileProblem.of(e))
                  .hint("name the fleet file with " + Flag.FLEET)));
    }
  }

  /** The clusters that a fleet file names, whatever is wrong with the rest of it. */
  public static List<Place> places(World world, String path) {
    try {
      return FleetParser.places(path, bytes(world.directory().resolve(path), path));
    } catch (InvalidPolicyException e) {
      return List.of();
    }
  }

  public Fleet fleet() {
    return fleet;
  }

  /** The folder to which the paths in the fleet file are relative. */
  public Path folder() {
    return folder;
  }

  /**
   * Reads the files of a cluster; what is wrong with its paths is told at their places. May be
   * asked on several threads.
   */
  public ClusterFiles of(FleetCluster cluster) {
    List<Diagnostic> problems = new ArrayList<>();
    List<String> paths = new ArrayList<>();
    for (Located<String> path : cluster.files()) {
      Optional<Diagnostic> problem = problem(path);
      problem.ifPresentOrElse(problems::add, () -> paths.add(path.value()));
    }
    return new ClusterFiles(PolicyFiles.read(world, paths, shared), problems);
  }

  private Optional<Diagnostic> problem(Located<String> path) {
    Path found = folder.resolve(path.value());
    if (!Files.exists(found)) {
      return Optional.of(
          Diagnostic.error(
                  Code.UNREADABLE_FILE,
                  path.where(),
                  "there is no file or folder \"" + path.value() + "\" beside the fleet file")
              .hint("correct the path, which is relative to the fleet file's folder"));
    }
    if (!isInside(found)) {
      return Optional.of(
          outside(path.where(), "this path is a link that leads outside the fleet file's folder"));
    }
    return PolicyFiles.identity(found).equals(file)
        ? Optional.of(
            Diagnostic.error(
                    Code.UNREADABLE_FILE, path.where(), "this is the fleet file, and no policy")
                .hint("name the files and folders of the cluster's policy"))
        : Optional.empty();
  }

  private static Diagnostic outside(Location where, String message) {
    return Diagnostic.error(Code.OUTSIDE_FOLDER, where, message)
        .hint("put it into the folder that the fleet file is in");
  }

  private boolean isInside(Path path) {
    return PolicyFiles.identity(path).startsWith(PolicyFiles.identity(folder));
  }

  private Optional<Path> seed(FleetCluster cluster) {
    try {
      return cluster.cluster().seed().map(seed -> folder.resolve(seed.value()));
    } catch (InvalidPathException e) {
      return Optional.empty();
    }
  }
}
