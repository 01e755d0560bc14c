package io.tokenform.sandbox.fault;

import io.tokenform.sandbox.api.Answer;
import io.tokenform.sandbox.api.Call;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to go wrong with one request.
 *
 * @param delay before anything is done about it
 * @param late how long a token that it creates does not work on the data side
 * @param fault what else goes wrong then, if anything does
 */
public record Decision(Duration delay, Duration late, Optional<Fault> fault) {
  public static final Decision NONE = new Decision(Duration.ZERO, Duration.ZERO, Optional.empty());

  static Decision delayed(Duration delay) {
    return new Decision(delay, Duration.ZERO, Optional.empty());
  }

  static Decision late(Duration late) {
    return new Decision(Duration.ZERO, late, Optional.empty());
  }

  public static Decision faulty(Fault fault) {
    return new Decision(Duration.ZERO, Duration.ZERO, Optional.of(fault));
  }

  /** The durations of both, and the fault of this one rather than the other's. */
  Decision and(Decision later) {
    return new Decision(delay.plus(later.delay), late.plus(later.late), fault.or(later::fault));
  }

  public boolean isDelayed() {
    return !delay.isZero();
  }

  public Answer answer(Call call) {
    Call meant = late.isZero() ? call : call.with(call.api().withLateTokens(late));
    return fault.isPresent() ? fault.get().answer(meant) : Answer.Whole.of(meant.carryOut());
  }

  /** What a log calls it; a duration is named only where nothing else goes wrong. */
  public Optional<String> name() {
    // Without lambdas: the first request is on the start-up path.
    if (fault.isPresent()) {
      return Optional.of(fault.get().name());
    }
    if (!late.isZero()) {
      return Optional.of("late");
    }
    return isDelayed() ? Optional.of("delay") : Optional.empty();
  }
}
