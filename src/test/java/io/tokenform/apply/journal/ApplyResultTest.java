package io.tokenform.apply.journal;

import static io.tokenform.apply.Changes.exchange;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What became of a plan, and what ended it. */
class ApplyResultTest {
  private static final Outcome FIRST = new Outcome.Applied(exchange(1), false);
  private static final Outcome SECOND =
      new Outcome.Failed(exchange(2), "no", Optional.empty(), false, OptionalInt.empty());
  private static final Outcome THIRD = new Outcome.Applied(exchange(3), true);

  private static ApplyResult result(Stop stop, Outcome... outcomes) {
    return new ApplyResult(List.of(outcomes), Optional.ofNullable(stop), Optional.empty());
  }

  @Test
  void outcomesOfOneKindStandInThePlansOrder() {
    ApplyResult result = result(null, FIRST, SECOND, THIRD);

    assertThat(result.of(Result.APPLIED)).containsExactly(FIRST, THIRD);
    assertThat(result.of(Result.DRIFTED)).isEmpty();
    assertThat(result.count(Result.APPLIED)).isEqualTo(2);
    assertThat(result.count(Result.FAILED)).isEqualTo(1);
  }

  @Test
  void itIsCompleteWhenEveryChangeWasMade() {
    assertThat(result(null, FIRST, THIRD).isComplete()).isTrue();
    assertThat(result(null).isComplete()).isTrue();
    assertThat(result(null, FIRST, SECOND).isComplete()).isFalse();
  }

  @Test
  void onlyAnInterruptInterrupts() {
    assertThat(result(new Stop.Interrupted()).wasInterrupted()).isTrue();
    assertThat(result(new Stop.Refused(401)).wasInterrupted()).isFalse();
    assertThat(result(null).wasInterrupted()).isFalse();
  }

  @Test
  void eachStopSaysWhatItWas() {
    JournalException lost = new JournalException("the disk is full", "free it", null);

    assertThat(new Stop.Interrupted().message()).startsWith("interrupted");
    assertThat(new Stop.Refused(403).message()).contains("403");
    assertThat(new Stop.JournalLost(lost).message()).startsWith("the disk is full");
    assertThat(new Stop.Defect(new IOException("broken")).message())
        .contains("java.io.IOException: broken");
  }
}
