package io.tokenform.apply.journal;

import static io.tokenform.apply.Changes.LOGS;
import static io.tokenform.apply.Changes.id;
import static io.tokenform.apply.Changes.plan;
import static io.tokenform.apply.Changes.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Masking;
import io.tokenform.access.Token;
import io.tokenform.apply.Changes;
import io.tokenform.plan.Plan;
import io.tokenform.plan.TokenChange;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much disk a journal may need. */
class JournalRoomTest {
  @Test
  void withoutChangesThereIsRoomForTheFirstLineAndTheLast() throws Exception {
    assertThat(JournalRoom.of(plan("tokens: {}\n"))).isEqualTo(2048);
  }

  @Test
  void eachChangeNeedsItsLineTwiceAndSomeMore() throws Exception {
    Plan plan =
        plan(
            """
            tokens:
              a: {id: %s, description: Renamed}
              b: {id: %s, permissions: {}}
            """
                .formatted(id(1), id(2)),
            token(1, "A"),
            token(2, "B", LOGS));

    long lines =
        plan.changes().stream()
            .mapToLong(change -> JournalJson.started(change, Instant.EPOCH).length())
            .sum();
    assertThat(JournalRoom.of(plan)).isEqualTo(3 * 2048 + 2 * lines);
  }

  /** Each character of a value may be escaped, and an old value may be far longer than the new. */
  @ParameterizedTest
  @CsvSource({"5000, 5000", "5000, 1", "1, 5000"})
  void theLinesOfAChangeFitHoweverLongItsValuesAre(int before, int after) throws Exception {
    Plan plan =
        plan(
            "tokens: {a: {id: " + id(1) + ", description: New" + "\u00e9".repeat(after) + "}}\n",
            token(1, "\u00e9".repeat(before)));
    TokenChange change = plan.tokenChanges().get(0);
    Token drifted = token(1, "\u00e9".repeat(Math.max(before, after)));

    String lines =
        JournalJson.started(change, Changes.NOW)
            + JournalJson.outcome(
                new Outcome.Drifted(change, drifted, true), Changes.NOW, new Masking());

    assertThat((long) lines.length()).isLessThan(JournalRoom.of(plan));
  }
}
