package io.tokenform.policy;

import io.tokenform.access.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** When a token that is made stops working by itself. */
public sealed interface Expiry {
  /** The instant, for a token that is made then. */
  Instant of(Instant made);

  /** Why a token that expires so cannot be rotated so, if it cannot. */
  Optional<Conflict> conflictWith(Rotation rotation);

  /**
   * Why an expiry and a rotation do not go together.
   *
   * @param reason as one sentence without a full stop
   * @param hint what to do about it
   */
  record Conflict(String reason, String hint) {}

  /** So long after the token is made. */
  record After(Duration duration) implements Expiry {
    private static final String DEFAULT =
        "; overlap is " + Durations.text(Rotation.DEFAULT_OVERLAP) + " where it is not given";

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

    @Override
    public Optional<Conflict> conflictWith(Rotation rotation) {
      Duration overlap = rotation.overlap();
      if (rotation.every().isPresent()) {
        Duration every = rotation.every().get();
        Duration needed = every.plus(overlap);
        return needed.compareTo(duration) <= 0
            ? Optional.empty()
            : Optional.of(
                new Conflict(
                    "a token works for "
                        + Durations.text(every)
                        + " (every) and then for "
                        + Durations.text(overlap)
                        + " beside its successor (overlap), but it expires after "
                        + this,
                    "write expires: "
                        + Durations.text(needed)
                        + " or longer, or a shorter every or overlap"
                        + (overlap.equals(Rotation.DEFAULT_OVERLAP) ? DEFAULT : "")));
      }
      // It would be due as soon as it is made, and so would its successor.
      return overlap.compareTo(duration) < 0
          ? Optional.empty()
          : Optional.of(
              new Conflict(
                  "a token works for "
                      + Durations.text(overlap)
                      + " beside its successor (overlap), but it expires after "
                      + this,
                  "write a longer expires or a shorter overlap"
                      + (overlap.equals(Rotation.DEFAULT_OVERLAP) ? DEFAULT : "")));
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

    @Override
    public Optional<Conflict> conflictWith(Rotation rotation) {
      if (rotation.every().isEmpty() && rotation.notBefore().isEmpty()) {
        return Optional.of(
            new Conflict(
                "a successor would expire at the same instant, so a rotation before it gains"
                    + " nothing",
                "write expires as a duration, as in 120d, or add every or notBefore to rotate"));
      }
      return rotation.every().isEmpty()
              && rotation.notBefore().filter(start -> !start.isBefore(instant)).isPresent()
          ? Optional.of(
              new Conflict(
                  "a successor is made at notBefore, when it would have expired already",
                  "write a later expires or an earlier notBefore"))
          : Optional.empty();
    }

    /** As in a policy. */
    @Override
    public String toString() {
      return instant.toString();
    }
  }
}
