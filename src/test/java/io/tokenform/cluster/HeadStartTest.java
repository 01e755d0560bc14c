package io.tokenform.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HeadStartTest {
  @ParameterizedTest
  @EnumSource
  void whoConnectsWaitsForItsEnd(HeadStart.Need need) {
    HeadStart headStart = HeadStart.begin(need);

    headStart.await();

    assertThat(headStart.isOver()).isTrue();
  }

  @Test
  void anInterruptIsKeptForWhoeverWaits() {
    HeadStart headStart = HeadStart.begin(HeadStart.Need.TLS);
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
