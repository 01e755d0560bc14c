package io.tokenform.access.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How long data is kept. */
class RetentionTest {
  @ParameterizedTest
  @CsvSource({
    "90d, 7776000000000000, 90d, 90 days",
    "1d, 86400000000000, 1d, 1 day",
    "24h, 86400000000000, 1d, 1 day",
    "12h, 43200000000000, 12h, 12 hours",
    "36h, 129600000000000, 36h, 36 hours",
    "90m, 5400000000000, 90m, 90 minutes",
    "5m, 300000000000, 5m, 5 minutes",
    "61s, 61000000000, 61s, 61 seconds",
    "1ms, 1000000, 1ms, 1 millisecond",
    "2us, 2000, 2us, 2 microseconds",
    "3ns, 3, 3ns, 3 nanoseconds",
    "infinite, 0, infinite, infinite",
    // What influxctl's manual has for examples.
    "0d, 0, infinite, infinite",
    "0s, 0, infinite, infinite",
    "3d, 259200000000000, 3d, 3 days",
    "6w, 3628800000000000, 42d, 42 days",
    "1mo, 2592000000000000, 30d, 30 days",
    "1y, 31536000000000000, 365d, 365 days",
    "30d30d, 5184000000000000, 60d, 60 days",
    "2.5d, 216000000000000, 60h, 60 hours",
    "1y2mo3w4d5h6m, 38898360000000000, 648306m, 648306 minutes",
    "9223372036854775807ns, 9223372036854775807, 9223372036854775807ns, "
        + "9223372036854775807 nanoseconds",
  })
  void isReadAndWritten(String text, long nanoseconds, String canonical, String forPeople) {
    Retention read = Retention.parse(text);

    assertThat(read.nanoseconds()).isEqualTo(nanoseconds);
    assertThat(read.text()).isEqualTo(canonical);
    assertThat(read).hasToString(canonical);
    assertThat(read.forPeople()).isEqualTo(forPeople);
    assertThat(Retention.parse(canonical)).isEqualTo(read).hasSameHashCodeAs(read);
    assertThat(Retention.ofNanoseconds(nanoseconds)).isEqualTo(read);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "d",
        "90",
        "0",
        "90 d",
        " 90d",
        "-1d",
        "90D",
        "1.d",
        ".5d",
        "1,5d",
        "P90D",
        "Infinite",
        "INF",
        "never",
        "30d-1d",
        "1q",
        "90dd",
        "٩d",
        "infinite1d"
      })
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> Retention.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"" + text + "\" is not a retention such as 90d, 12h or infinite");
  }

  @ParameterizedTest
  @ValueSource(strings = {"293y", "106752d", "9223372036854775808ns", "9999999999999999999y"})
  void oneThatIsTooLongSaysWhatToWrite(String text) {
    assertThatThrownBy(() -> Retention.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"" + text + "\" is longer than 292 years, the longest retention; write infinite");
  }

  @Test
  void partsOfANanosecondAreRefused() {
    assertThatThrownBy(() -> Retention.parse("0.5ns"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("\"0.5ns\" is not a whole number of nanoseconds");
  }

  @Test
  void comesFromADurationAndGoesBack() {
    assertThat(Retention.of(Duration.ofHours(36)).duration()).contains(Duration.ofHours(36));
    assertThat(Retention.INFINITE.duration()).isEmpty();
    assertThatThrownBy(() -> Retention.of(Duration.ZERO))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Retention.of(Duration.ofSeconds(-1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Retention.of(Duration.ofDays(200_000)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("292 years");
    assertThatThrownBy(() -> Retention.ofNanoseconds(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("negative");
  }

  @Test
  void infiniteIsTheLongest() {
    Retention month = Retention.parse("30d");
    Retention quarter = Retention.parse("90d");
    Retention longest = Retention.ofNanoseconds(Long.MAX_VALUE);

    assertThat(month.isShorterThan(quarter)).isTrue();
    assertThat(quarter.isShorterThan(month)).isFalse();
    assertThat(month.isShorterThan(month)).isFalse();
    assertThat(longest.isShorterThan(Retention.INFINITE)).isTrue();
    assertThat(Retention.INFINITE.isShorterThan(longest)).isFalse();
    assertThat(Retention.INFINITE.isShorterThan(Retention.INFINITE)).isFalse();
    assertThat(Retention.INFINITE.isInfinite()).isTrue();
    assertThat(longest.isInfinite()).isFalse();
  }
}
