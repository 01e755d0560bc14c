package io.tokenform.apply;

import static io.tokenform.apply.Changes.exchange;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.apply.journal.Outcome;
import io.tokenform.plan.Change;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Outcomes are passed on in the plan's order. */
class OrderedOutcomesTest {
  private static final List<Change> PLAN = List.of(exchange(1), exchange(2), exchange(3));

  private final List<Outcome> passed = new ArrayList<>();

  private static Outcome outcome(int number) {
    return new Outcome.Applied(exchange(number), false);
  }

  @Test
  void eachIsPassedOnAsSoonAsThoseBeforeItAreThere() {
    OrderedOutcomes outcomes = new OrderedOutcomes(PLAN, passed::add);

    outcomes.accept(outcome(3));
    assertThat(passed).isEmpty();
    outcomes.accept(outcome(1));
    assertThat(passed).containsExactly(outcome(1));
    outcomes.accept(outcome(2));
    assertThat(passed).containsExactly(outcome(1), outcome(2), outcome(3));
  }

  @Test
  void theFirstFailureIsThrownWhenTheOthersHaveBeenPassedOn() {
    OrderedOutcomes outcomes =
        new OrderedOutcomes(
            PLAN,
            outcome -> {
              passed.add(outcome);
              if (passed.size() < 3) {
                throw new IllegalStateException("failure " + passed.size());
              }
            });
    outcomes.accept(outcome(3));
    outcomes.accept(outcome(2));

    assertThatThrownBy(() -> outcomes.accept(outcome(1))).hasMessage("failure 1");
    assertThat(passed).containsExactly(outcome(1), outcome(2), outcome(3));
  }
}
