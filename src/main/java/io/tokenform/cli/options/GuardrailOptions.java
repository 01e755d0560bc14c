package io.tokenform.cli.options;

import io.tokenform.access.Flag;
import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.World;
import io.tokenform.cli.help.InGroup;
import io.tokenform.cli.help.OptionGroup;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.policy.Platform;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options about what a plan has to pass. */
@InGroup(OptionGroup.GUARDRAILS)
public final class GuardrailOptions {
  public static final String NAME = Flag.PLATFORM;

  @Option(
      names = Flag.ALLOW,
      paramLabel = "RULE[:TOKEN]",
      converter = AllowanceConverter.class,
      description =
          "Allow the plan to break this guardrail once, for one token (by its name or id; for a"
              + " rule about databases, a database's name) or for all; the plan records it. For a"
              + " rule of the platform file, a token must be given by its id. May be given several"
              + " times.")
  private List<Allowance> allowances = List.of();

  @Mixin private PlatformOption platform = new PlatformOption();

  /**
   * What is allowed.
   *
   * @param known the names of all tokens of the policy, or of the policies of a fleet; each that an
   *     allowance names is one of them
   * @param databases the names of all its databases, likewise; only permissions that are left can
   *     be on others
   */
  public Set<Allowance> allowances(Set<TokenName> known, Set<DatabaseName> databases) {
    SelectionOptions.checkNames(
        "--allow",
        allowances.stream()
            .filter(allowance -> !allowance.rule().isAboutOneDatabase())
            .flatMap(allowance -> allowance.name().stream())
            .map(TokenName::value)
            .toList(),
        known);
    SelectionOptions.checkDatabases(
        "--allow",
        allowances.stream()
            .filter(allowance -> allowance.rule().isAboutOneDatabase())
            .filter(allowance -> allowance.rule() != Guardrail.DANGLING)
            .flatMap(allowance -> allowance.name().stream())
            .map(TokenName::value)
            .toList(),
        databases);
    return new LinkedHashSet<>(allowances);
  }

  /** Whether a platform file is named. */
  boolean isGiven() {
    return platform.isGiven();
  }

  /** Reads the platform file, if one is named. */
  public Platform platform(World world) throws InvalidPolicyException {
    return platform.read(world);
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
      Optional<Guardrail> rule = Guardrail.named(begun.substring(0, colon));
      if (rule.isEmpty()) {
        return List.of();
      }
      List<String> names = List.of();
      if (rule.get().isAboutOneToken()) {
        names = surroundings.tokenNames();
      } else if (rule.get().isAboutOneDatabase()) {
        names = surroundings.databaseNames();
      }
      return names.stream().map(name -> rule.get() + ":" + name).toList();
    }
  }
}
