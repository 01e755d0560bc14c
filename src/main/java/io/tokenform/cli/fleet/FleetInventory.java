package io.tokenform.cli.fleet;

import io.tokenform.access.Flag;
import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.FleetFiles;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Located;
import io.tokenform.finding.SourceText;
import io.tokenform.fleet.ClusterFiles;
import io.tokenform.fleet.ClusterPolicy;
import io.tokenform.fleet.Fleet;
import io.tokenform.fleet.FleetCluster;
import io.tokenform.fleet.FleetPolicies;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.policy.placement.ClusterName;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A fleet as it stands in files: the clusters that were chosen, each with its policy or with what
 * is wrong with that. Every file is read once.
 *
 * @param path the fleet file, as the user wrote it
 * @param files reads it and the files that it names
 * @param policies those of the chosen clusters, in the order of the fleet file
 */
public record FleetInventory(String path, FleetFiles files, FleetPolicies policies) {
  public FleetInventory {
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(files, "files");
    Objects.requireNonNull(policies, "policies");
  }

  /**
   * Reads the files of some clusters.
   *
   * @param chosen in the order of the fleet file
   */
  static FleetInventory read(String path, FleetFiles files, List<FleetCluster> chosen) {
    return new FleetInventory(path, files, FleetPolicies.of(files.fleet(), chosen, files::of));
  }

  /** Some clusters whose files nobody needs: none of them is read, and no cluster has a policy. */
  static FleetInventory withoutPolicies(String path, FleetFiles files, List<FleetCluster> chosen) {
    ClusterFiles none = new ClusterFiles(List.of(), List.of());
    return new FleetInventory(
        path, files, FleetPolicies.of(files.fleet(), chosen, cluster -> none));
  }

  /** The same beside a platform file and all clusters of the fleet, whichever are chosen. */
  public FleetInventory within(Platform platform) {
    return new FleetInventory(
        path,
        files,
        policies.within(platform, () -> FleetPolicies.of(fleet(), fleet().clusters(), files::of)));
  }

  /** What the paths in the fleet file are relative to. */
  Path folder() {
    return files.folder();
  }

  /**
   * Refuses a folder in which what a command is going to write would be taken for a part of the
   * policy of any cluster of the fleet, because the fleet file names it, or a folder above.
   *
   * @param out the folder, as the user named it
   * @param names of the files, whose kind is the same; at least one
   */
  public void refuseFolder(World world, String out, List<String> names) {
    Path path = PolicyFiles.identity(world.directory().resolve(out));
    Set<Path> policies =
        fleet().clusters().stream()
            .flatMap(cluster -> cluster.files().stream())
            .map(Located::value)
            .distinct()
            .map(file -> PolicyFiles.identity(folder().resolve(file)))
            .collect(Collectors.toUnmodifiableSet());
    Path first = path.resolve(names.get(0));
    if (policies.stream().anyMatch(policy -> PolicyFiles.isBelow(policy, first))
        || names.stream().map(path::resolve).anyMatch(policies::contains)) {
      throw new UsageException(
          Flag.OUT
              + " names a folder, "
              + out
              + ", whose files are read as the policy of a cluster",
          "name another one, or one whose name begins with a dot");
    }
  }

  /** The names of all tokens that any of the chosen clusters has. */
  public Set<TokenName> tokenNames() {
    // Clusters that share all files share their tokens, which is the same list for each of them.
    Set<List<DesiredToken>> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    return clusters().stream()
        .flatMap(cluster -> cluster.policy().stream())
        .map(Policy::tokens)
        .filter(seen::add)
        .flatMap(List::stream)
        .map(DesiredToken::name)
        .collect(Collectors.toUnmodifiableSet());
  }

  /** The names of all databases of which the policy of any of the chosen clusters speaks. */
  public Set<DatabaseName> databaseNames() {
    Set<DatabaseName> names = new HashSet<>();
    for (ClusterPolicy cluster : clusters()) {
      cluster.policy().ifPresent(policy -> names.addAll(policy.databaseNames()));
    }
    return names;
  }

  /** The whole fleet. */
  public Fleet fleet() {
    return policies.fleet();
  }

  /** The chosen clusters with their policies. */
  public List<ClusterPolicy> clusters() {
    return policies.all();
  }

  /** The names of the chosen clusters. */
  public List<ClusterName> clusterNames() {
    return clusters().stream().map(ClusterPolicy::name).toList();
  }

  /** Whether no cluster is chosen, as where there are more shares than clusters. */
  public boolean isEmpty() {
    return clusters().isEmpty();
  }

  /** Whether a file, by its real path, is one of those that were read. */
  public boolean reads(World world, Path file) {
    Stream<String> sources =
        clusters().stream()
            .flatMap(
                cluster ->
                    Stream.concat(
                        cluster.policy().stream()
                            .flatMap(policy -> policy.sources().stream())
                            .map(SourceText::name),
                        cluster.findings().stream()
                            .map(finding -> finding.where().source().name())));
    return Stream.concat(Stream.of(path), sources)
        .distinct()
        .anyMatch(name -> PolicyFiles.identity(world.directory().resolve(name)).equals(file));
  }

  /** Those of the {@link #findings} that are errors. */
  public List<Diagnostic> errors() {
    return findings().stream().filter(Diagnostic::isError).toList();
  }

  /** What is wrong with any of them, by its place, and once for a file that several share. */
  public List<Diagnostic> findings() {
    return policies.findings();
  }
}
