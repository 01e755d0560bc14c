package io.tokenform.sandbox.fault;

import java.time.Duration;
import java.util.List;
import java.util.Random;

/** What a rule does to the requests that it hits. */
sealed interface FaultKind {
  /** The methods of the requests that it can happen to; empty for all. */
  List<String> methods();

  /** What happens to one request. */
  Decision draw(Random lots);

  /** Whether it is not always the same. */
  boolean varies();

  /** How long ago a state may be that it asks for. */
  default Duration memory() {
    return Duration.ZERO;
  }

  /** A delay. */
  record Slow(Delay delay) implements FaultKind {
    @Override
    public List<String> methods() {
      return List.of();
    }

    @Override
    public Decision draw(Random lots) {
      return Decision.delayed(delay.draw(lots));
    }

    @Override
    public boolean varies() {
      return delay.varies();
    }
  }

  /** A token that is created works late on the data side. */
  record Late(Duration by) implements FaultKind {
    @Override
    public List<String> methods() {
      return List.of("POST");
    }

    @Override
    public Decision draw(Random lots) {
      return Decision.late(by);
    }

    @Override
    public boolean varies() {
      return false;
    }
  }

  /** Always the same fault. */
  record Always(Fault fault, List<String> methods) implements FaultKind {
    @Override
    public Decision draw(Random lots) {
      return Decision.faulty(fault);
    }

    @Override
    public Duration memory() {
      return fault.memory();
    }

    @Override
    public boolean varies() {
      return false;
    }
  }

  /** One of the faults that a client can recover from, each as likely. */
  record Mixture() implements FaultKind {
    private static final Delay SMALL =
        new Delay.Uniform(Duration.ofMillis(1), Duration.ofMillis(50));
    private static final RetryAfter UNSAID = new RetryAfter.Unsaid();

    @Override
    public List<String> methods() {
      return List.of();
    }

    @Override
    public Decision draw(Random lots) {
      return switch (lots.nextInt(7)) {
        case 0 ->
            Decision.faulty(
                new Fault.ErrorStatus(429, false, new RetryAfter.Seconds(lots.nextInt(2))));
        case 1 -> Decision.faulty(new Fault.ErrorStatus(503, false, UNSAID));
        case 2 -> Decision.faulty(new Fault.ErrorStatus(503, true, UNSAID));
        case 3 -> Decision.faulty(new Fault.Reset(false));
        case 4 -> Decision.faulty(new Fault.Reset(true));
        case 5 -> Decision.faulty(new Fault.Half());
        default -> Decision.delayed(SMALL.draw(lots));
      };
    }

    @Override
    public boolean varies() {
      return true;
    }
  }
}
