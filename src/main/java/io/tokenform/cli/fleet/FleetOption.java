package io.tokenform.cli.fleet;

import io.tokenform.access.Flag;
import io.tokenform.access.ShellWord;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.Console;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.FleetFiles;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.ClusterPlan;
import io.tokenform.fleet.Fleet;
import io.tokenform.fleet.FleetCluster;
import io.tokenform.fleet.FleetMatrix;
import io.tokenform.fleet.FleetPlan;
import io.tokenform.fleet.FleetShare;
import io.tokenform.fleet.Shard;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.ClusterSelector;
import io.tokenform.policy.placement.Places;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say which fleet, and which of its clusters. */
@InGroup(OptionGroup.FLEET)
public final class FleetOption {
  @Option(
      names = Flag.FLEET,
      paramLabel = "FILE",
      description =
          "The fleet file: the clusters, the files of the policy of each, and their order; fleet.yaml"
              + " if another option about a fleet is given without it.")
  private String file;

  @Option(
      names = Flag.ONLY,
      paramLabel = "SELECTOR",
      converter = SelectorConverter.class,
      description =
          "Of the fleet, only these clusters: a name, a pattern such as 'prod-*', '!NAME' for all"
              + " others, LABEL=VALUE or LABEL!=VALUE; with commas between several, all must hold."
              + " May be given several times, for clusters that one of them means.")
  private List<ClusterSelector> only;

  @Option(
      names = Flag.TRUST_FLEET_HOSTS,
      description =
          "Let the management tokens go to the hosts that the fleet file names; hosts in the platform"
              + " file does the same for those that it lists.")
  private boolean trustsHosts;

  @Option(
      names = Flag.SHARD,
      paramLabel = "I/N",
      converter = ShardConverter.class,
      description =
          "Of those clusters, only this share: 0/4 to 3/4 are four shares, for four machines.")
  private Shard shard;

  /** Whether a command is about a fleet; else it is about one cluster. */
  public boolean isGiven() {
    return file != null || only != null || shard != null || trustsHosts;
  }

  /** The fleet file that is named, as the user wrote it, or else the usual one. */
  public String path() {
    return file == null ? FleetFiles.USUAL_FILE : file;
  }

  /**
   * Whether a file, by its real path, is the fleet file or may be one of a policy, as far as that
   * can be told before any of them is read.
   */
  public boolean mayRead(World world, Path file) {
    Path fleet = PolicyFiles.identity(world.directory().resolve(path()));
    String name = file.getFileName().toString();
    return file.equals(fleet)
        || (file.startsWith(fleet.resolveSibling(""))
            && (name.endsWith(".yaml") || name.endsWith(".yml")));
  }

  /** Whether only a share of the clusters is meant. */
  public boolean isShare() {
    return shard != null;
  }

  /** Says that the share of this machine has no cluster, which is no error. */
  public void tellEmpty(Console console) {
    console.note(empty());
  }

  /** That the share of this machine has no cluster, for whatever waits for something about them. */
  public String empty() {
    return "the share " + shard + " has no cluster; there is nothing to do";
  }

  /** Whether the management tokens may go to every host that the fleet file names. */
  boolean trustsHosts() {
    return trustsHosts;
  }

  /**
   * A fleet and those of its clusters that the options mean, without their policies.
   *
   * @param clusters in the order of the fleet file; none if the share is empty
   */
  record Choice(Fleet fleet, List<FleetCluster> clusters) {
    Choice {
      clusters = List.copyOf(clusters);
    }
  }

  /** Reads the fleet file alone. */
  Choice choose(World world) throws InvalidPolicyException {
    Fleet fleet = FleetFiles.open(world, path()).fleet();
    return new Choice(fleet, chosen(fleet));
  }

  /** Reads the fleet file that is named, or else the usual one, and the files of its clusters. */
  public FleetInventory read(World world) throws InvalidPolicyException {
    FleetFiles files = FleetFiles.open(world, path());
    return FleetInventory.read(path(), files, chosen(files.fleet()));
  }

  /**
   * The same for clusters that are named, whatever the options choose.
   *
   * @throws UsageException if the fleet has none of such a name
   */
  FleetInventory read(World world, List<ClusterName> names) throws InvalidPolicyException {
    FleetFiles files = FleetFiles.open(world, path());
    for (ClusterName name : names) {
      Optional<Places.Mistake> mistake =
          files.fleet().places().mistake(ClusterSelector.parse(name.value()));
      if (mistake.isPresent()) {
        throw new UsageException(mistake.get().message(), mistake.get().hint());
      }
    }
    return FleetInventory.read(
        path(),
        files,
        files.fleet().clusters().stream()
            .filter(cluster -> names.contains(cluster.name()))
            .toList());
  }

  /** The options that name the fleet, each with a blank before it, as somebody would give them. */
  public String words() {
    return " " + Flag.FLEET + " " + ShellWord.of(path());
  }

  /** Whether no cluster is left out; of several shares, all are made with the same selectors. */
  boolean isWhole() {
    return only == null;
  }

  /** Whether the fleet file itself is named. */
  public boolean namesFile() {
    return file != null;
  }

  /** Which share of a fleet is meant, if not all of its chosen clusters are. */
  public Optional<FleetShare> share(Fleet whole) {
    return Optional.ofNullable(shard)
        .map(
            mine ->
                new FleetShare(mine, FleetMatrix.waves(whole, whole.select(selectors())).size()));
  }

  /** The same of saved plans. */
  public Optional<FleetShare> share(FleetPlan saved) {
    return Optional.ofNullable(shard)
        .map(
            mine ->
                new FleetShare(
                    mine,
                    (int) selected(saved).stream().map(ClusterPlan::wave).distinct().count()));
  }

  /** Reads the fleet file, and no policy. */
  public FleetSites sites(World world) throws InvalidPolicyException {
    FleetFiles files = FleetFiles.open(world, path());
    return new FleetSites(path(), files.folder(), chosen(files.fleet()));
  }

  /** The same without the files of the clusters, for what needs no policy. */
  FleetInventory readClusters(World world) throws InvalidPolicyException {
    FleetFiles files = FleetFiles.open(world, path());
    return FleetInventory.withoutPolicies(path(), files, chosen(files.fleet()));
  }

  /** The clusters of a fleet that the options mean, in its order; none if the share is empty. */
  private List<FleetCluster> chosen(Fleet fleet) {
    requireMeant(fleet.places());
    List<FleetCluster> meant = fleet.select(selectors());
    return shard == null ? meant : shard.of(meant);
  }

  /**
   * Those plans of a fleet that the options mean, in its order; none if the share is empty.
   *
   * @throws UsageException if a selector means none of them
   */
  public List<ClusterPlan> chosen(FleetPlan plan) {
    requireMeant(
        new Places("the saved plan", plan.clusters().stream().map(ClusterPlan::place).toList()));
    List<ClusterPlan> meant = selected(plan);
    return shard == null ? meant : shard.of(meant);
  }

  private List<ClusterPlan> selected(FleetPlan plan) {
    return plan.clusters().stream()
        .filter(cluster -> ClusterSelector.anySelects(selectors(), cluster.place()))
        .toList();
  }

  private List<ClusterSelector> selectors() {
    return only == null ? List.of() : only;
  }

  private void requireMeant(Places places) {
    for (ClusterSelector selector : selectors()) {
      Optional<Places.Mistake> mistake = places.mistake(selector);
      if (mistake.isPresent()) {
        throw new UsageException(
            Flag.ONLY + " " + selector + ": " + mistake.get().message(), mistake.get().hint());
      }
    }
  }

  /** Reads a selector; which clusters and labels there are, the fleet file says. */
  static final class SelectorConverter implements ITypeConverter<ClusterSelector>, Completable {
    @Override
    public ClusterSelector convert(String text) {
      try {
        return ClusterSelector.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(
            "this does not say which clusters are meant: "
                + e.getMessage()
                + "; "
                + ClusterSelector.FORM);
      }
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return surroundings.begun().startsWith("!")
          ? surroundings.clusterNames().stream().map(name -> "!" + name).toList()
          : surroundings.clusters();
    }
  }

  /** Reads a share. */
  static final class ShardConverter implements ITypeConverter<Shard> {
    @Override
    public Shard convert(String text) {
      try {
        return Shard.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage() + "; " + Shard.FORM);
      }
    }
  }
}
