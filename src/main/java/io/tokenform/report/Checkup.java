package io.tokenform.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code doctor} found out.
 *
 * @param settings the settings, with where each came from
 * @param checks the checks that were made, in their order; the first that failed is the last
 */
public record Checkup(List<Setting> settings, List<Check> checks) {
  public Checkup {
    settings = List.copyOf(settings);
    checks = List.copyOf(checks);
  }

  /**
   * A setting.
   *
   * @param value never a secret
   * @param origin the flag, the variable or the file and line
   */
  public record Setting(String name, String value, String origin) {
    public Setting {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(value, "value");
      Objects.requireNonNull(origin, "origin");
    }
  }

  /**
   * A check.
   *
   * @param fact what was found, or what went wrong
   * @param hint what to do about it
   */
  public record Check(String name, boolean passed, String fact, Optional<String> hint) {
    public Check {
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(fact, "fact");
      Objects.requireNonNull(hint, "hint");
    }

    public static Check passed(String name, String fact) {
      return new Check(name, true, fact, Optional.empty());
    }

    public static Check failed(String name, String problem, Optional<String> hint) {
      return new Check(name, false, problem, hint);
    }
  }

  /** Whether every check passed, and there were any. */
  public boolean isHealthy() {
    return !checks.isEmpty() && checks.stream().allMatch(Check::passed);
  }
}
