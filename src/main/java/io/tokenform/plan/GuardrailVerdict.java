package io.tokenform.plan;

import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Location;
import io.tokenform.policy.GuardrailSetting;
import java.util.Comparator;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * What became of one guardrail that a plan was held against.
 *
 * @param rule which one
 * @param level what follows where it is broken
 * @param source who set it
 * @param where the place that sets it; absent for a default
 * @param verdict the worst that it led to
 */
public record GuardrailVerdict(
    Guardrail rule,
    Guardrail.Level level,
    Source source,
    Optional<Location> where,
    Verdict verdict) {
  /** By rule, and of one rule by who set it. */
  public static final Comparator<GuardrailVerdict> ORDER =
      (one, other) -> {
        int byRule = one.rule.compareTo(other.rule);
        return byRule != 0 ? byRule : one.source.compareTo(other.source);
      };

  public GuardrailVerdict {
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(level, "level");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(verdict, "verdict");
  }

  GuardrailVerdict withVerdict(Verdict other) {
    return new GuardrailVerdict(rule, level, source, where, other);
  }

  /** Whether it is the platform's, and has at least the level of that setting. */
  boolean isAsStrictAs(GuardrailSetting setting) {
    return source == Source.PLATFORM
        && rule == setting.rule()
        && (level == setting.level() || level == Guardrail.Level.DENY);
  }

  /** Who set a guardrail. */
  public enum Source {
    /** The platform file, which the policy cannot loosen. */
    PLATFORM,
    /** The policy itself. */
    POLICY,
    /** Nobody. */
    DEFAULT;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** What a guardrail can lead to, from bad to worst. */
  public enum Verdict {
    /** Nothing breaks it, or nothing was asked for that could. */
    PASSED,
    /** Something does, and the plan says so. */
    WARNED,
    /** Something does that would be denied, and was allowed this once. */
    ALLOWED,
    /** Something does, and the plan may not be applied. */
    DENIED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
