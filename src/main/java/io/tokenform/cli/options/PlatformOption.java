package io.tokenform.cli.options;

import io.tokenform.access.Flag;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.policy.Platform;
import io.tokenform.policy.PolicyParser;
import java.nio.file.Files;
import picocli.CommandLine.Option;

/** The option that names the platform file. */
@InGroup(OptionGroup.GUARDRAILS)
public final class PlatformOption {
  private static final String NAME = Flag.PLATFORM;
  private static final String OTHER_NAME = "--policy-guardrails";

  @Option(
      names = {NAME, OTHER_NAME},
      paramLabel = "FILE",
      description =
          "The platform file: which cluster the policy must be for, guardrails and expectations in"
              + " addition to the policy's own, sinks for the secrets of new tokens, and hosts of a fleet. The policy"
              + " cannot loosen them.")
  private String platform;

  /** Whether a platform file is named. */
  boolean isGiven() {
    return platform != null;
  }

  /** Reads the platform file, if one is named. */
  public Platform read(World world) throws InvalidPolicyException {
    if (platform == null) {
      return Platform.NONE;
    }
    if (Files.isDirectory(world.directory().resolve(platform))) {
      throw new UsageException(
          NAME + " names a directory, " + platform, "the platform file is a single file");
    }
    return PolicyParser.platform(
        PolicyFiles.readBesides(world, platform, "name the platform file with " + NAME));
  }
}
