package io.tokenform.policy;

import io.tokenform.access.Glob;
import io.tokenform.access.TokenId;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a policy says of one guardrail.
 *
 * @param rule which one
 * @param level what follows where it is broken
 * @param where the place that says so; absent for a default
 * @param except whom it is not about: in a policy by names, in a file that the policy cannot loosen
 *     by ids, and for unmanaged tokens by ids or descriptions; {@code *} in a name or a description
 *     stands for any text
 * @param pattern what a whole description has to match, for {@link Guardrail#DESCRIPTION}
 * @param changes the most changes, for {@link Guardrail#MAX_CHANGES}
 * @param percent the most changes in percent of the managed tokens, for the same
 * @param least so many changes are never too many percent, for the same
 * @param days how soon is soon, for {@link Guardrail#EXPIRING}
 */
public record GuardrailSetting(
    Guardrail rule,
    Guardrail.Level level,
    Optional<Location> where,
    List<Located<String>> except,
    Optional<DescriptionPattern> pattern,
    OptionalInt changes,
    OptionalInt percent,
    OptionalInt least,
    OptionalInt days) {
  /** Two weeks: time enough to make a new token and bring it to its users. */
  public static final int DEFAULT_DAYS = 14;

  /** A single change is no accident of a large plan. */
  public static final int DEFAULT_LEAST = 1;

  public GuardrailSetting {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(where, "where");
    except = List.copyOf(except);
    Objects.requireNonNull(pattern, "pattern");
    Objects.requireNonNull(changes, "changes");
    Objects.requireNonNull(percent, "percent");
    Objects.requireNonNull(least, "least");
    Objects.requireNonNull(days, "days");
  }

  static GuardrailSetting byDefault(Guardrail rule) {
    return of(rule, rule.byDefault(), Optional.empty());
  }

  /** A level, and nothing more. */
  static GuardrailSetting of(Guardrail rule, Guardrail.Level level, Location where) {
    return of(rule, level, Optional.of(where));
  }

  private static GuardrailSetting of(
      Guardrail rule, Guardrail.Level level, Optional<Location> where) {
    return new GuardrailSetting(
        rule,
        level,
        where,
        List.of(),
        Optional.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty(),
        OptionalInt.empty());
  }

  /** The same, where a denial is a warning. */
  GuardrailSetting asAdvice() {
    return level == Guardrail.Level.DENY
        ? new GuardrailSetting(
            rule, Guardrail.Level.WARN, where, except, pattern, changes, percent, least, days)
        : this;
  }

  /**
   * How many changes are never too many percent. Where few tokens are managed, a single change is
   * many percent of them; 0 percent means none at all.
   */
  public int leastOrDefault() {
    return least.orElse(percent.orElse(0) == 0 ? 0 : DEFAULT_LEAST);
  }

  /** Whether it is not about somebody with this name or description. */
  public boolean excepts(String text) {
    return except.stream().anyMatch(glob -> Glob.matches(glob.value(), text));
  }

  /** Whether it is not about the live token with this id. */
  public boolean excepts(TokenId id) {
    return except.stream().anyMatch(entry -> entry.value().equalsIgnoreCase(id.toString()));
  }
}
