package io.tokenform.cli.files;

import io.tokenform.cli.console.World;
import io.tokenform.report.RepositoryPaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The checkout that a run works in. */
public final class Repository {
  /** Where a runner of GitHub says that the checkout is. */
  private static final String WORKSPACE = "GITHUB_WORKSPACE";

  private Repository() {}

  /** What files are called in the repository that they are part of. */
  public static RepositoryPaths paths(World world) {
    return new RepositoryPaths(
        world.directory().toAbsolutePath(),
        workspace(world),
        Repository::real,
        folder -> Files.exists(folder.resolve(".git")));
  }

  private static Optional<Path> workspace(World world) {
    // A CI runner always gives an absolute path.
    return Optional.ofNullable(world.environment().get(WORKSPACE))
        .map(Path::of)
        .filter(Path::isAbsolute);
  }

  /** The path without links; of a file that is gone, its folder's, as far as that is there. */
  private static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path parent = path.getParent();
      return parent == null ? path : real(parent).resolve(path.getFileName()).normalize();
    }
  }
}
