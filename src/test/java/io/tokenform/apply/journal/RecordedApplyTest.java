package io.tokenform.apply.journal;

import static io.tokenform.apply.Changes.exchange;
import static io.tokenform.apply.Changes.header;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An apply as its journal tells it. */
class RecordedApplyTest {
  private static RecordedChange ended(int number, Result result) {
    return RecordedChange.started(exchange(number)).ended(result, Optional.empty(), true);
  }

  private static RecordedApply recorded(int planned, RecordedChange... changes) {
    return new RecordedApply(
        "j.jsonl",
        header(planned),
        List.of(changes),
        Optional.empty(),
        Optional.empty(),
        "sha256:0");
  }

  @Test
  void changesAreCountedByTheirResults() {
    RecordedApply apply =
        recorded(
            6,
            ended(1, Result.APPLIED),
            ended(2, Result.FAILED),
            ended(3, Result.APPLIED),
            ended(4, Result.NOT_ATTEMPTED),
            RecordedChange.started(exchange(5)));

    assertThat(apply.count(Result.APPLIED)).isEqualTo(2);
    assertThat(apply.count(Result.FAILED)).isEqualTo(1);
    assertThat(apply.count(Result.DRIFTED)).isZero();
    assertThat(apply.open()).isEqualTo(1);
    // One that the journal names, and one that it never came to.
    assertThat(apply.notAttempted()).isEqualTo(2);
  }

  @Test
  void aHeaderThatSaysLessThanThereIsCountsForNothing() {
    assertThat(recorded(0, ended(1, Result.APPLIED)).notAttempted()).isZero();
  }

  @Test
  void aChangeThatWasStartedMayHaveHappened() {
    RecordedChange started = RecordedChange.started(exchange(1));

    assertThat(started.mayHaveHappened()).isTrue();
    assertThat(started.attempts()).isZero();
    assertThat(started.result()).isEmpty();
    assertThat(started.attempted().attempted().attempts()).isEqualTo(2);
    assertThat(started.attempted().mayHaveHappened()).isTrue();
  }

  @Test
  void theEndKeepsTheAttempts() {
    RecordedChange ended =
        RecordedChange.started(exchange(1))
            .attempted()
            .ended(Result.FAILED, Optional.of("409"), false);

    assertThat(ended)
        .isEqualTo(
            new RecordedChange(
                exchange(1),
                1,
                Optional.of(Result.FAILED),
                Optional.of("409"),
                false,
                Map.of(),
                Optional.empty()));
  }
}
