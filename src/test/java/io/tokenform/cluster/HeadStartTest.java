package io.tokenform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadStartTest {
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoConnectsWaitsForItsEnd(boolean isEncrypted) {
    HeadStart headStart = HeadStart.begin(isEncrypted);

    headStart.await();

    assertThat(headStart.isOver()).isTrue();
  }

  @Test
  void anInterruptIsKeptForWhoeverWaits() {
    HeadStart headStart = HeadStart.begin(true);
    Thread.currentThread().interrupt();

    headStart.await();

    assertThat(Thread.interrupted()).isTrue();
    assertThat(headStart.isOver()).isTrue();
  }

  @Test
  void withoutOneThereIsNothingToWaitFor() {
    HeadStart.none().await();

    assertThat(HeadStart.none().isOver()).isTrue();
  }
}
