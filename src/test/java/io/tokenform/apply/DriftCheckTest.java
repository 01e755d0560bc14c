package io.tokenform.apply;

import static io.tokenform.apply.Changes.LOGS;
import static io.tokenform.apply.Changes.METRICS;
import static io.tokenform.apply.Changes.fields;
import static io.tokenform.apply.Changes.id;
import static io.tokenform.apply.Changes.plan;
import static io.tokenform.apply.Changes.revoked;
import static io.tokenform.apply.Changes.token;
import static io.tokenform.apply.Changes.update;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Token;
import io.tokenform.apply.journal.StaleJournalException;
import io.tokenform.plan.Plan;
import io.tokenform.plan.Update;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whether the live tokens are still as a plan found them. */
class DriftCheckTest {
  private static final Token A = token(1, "A", METRICS);
  private static final Token B = token(2, "B", METRICS);

  /** Widens a, and takes from b. */
  private static Plan both() throws Exception {
    return plan(
        """
        tokens:
          b: {id: %s, permissions: {}}
          a: {id: %s, permissions: {read: [metrics, logs]}}
        """
            .formatted(id(2), id(1)),
        A,
        B);
  }

  private static List<String> names(List<Drift> drifts) {
    return drifts.stream().map(drift -> drift.change().address().name()).toList();
  }

  @Test
  void nothingHasDriftedWhereEachTokenIsAsItWas() throws Exception {
    assertThat(DriftCheck.of(both(), List.of(B, token(3, "C"), A), Instant.EPOCH)).isEmpty();
    assertThat(DriftCheck.of(plan("tokens: {}\n"), List.of(), Instant.EPOCH)).isEmpty();
  }

  @Test
  void whatThePolicyDoesNotSpeakOfMayChange() throws Exception {
    assertThat(DriftCheck.of(both(), List.of(token(1, "Other", METRICS), B), Instant.EPOCH))
        .isEmpty();
  }

  @Test
  void whatHasDriftedIsToldInThePlansOrderWithTheTokenAsItIs() throws Exception {
    Token drifted = token(2, "B", LOGS);

    List<Drift> drifts = DriftCheck.of(both(), List.of(drifted), Instant.EPOCH);

    assertThat(names(drifts)).containsExactly("a", "b");
    assertThat(drifts.get(0).live()).isEmpty();
    assertThat(drifts.get(1).live()).contains(drifted);
  }

  @Test
  void aRevokedTokenHasDrifted() throws Exception {
    assertThat(names(DriftCheck.of(both(), List.of(A, revoked(B)), Instant.EPOCH)))
        .containsExactly("b");
  }

  @Test
  void aDriftMayBeWhatThePlanWanted() throws Exception {
    List<Drift> done =
        DriftCheck.of(both(), List.of(token(1, "A", LOGS, METRICS), token(2, "B")), Instant.EPOCH);
    assertThat(done).hasSize(2).allMatch(Drift::isAsDesired);

    assertThat(DriftCheck.of(both(), List.of(token(1, "A", LOGS), token(2, "B")), Instant.EPOCH))
        .extracting(Drift::isAsDesired)
        .containsExactly(false, true);
    assertThat(DriftCheck.of(both(), List.of(A), Instant.EPOCH)).noneMatch(Drift::isAsDesired);
  }

  @Test
  void whoeverAppliesTwiceIsToldThatItWasAppliedBefore() throws Exception {
    StalePlanException before =
        new StalePlanException(DriftCheck.of(both(), List.of(A, token(2, "B")), Instant.EPOCH), 2);
    StalePlanException other =
        new StalePlanException(
            DriftCheck.of(both(), List.of(token(1, "A"), token(2, "B")), Instant.EPOCH), 2);

    assertThat(before.drifts()).hasSize(1);
    // The other change is still to be made.
    assertThat(before.isApplied()).isFalse();
    assertThat(new StalePlanException(before.drifts(), 1).isApplied()).isTrue();
    assertThat(new StalePlanException(other.drifts(), 1).isApplied()).isFalse();
    assertThat(before.hint().orElseThrow()).contains("it was already applied");
    assertThat(other.hint().orElseThrow()).doesNotContain("it was already applied");
    assertThat(before.exitCode()).isNotZero().isEqualTo(other.exitCode());
    assertThat(new StaleJournalException("j.jsonl").exitCode()).isEqualTo(before.exitCode());
    assertThat(new StaleJournalException("j.jsonl"))
        .hasMessageContaining("j.jsonl")
        .satisfies(stale -> assertThat(stale.hint()).isPresent());
  }

  @Test
  void aTokenThatWasRenamedIsNotAsWantedThoughItHasThePermissions() throws Exception {
    Update change = update(1, fields("Grafana", METRICS), fields("Grafana", LOGS));
    assertThat(new Drift.OfToken(change, Optional.of(token(1, "Grafana", LOGS))).isAsDesired())
        .isTrue();
    assertThat(new Drift.OfToken(change, Optional.of(token(1, "Renamed", LOGS))).isAsDesired())
        .isFalse();
  }
}
