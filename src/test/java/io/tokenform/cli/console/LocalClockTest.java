package io.tokenform.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LocalClockTest {
  private final Clock clock = new LocalClock();

  @Test
  void isTheSystemsClock() {
    Instant before = Instant.now();

    assertThat(clock.instant()).isBetween(before, Instant.now());
    assertThat(clock.getZone()).isEqualTo(ZoneId.systemDefault());
  }

  @Test
  void canBeReadInAnotherZone() {
    assertThat(clock.withZone(ZoneOffset.UTC).getZone()).isEqualTo(ZoneOffset.UTC);
  }
}
