package io.tokenform.cli.options;

import io.tokenform.access.Flag;
import io.tokenform.access.TokenName;
import io.tokenform.cli.complete.Completable;
import io.tokenform.cli.complete.Surroundings;
import io.tokenform.cli.console.UsageException;
import io.tokenform.finding.Nearest;
import io.tokenform.plan.Due;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say which tokens a plan is about, and in which order. */
public final class SelectionOptions {
  @Option(
      names = Flag.TARGET,
      paramLabel = "NAME",
      converter = TokenNames.class,
      description = "Plan only for this token of the policy. May be given several times.")
  private List<String> targets = List.of();

  @Option(
      names = "--exclude",
      paramLabel = "NAME",
      converter = TokenNames.class,
      description = "Leave this token of the policy out. May be given several times.")
  private List<String> excluded = List.of();

  @Option(
      names = "--order",
      paramLabel = "ORDER",
      defaultValue = "grant-first",
      converter = OrderConverter.class,
      description =
          "grant-first, so that a handover leaves no gap, or revoke-first, for incidents;"
              + " grant-first if not given.")
  private WaveOrder order;

  @Option(
      names = Flag.DUE,
      paramLabel = "WHEN",
      defaultValue = "include",
      converter = DueOption.class,
      description =
          "What to do about changes that fall due with time alone (rotations by age or expiry,"
              + " retirements): include them, plan only those, or exclude them; include if not"
              + " given.")
  private Due due;

  Due due() {
    return due;
  }

  WaveOrder order() {
    return order;
  }

  /** Which tokens; each of them is one of the policy's. */
  Selection selection(Policy policy) {
    Selection selection =
        new Selection(names("--target", targets, policy), names("--exclude", excluded, policy));
    boolean nothingIsLeft =
        !policy.tokens().isEmpty()
            && policy.tokens().stream().noneMatch(token -> selection.includes(token.name()));
    if (nothingIsLeft) {
      throw new UsageException("--target and --exclude leave no token to plan for", null);
    }
    return selection;
  }

  private static Set<TokenName> names(String option, List<String> given, Policy policy) {
    checkNames(option, given, policy);
    Set<String> wanted = new HashSet<>(given);
    return policy.tokens().stream()
        .map(DesiredToken::name)
        .filter(name -> wanted.contains(name.value()))
        .collect(Collectors.toSet());
  }

  /** Refuses an option that names a token which the policy has not. */
  static void checkNames(String option, List<String> given, Policy policy) {
    if (given.isEmpty()) {
      return;
    }
    Set<String> known =
        policy.tokens().stream()
            .map(token -> token.name().value())
            .collect(Collectors.toCollection(LinkedHashSet::new));
    given.stream()
        .filter(name -> !known.contains(name))
        .findFirst()
        .ifPresent(
            name -> {
              throw new UsageException(
                  option + ": the policy has no token \"" + name + "\"",
                  Nearest.hint(name, known).orElse(null));
            });
  }

  /** Reads an order by its word. */
  public static final class OrderConverter implements ITypeConverter<WaveOrder>, Completable {
    @Override
    public WaveOrder convert(String word) {
      for (WaveOrder order : WaveOrder.values()) {
        if (order.toString().equals(word)) {
          return order;
        }
      }
      throw new TypeConversionException(
          "there is no order \"" + word + "\"; the orders are grant-first and revoke-first");
    }

    @Override
    public List<String> words(Surroundings surroundings) {
      return Arrays.stream(WaveOrder.values()).map(WaveOrder::toString).toList();
    }
  }
}
