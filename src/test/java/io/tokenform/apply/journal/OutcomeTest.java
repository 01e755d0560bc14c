package io.tokenform.apply.journal;

import static io.tokenform.apply.Changes.LOGS;
import static io.tokenform.apply.Changes.exchange;
import static io.tokenform.apply.Changes.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Token;
import io.tokenform.plan.TokenChange;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each outcome says of its change. */
class OutcomeTest {
  private static final TokenChange CHANGE = exchange(1);
  private static final Token LIVE = token(1, "Somebody's", LOGS);

  @Test
  void whatWasAppliedMayHaveHappened() {
    Outcome applied = new Outcome.Applied(CHANGE, false);
    Outcome found = new Outcome.Applied(CHANGE, true);

    assertThat(applied.result()).isEqualTo(Result.APPLIED);
    assertThat(applied.mayHaveHappened()).isTrue();
    assertThat(applied.reason()).isEmpty();
    assertThat(applied.hint()).isEmpty();
    assertThat(applied.status()).isEmpty();
    assertThat(applied.foundLive()).isEmpty();
    assertThat(found.reason().orElseThrow()).contains("found as desired");
  }

  @Test
  void aFailureTellsWhatTheAnswerTold() {
    Outcome failed =
        new Outcome.Failed(CHANGE, "409 conflict", Optional.of("wait"), true, OptionalInt.of(409));

    assertThat(failed.result()).isEqualTo(Result.FAILED);
    assertThat(failed.reason()).contains("409 conflict");
    assertThat(failed.hint()).contains("wait");
    assertThat(failed.mayHaveHappened()).isTrue();
    assertThat(failed.status()).hasValue(409);
    assertThat(failed.foundLive()).isEmpty();
  }

  @Test
  void whatHasDriftedHappenedOnlyIfItWasSent() {
    Outcome before = new Outcome.Drifted(CHANGE, LIVE, false);
    Outcome after = new Outcome.Drifted(CHANGE, LIVE, true);

    assertThat(before.result()).isEqualTo(Result.DRIFTED);
    assertThat(before.mayHaveHappened()).isFalse();
    assertThat(before.reason().orElseThrow()).contains("not sent");
    assertThat(after.mayHaveHappened()).isTrue();
    assertThat(after.reason().orElseThrow()).contains("neither as before nor as desired");
    assertThat(after.hint()).isPresent();
    assertThat(after.foundLive()).contains(LIVE);
  }

  @Test
  void whatIsUnknownMayHaveHappened() {
    Outcome unknown = new Outcome.Unknown(CHANGE, "no answer", OptionalInt.of(500));

    assertThat(unknown.result()).isEqualTo(Result.UNKNOWN);
    assertThat(unknown.mayHaveHappened()).isTrue();
    assertThat(unknown.reason()).contains("no answer");
    assertThat(unknown.hint()).isPresent();
    assertThat(unknown.status()).hasValue(500);
  }

  @Test
  void whatWasNotAttemptedDidNotHappen() {
    Outcome notAttempted = new Outcome.NotAttempted(CHANGE);

    assertThat(notAttempted.result()).isEqualTo(Result.NOT_ATTEMPTED);
    assertThat(notAttempted.mayHaveHappened()).isFalse();
    assertThat(notAttempted.reason()).isEmpty();
    assertThat(notAttempted.endsTheApply()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "400, false",
    "401, true",
    "402, false",
    "403, true",
    "404, false",
    "429, true",
    "500, false",
  })
  void onlyWhatNoFurtherCallCanPassEndsTheApply(int status, boolean ends) {
    OptionalInt answer = OptionalInt.of(status);

    assertThat(
            new Outcome.Failed(CHANGE, "refused", Optional.empty(), false, answer).endsTheApply())
        .isEqualTo(ends);
    assertThat(new Outcome.Unknown(CHANGE, "refused", answer).endsTheApply()).isEqualTo(ends);
  }

  @ParameterizedTest
  @EnumSource(Result.class)
  void aResultIsFoundByItsWord(Result result) {
    assertThat(Result.named(result.toString())).contains(result);
    assertThat(result.toString())
        .isEqualTo(result.name().toLowerCase(Locale.ROOT).replace('_', ' '));
  }

  @Test
  void noOtherWordIsAResult() {
    assertThat(Result.named("APPLIED")).isEmpty();
  }
}
