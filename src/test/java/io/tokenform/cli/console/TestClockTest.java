package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TestClockTest {
  private static final Clock NOON =
      Clock.fixed(Instant.parse("2026-01-01T12:00:00Z"), ZoneOffset.UTC);

  @ParameterizedTest
  @CsvSource({
    "+91d, 2026-04-02T12:00:00Z",
    "-30m, 2026-01-01T11:30:00Z",
    "+0s, 2026-01-01T12:00:00Z",
    "' +48h ', 2026-01-03T12:00:00Z",
    "2030-12-31T23:59:59Z, 2030-12-31T23:59:59Z",
    "2020-01-01T00:00:00.5+01:00, 2019-12-31T23:00:00.500Z",
  })
  void aDurationMovesTheClockAndAnInstantSetsIt(String value, Instant now) {
    assertThat(TestClock.isMoved(Map.of(TestClock.VARIABLE, value))).isTrue();
    assertThat(moved(NOON, value).instant()).isEqualTo(now);
  }

  @Test
  void aClockThatIsSetGoesOn() {
    Clock real = Clock.systemUTC();
    Clock set = moved(real, "2030-01-01T00:00:00Z");
    Instant before = real.instant();

    Duration ahead = Duration.between(before, set.instant());

    Duration passed = Duration.between(before, real.instant());
    Duration all = Duration.between(before, Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(ahead).isBetween(all, all.plusSeconds(60).plus(passed));
    assertThat(set.instant()).isAfterOrEqualTo(Instant.parse("2030-01-01T00:00:00Z"));
    Instant last = set.instant();
    while (!set.instant().isAfter(last)) {
      Thread.onSpinWait();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  "})
  void anEmptyVariableSaysNothing(String value) {
    assertThat(TestClock.isMoved(Map.of(TestClock.VARIABLE, value))).isFalse();
    assertThat(moved(NOON, value)).isSameAs(NOON);
    assertThat(TestClock.isMoved(Map.of())).isFalse();
    assertThat(TestClock.moved(NOON, Map.of())).isSameAs(NOON);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "91d",
        "+",
        "+-1d",
        "+1w",
        "+99999d",
        "+1d12h",
        "tomorrow",
        "2030-01-01",
        "2030-13-01T00:00:00Z",
        "2030-01-01T00:00:00",
        "1893456000"
      })
  void anythingElseIsWrongUsage(String value) {
    assertThatExceptionOfType(UsageException.class)
        .isThrownBy(() -> moved(NOON, value))
        .withMessage(
            "the value of TOKENFORM_TEST_CLOCK is neither a duration with its sign nor an instant");
  }

  private static Clock moved(Clock clock, String value) {
    return TestClock.moved(clock, Map.of(TestClock.VARIABLE, value));
  }
}
