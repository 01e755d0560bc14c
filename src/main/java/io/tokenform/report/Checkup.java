package io.tokenform.report;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@code doctor} found out.
 *
 * @param settings the settings, with where each came from
 * @param checks the checks of the connection that were made, in their order; the first that failed
 *     is the last
 * @param sinks those of the platform file, each of which was checked, by name
 */
public record Checkup(List<Setting> settings, List<Check> checks, List<Sink> sinks) {
  public Checkup {
    settings = List.copyOf(settings);
    checks = List.copyOf(checks);
    sinks = List.copyOf(sinks);
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

  /**
   * A sink.
   *
   * @param kind what kind of sink it is, in one word
   * @param check what was found out about it, under its name
   */
  public record Sink(String kind, Check check) {
    public Sink {
      Objects.requireNonNull(kind, "kind");
      Objects.requireNonNull(check, "check");
    }
  }

  /** Whether every check passed, and there were any of the connection. */
  public boolean isHealthy() {
    return isConnected() && sinks.stream().map(Sink::check).allMatch(Check::passed);
  }

  /** Whether every check of the connection passed, and there were any. */
  public boolean isConnected() {
    return !checks.isEmpty() && checks.stream().allMatch(Check::passed);
  }
}
