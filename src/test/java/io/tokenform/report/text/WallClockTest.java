package io.tokenform.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class WallClockTest {
  @Test
  void aTimeSaysItsZoneAndAllItsSeconds() {
    Instant winter = Instant.parse("2026-11-26T09:00:00Z");
    assertThat(WallClock.of(winter, ZoneId.of("Europe/Berlin")))
        .isEqualTo("2026-11-26 10:00:00 +01:00");
    assertThat(WallClock.of(winter, ZoneOffset.UTC)).isEqualTo("2026-11-26 09:00:00 UTC");
    assertThat(WallClock.of(Instant.parse("2026-07-01T23:59:59.9Z"), ZoneId.of("Europe/Berlin")))
        .isEqualTo("2026-07-02 01:59:59 +02:00");
  }
}
