package io.tokenform.cli.fleet;

import io.tokenform.cli.files.FleetFiles;
import io.tokenform.finding.Diagnostic;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.fleet.Fleet;
import io.tokenform.fleet.FleetPolicies;
import io.tokenform.policy.placement.ClusterSelector;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * A fleet as it stands in files: the clusters that were chosen, each with its policy or with what
 * is wrong with that. Every file is read once.
 *
 * @param path the fleet file, as the user wrote it
 * @param folder what the paths in it are relative to
 * @param policies those of the chosen clusters, in the order of the fleet file
 */
public record FleetInventory(String path, Path folder, FleetPolicies policies) {
  public FleetInventory {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(folder, "folder");
    Objects.requireNonNull(policies, "policies");
  }

  /**
   * Reads the files of the clusters.
   *
   * @param only which of them; all if there are none
   */
  static FleetInventory read(String path, FleetFiles files, List<ClusterSelector> only) {
    Fleet fleet = files.fleet();
    return new FleetInventory(
        path, files.folder(), FleetPolicies.of(fleet, fleet.select(only), files::of));
  }

  /** The whole fleet. */
  public Fleet fleet() {
    return policies.fleet();
  }

  /** The chosen clusters with their policies. */
  public List<ClusterPolicy> clusters() {
    return policies.all();
  }

  /** What is wrong with any of them, by its place, and once for a file that several share. */
  public List<Diagnostic> findings() {
    return policies.findings();
  }
}
