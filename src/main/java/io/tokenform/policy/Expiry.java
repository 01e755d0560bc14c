package io.tokenform.policy;

import io.tokenform.access.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/** When a token that is made stops working by itself. */
public sealed interface Expiry {
  /** The instant, for a token that is made then. */
  Instant of(Instant made);

  /** So long after the token is made. */
  record After(Duration duration) implements Expiry {
    /**
     * @throws IllegalArgumentException if the duration is not positive
     */
    public After {
      if (duration.isZero() || duration.isNegative()) {
        throw new IllegalArgumentException("a token must live for some time");
      }
    }

    @Override
    public Instant of(Instant made) {
      return made.plus(duration);
    }

    /** As in a policy. */
    @Override
    public String toString() {
      return Durations.text(duration);
    }
  }

  /** At an instant, whenever the token is made. */
  record At(Instant instant) implements Expiry {
    public At {
      Objects.requireNonNull(instant, "instant");
    }

    @Override
    public Instant of(Instant made) {
      return instant;
    }

    /** As in a policy. */
    @Override
    public String toString() {
      return instant.toString();
    }
  }
}
