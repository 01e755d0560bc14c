package io.tokenform.cli.options;

import io.tokenform.access.Flag;
import io.tokenform.access.ShellWord;
import io.tokenform.access.TokenName;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.UsageException;
import io.tokenform.cli.console.World;
import io.tokenform.cli.files.PolicyFiles;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.policy.Platform;
import io.tokenform.policy.Policy;
import io.tokenform.policy.PolicyParser;
import java.nio.file.Files;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options about what a plan has to pass. */
public final class GuardrailOptions {
  public static final String NAME = Flag.PLATFORM;
  private static final String OTHER_NAME = "--policy-guardrails";

  @Option(
      names = Flag.ALLOW,
      paramLabel = "RULE[:TOKEN]",
      converter = AllowanceConverter.class,
      description =
          "Allow the plan to break this guardrail once, for one token (by its name or id) or for"
              + " all; the plan records it. For a rule of the platform file, a token must be given"
              + " by its id. May be given several times.")
  private List<Allowance> allowances = List.of();

  @Option(
      names = {NAME, OTHER_NAME},
      paramLabel = "FILE",
      description =
          "The platform file: which cluster the policy must be for, guardrails in addition to the"
              + " policy's own, and sinks for the secrets of new tokens. The policy cannot loosen"
              + " them.")
  private String platform;

  /** What is allowed; each token that it names is one of the policy's. */
  public Set<Allowance> allowances(Policy policy) {
    SelectionOptions.checkNames(
        "--allow",
        allowances.stream()
            .flatMap(allowance -> allowance.name().stream())
            .map(TokenName::value)
            .toList(),
        policy);
    return new LinkedHashSet<>(allowances);
  }

  /** The option that names the platform file, with a blank before it; nothing where none does. */
  String given() {
    return platform == null ? "" : " " + NAME + " " + ShellWord.of(platform);
  }

  /** Reads the platform file, if one is named. */
  public Platform platform(World world) throws InvalidPolicyException {
    if (platform == null) {
      return Platform.NONE;
    }
    if (platform.isBlank()) {
      throw new UsageException(NAME + " names no file", "is a variable empty?");
    }
    if (Files.isDirectory(world.directory().resolve(platform))) {
      throw new UsageException(
          NAME + " names a directory, " + platform, "the platform file is a single file");
    }
    return PolicyParser.platform(
        PolicyFiles.readBesides(world, platform, "name the platform file with " + NAME));
  }

  /** Reads an allowance. */
  static final class AllowanceConverter implements ITypeConverter<Allowance>, Completable {
    @Override
    public Allowance convert(String text) {
      try {
        return Allowance.parse(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      String begun = surroundings.begun();
      int colon = begun.indexOf(':');
      if (colon < 0) {
        return Guardrail.words();
      }
      return Guardrail.named(begun.substring(0, colon))
          .filter(Guardrail::isAboutOneToken)
          .map(rule -> surroundings.tokenNames().stream().map(name -> rule + ":" + name).toList())
          .orElse(List.of());
    }
  }
}
