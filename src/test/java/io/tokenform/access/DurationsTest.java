package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations as people write them. */
class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "90d, P90D, 90d",
    "48h, PT48H, 2d",
    "36h, PT36H, 36h",
    "15m, PT15M, 15m",
    "60m, PT1H, 1h",
    "30s, PT30S, 30s",
    "0s, PT0S, 0s",
    "0d, PT0S, 0s",
    "007d, P7D, 7d",
    "9999d, P9999D, 9999d",
  })
  void theyAreReadAndWritten(String text, Duration duration, String written) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
    assertThat(Durations.text(duration)).isEqualTo(written);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "d",
        "90",
        "90 d",
        "-1d",
        "1.5h",
        "1w",
        "P90D",
        "90D",
        "10000d",
        "9999999999d",
        "99999999999d"
      })
  void otherTextsAreRefused(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("\"" + text + "\"");
  }

  @Test
  void partsOfASecondAreLeftOut() {
    assertThat(Durations.text(Duration.ofMillis(1_999))).isEqualTo("1s");
  }
}
