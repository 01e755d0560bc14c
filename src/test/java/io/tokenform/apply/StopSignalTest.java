package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.apply.journal.Stop;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Why an apply has to end before its time. */
@Timeout(900)
class StopSignalTest {
  private static final Stop REFUSED = new Stop.Refused(401);
  private static final Stop DEFECT = new Stop.Defect(new IllegalStateException("broken"));

  private final StoppableApi api = new StoppableApi();
  private final StopSignal signal = new StopSignal(api);

  @Test
  void itIsNotSetByItself() {
    assertThat(signal.isSet()).isFalse();
    assertThat(signal.reason()).isEmpty();
    assertThat(api.stops()).isZero();
  }

  @Test
  void theFirstReasonCountsAndTheClusterIsStopped() {
    signal.because(REFUSED);
    signal.because(DEFECT);

    assertThat(signal.isSet()).isTrue();
    assertThat(signal.reason()).contains(REFUSED);
    assertThat(api.stops()).isEqualTo(2);
    assertThat(api.isClosed()).isFalse();
  }

  @Test
  void anInterruptCountsBeforeAllOthers() {
    signal.because(REFUSED);
    signal.because(new Stop.Interrupted());
    signal.because(DEFECT);

    assertThat(signal.reason()).contains(new Stop.Interrupted());
  }

  @Test
  void whatIsInFlightIsGivenUpWhenThePatienceIsOver() throws Exception {
    signal.giveUpAfter(Duration.ofMillis(1));

    api.awaitClose();
    assertThat(signal.isSet()).isFalse();
  }
}
