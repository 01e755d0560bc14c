package io.tokenform.cli.options;

import io.tokenform.access.Flag;
import io.tokenform.access.ShellWord;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.cluster.settings.Target;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.policy.ClusterSection;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyFile;
import io.tokenform.policy.PolicyParser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/** The option that says which policy. */
@InGroup(OptionGroup.SUBJECT)
public final class PolicyOption {
  private static final List<String> NOT_GIVEN = List.of(PolicyFiles.USUAL_FILE);

  @Option(
      names = {"-f", Surroundings.POLICY},
      paramLabel = "PATH",
      description = {
        "A file of the policy, a directory whose *.yaml, *.yml and *.json below are its files, or -"
            + " for standard input. May be given several times; tokens.yaml in the working"
            + " directory if not given."
      })
  private List<String> paths = NOT_GIVEN;

  /** The options that name the policy, as somebody gave them and would give them again. */
  @SuppressWarnings("ReferenceEquality") // The usual file needs no option.
  String given() {
    return paths == NOT_GIVEN
        ? ""
        : paths.stream().map(path -> " -f " + ShellWord.of(path)).collect(Collectors.joining());
  }

  /** Whether another run can read it too: standard input is read once. */
  boolean isRepeatable() {
    return !paths.contains(PolicyFiles.STANDARD_INPUT);
  }

  /** Refuses the option, where a fleet file names the files of each policy. */
  @SuppressWarnings("ReferenceEquality") // The usual file needs no option.
  public void refuse() {
    if (paths != NOT_GIVEN) {
      throw new UsageException(
          "-f names the policy of one cluster, and " + Flag.FLEET + " those of several",
          "leave it out; the fleet file names the files of each cluster");
    }
  }

  /** The paths as the user gave them. */
  public List<String> paths() {
    return paths;
  }

  /** Whether a file, by its real path, is one of those that are named, or that are looked for. */
  boolean reads(World world, Path file) {
    return paths.stream()
        .filter(path -> !path.equals(PolicyFiles.STANDARD_INPUT))
        .map(path -> PolicyFiles.identity(world.directory().resolve(path)))
        .anyMatch(path -> file.equals(path) || PolicyFiles.isBelow(path, file));
  }

  /** Reads the policy. */
  public Policy read(World world) throws InvalidPolicyException {
    return PolicyParser.merge(files(world));
  }

  /**
   * Reads the policy, unless none is given and none stands where one is looked for, or only an
   * empty file.
   */
  @SuppressWarnings("ReferenceEquality") // A user who names the usual file expects it to exist.
  Optional<Policy> readWhereThere(World world) throws InvalidPolicyException {
    boolean isGiven = paths != NOT_GIVEN;
    return isGiven || PolicyFiles.hasUsual(world) ? Optional.of(read(world)) : Optional.empty();
  }

  /** Reads the policy's files. */
  public List<PolicyFile> files(World world) {
    return PolicyFiles.read(world, paths);
  }

  /** The cluster that a policy is for. */
  public Target target(World world, Policy policy) {
    return Target.of(policy, folder(world, policy));
  }

  /** The folder to which the paths in a policy are relative: that of the file that says them. */
  static Path folder(World world, Policy policy) {
    Optional<Path> file =
        policy
            .cluster()
            .map(ClusterSection::product)
            .map(product -> product.where().source().name())
            .filter(name -> !name.equals(PolicyFiles.STANDARD_INPUT))
            .map(name -> world.directory().resolve(name).toAbsolutePath());
    return file.map(Path::getParent).orElse(world.directory());
  }
}
