package io.tokenform.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Durations in other forms are understood for a hint, and others are not guessed at. */
class DurationSpellingTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "90; 90d",
        "90 d; 90d",
        "90D; 90d",
        "90 days; 90d",
        "1 day; 1d",
        "1w; 7d",
        "2 weeks; 14d",
        "3 months; 90d",
        "1y; 365d",
        "48 hours; 2d",
        "36hrs; 36h",
        "90 mins; 90m",
        "30sec; 30s",
        "1.5h; 90m",
        "0,5 days; 12h",
        "1d12h; 36h",
        "1 day, 12 hours; 36h",
        "1h30m; 90m",
        "P90D; 90d",
        "p90d; 90d",
        "P1W; 7d",
        "P3M; 90d",
        "PT48H; 2d",
        "PT3M; 3m",
        "P1DT12H; 36h",
        "' 90d '; 90d",
      })
  void whatWasMeantIsWrittenAsAPolicyHasIt(String text, String right) {
    assertThat(DurationSpelling.of(text, 'd')).contains(right);
  }

  @Test
  void aNumberAloneHasTheUnitOfItsKey() {
    assertThat(DurationSpelling.of("60", 's')).contains("1m");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "d",
        "P",
        "PT",
        "-5d",
        "0 days",
        "90 fortnights",
        "10000 days",
        "1.1234567s",
        "0.3s",
        "3 4",
        "3d 4",
        "soon",
        "99999999999999999999d",
        "1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d"
      })
  void whatMayMeanAnythingIsNotGuessedAt(String text) {
    assertThat(DurationSpelling.of(text, 'd')).isEmpty();
  }
}
