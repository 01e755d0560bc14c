package io.tokenform.cli.console;

import io.tokenform.access.Durations;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;

/**
 * A clock that tests and examples move, so that what falls due with time can be seen at once. It is
 * for sandboxes alone: whoever connects to a cluster asks {@link #isMoved} first.
 */
public final class TestClock {
  /**
   * The environment variable that moves the clock: by {@code +91d} or {@code -30m}, or to {@code
   * 2030-01-01T00:00:00Z}, from where it goes on. An empty one says nothing.
   */
  public static final String VARIABLE = "TOKENFORM_TEST_CLOCK";

  private TestClock() {}

  /** Whether these variables move the clock. */
  public static boolean isMoved(Map<String, String> environment) {
    return setting(environment).isPresent();
  }

  /**
   * A clock, moved as the variable says, if it says something.
   *
   * @throws UsageException if the variable says neither a duration nor an instant
   */
  public static Clock moved(Clock clock, Map<String, String> environment) {
    Optional<String> setting = setting(environment);
    return setting.isPresent() ? Clock.offset(clock, offset(setting.get(), clock)) : clock;
  }

  private static Optional<String> setting(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(VARIABLE))
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }

  private static Duration offset(String text, Clock clock) {
    try {
      return switch (text.charAt(0)) {
        case '+' -> Durations.parse(text.substring(1));
        case '-' -> Durations.parse(text.substring(1)).negated();
        default -> Duration.between(clock.instant(), OffsetDateTime.parse(text).toInstant());
      };
    } catch (IllegalArgumentException | DateTimeException e) {
      // The value is not repeated: what stands in a variable by mistake may be a secret.
      throw new UsageException(
          "the value of " + VARIABLE + " is neither a duration with its sign nor an instant",
          "write " + VARIABLE + "=+91d, -30m or 2030-01-01T00:00:00Z; or unset " + VARIABLE);
    }
  }
}
