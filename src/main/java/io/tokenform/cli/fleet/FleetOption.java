package io.tokenform.cli.fleet;

import io.tokenform.access.Flag;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.FleetFiles;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.fleet.Fleet;
import io.tokenform.policy.placement.ClusterSelector;
import io.tokenform.policy.placement.Places;
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
          "The fleet file: the clusters, the files of the policy of each, and their order.")
  private String file;

  @Option(
      names = Flag.ONLY,
      paramLabel = "SELECTOR",
      converter = SelectorConverter.class,
      description =
          "Of the fleet, only these clusters: a name, a pattern such as 'prod-*', LABEL=VALUE or"
              + " LABEL!=VALUE; with commas between several, all must hold. May be given several"
              + " times, for clusters that one of them means.")
  private List<ClusterSelector> only;

  @Option(
      names = Flag.TRUST_FLEET_HOSTS,
      description =
          "Let the management tokens go to the hosts that the fleet file names; hosts in the platform"
              + " file does the same for those that it lists.")
  private boolean trustsHosts;

  /** Whether a fleet is named; else a command is about one cluster. */
  public boolean isGiven() {
    return file != null;
  }

  /** Refuses options about a fleet where none is named. */
  public void requireFleet() {
    if (file == null && (only != null || trustsHosts)) {
      throw new UsageException(
          (only != null ? Flag.ONLY : Flag.TRUST_FLEET_HOSTS)
              + " is about a fleet, and none is named",
          "name the fleet file with " + Flag.FLEET);
    }
  }

  /** Whether the management tokens may go to every host that the fleet file names. */
  boolean trustsHosts() {
    return trustsHosts;
  }

  /** Reads the fleet file that is named, or else the usual one, and the files of its clusters. */
  public FleetInventory read(World world) throws InvalidPolicyException {
    String path = file == null ? FleetFiles.USUAL_FILE : file;
    FleetFiles files = FleetFiles.open(world, path);
    requireMeant(files.fleet());
    return FleetInventory.read(path, files, selectors());
  }

  private List<ClusterSelector> selectors() {
    return only == null ? List.of() : only;
  }

  private void requireMeant(Fleet fleet) {
    for (ClusterSelector selector : selectors()) {
      Optional<Places.Mistake> mistake = fleet.places().mistake(selector);
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
      return surroundings.clusters();
    }
  }
}
