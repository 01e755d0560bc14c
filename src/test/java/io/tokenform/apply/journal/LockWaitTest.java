package io.tokenform.apply.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.tokenform.apply.ApplyOptions;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** How an apply is carried out, and how it waits for another one. */
class LockWaitTest {
  private static LockWait wait(Duration limit, Duration pause) {
    return new LockWait(limit, pause, Duration.ZERO, () -> {});
  }

  @Test
  void aLimitMayBeZeroAndNotNegative() {
    assertThat(wait(Duration.ZERO, Duration.ofMillis(1)).limit()).isZero();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wait(Duration.ofMillis(-1), Duration.ofMillis(1)));
  }

  @Test
  void aPauseIsAtLeastAMillisecond() {
    assertThat(wait(Duration.ZERO, Duration.ofMillis(1)).pause()).hasMillis(1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> wait(Duration.ZERO, Duration.ofNanos(999_999)));
  }

  @Test
  void atLeastOneChangeIsMadeAtATime() {
    assertThat(new ApplyOptions(1, true).recheck()).isTrue();
    assertThat(new ApplyOptions(1, false).lockWait()).isEqualTo(LockWait.NONE);
    assertThatIllegalArgumentException().isThrownBy(() -> new ApplyOptions(0, false));
  }
}
