package io.tokenform.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.apply.journal.Result;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgressTextTest {
  @Test
  void beforeTheFirstOutcomeThereIsNoRate() {
    assertThat(ProgressText.render(500, Map.of(), Duration.ofSeconds(5)))
        .isEqualTo("0 of 500 applied");
  }

  @Test
  void everyKindOfOutcomeIsCounted() {
    Map<Result, Integer> counts =
        Map.of(
            Result.APPLIED, 1200,
            Result.FAILED, 2,
            Result.DRIFTED, 3,
            Result.UNKNOWN, 4,
            Result.NOT_ATTEMPTED, 5);

    assertThat(ProgressText.render(5000, counts, Duration.ofSeconds(10)))
        .isEqualTo(
            "1,200 of 5,000 applied, 2 failed, 3 drifted, 4 unknown, 5 not attempted, 121/s,"
                + " about 32 s left");
  }

  @Test
  void atTheEndNothingIsLeft() {
    assertThat(ProgressText.render(2, Map.of(Result.APPLIED, 2), Duration.ofSeconds(1)))
        .isEqualTo("2 of 2 applied");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "10 | 499    | 10 of 100000 applied",
        "10 | 500    | '10 of 100,000 applied, 20/s, about 83 min left'",
        "99999 | 1000 | '99,999 of 100,000 applied, 99,999/s, about 1 s left'",
        "1  | 100    | 1 of 100000 applied",
        "50000 | 90000 | '50,000 of 100,000 applied, 556/s, about 2 min left'",
        "50000 | 89000 | '50,000 of 100,000 applied, 562/s, about 89 s left'",
        "1  | 3000   | '1 of 100,000 applied, 0.3/s, about 83 h left'",
        "99 | 10000  | '99 of 100,000 applied, 9.9/s, about 3 h left'",
      })
  void theRateAndTheTimeLeftAreRounded(int applied, long milliseconds, String line) {
    assertThat(
            ProgressText.render(
                100_000, Map.of(Result.APPLIED, applied), Duration.ofMillis(milliseconds)))
        .isEqualTo(line.replace("100000", "100,000"));
  }
}
