package io.tokenform.sandbox.fault;

import io.tokenform.sandbox.api.Answer;
import io.tokenform.sandbox.api.Call;
import java.time.Duration;
import java.util.Optional;

/**
 * What is to go wrong with one request.
 *
 * @param delay before anything is done about it
 * @param fault what goes wrong then, if anything does
 */
public record Decision(Duration delay, Optional<Fault> fault) {
  public static final Decision NONE = new Decision(Duration.ZERO, Optional.empty());

  static Decision delayed(Duration delay) {
    return new Decision(delay, Optional.empty());
  }

  public static Decision faulty(Fault fault) {
    return new Decision(Duration.ZERO, Optional.of(fault));
  }

  /** Both delays, and the fault of this one rather than the other's. */
  Decision and(Decision later) {
    return new Decision(delay.plus(later.delay), fault.or(later::fault));
  }

  public boolean isDelayed() {
    return !delay.isZero();
  }

  public Answer answer(Call call) {
    return fault.isPresent() ? fault.get().answer(call) : Answer.Whole.of(call.carryOut());
  }

  /** What a log calls it; a delay is named only where nothing else goes wrong. */
  public Optional<String> name() {
    // Without lambdas: the first request is on the start-up path.
    if (fault.isPresent()) {
      return Optional.of(fault.get().name());
    }
    return isDelayed() ? Optional.of("delay") : Optional.empty();
  }
}
