package io.tokenform.cli.fleet;

import io.tokenform.access.Flag;
import io.tokenform.cli.console.UsageException;
import io.tokenform.fleet.FleetCluster;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The chosen clusters of a fleet without their policies: whatever is wrong with those, it must not
 * keep anybody from undoing something.
 *
 * @param path the fleet file, as the user wrote it
 * @param folder what the paths in it are relative to
 * @param clusters in the order of the fleet file
 */
public record FleetSites(String path, Path folder, List<FleetCluster> clusters) {
  /** How many names a message lists. */
  private static final int MOST_NAMES = 10;

  public FleetSites {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(folder, "folder");
    clusters = List.copyOf(clusters);
  }

  /**
   * The one cluster that is meant.
   *
   * @param what what is about one cluster alone, for people
   * @throws UsageException if it is none, or if there are several
   */
  public FleetCluster only(String what) {
    if (clusters.size() != 1) {
      String names =
          clusters.stream()
              .limit(MOST_NAMES)
              .map(cluster -> cluster.name().value())
              .collect(Collectors.joining(", "));
      throw new UsageException(
          what
              + " is about one cluster, and "
              + (clusters.isEmpty()
                  ? "none is meant"
                  : clusters.size()
                      + " are meant: "
                      + names
                      + (clusters.size() > MOST_NAMES ? ", and others" : "")),
          "name one of them with " + Flag.ONLY + " NAME");
    }
    return clusters.get(0);
  }
}
