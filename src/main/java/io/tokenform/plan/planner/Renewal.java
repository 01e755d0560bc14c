package io.tokenform.plan.planner;

import io.tokenform.access.Token;
import io.tokenform.finding.Located;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Rotate.Because;
import io.tokenform.policy.Expiry;
import io.tokenform.policy.Rotation;
import java.time.Instant;
import java.util.Optional;

/** Decides whether a token in use gets a successor now. */
final class Renewal {
  private Renewal() {}

  /** Why it does; nothing where it does not. */
  static Optional<Because> of(Lineage lineage, PlanOptions options) {
    if (lineage.inUse().isEmpty() || lineage.desired().lifecycle().deliver().isEmpty()) {
      return Optional.empty();
    }
    if (options.asked().rotations().contains(lineage.desired().name())) {
      return Optional.of(Because.ASKED);
    }
    if (!lineage.leftovers().doubtful().isEmpty()) {
      return Optional.of(Because.UNFINISHED);
    }
    if (lineage.leftovers().finished().isPresent()) {
      // The successor is there.
      return Optional.empty();
    }
    return lineage
        .desired()
        .lifecycle()
        .rotate()
        .flatMap(
            rotation ->
                because(
                    rotation,
                    lineage.inUse().get(),
                    lineage.desired().lifecycle().expires().map(Located::value),
                    options.now()));
  }

  /** Whether it would be due by its age, and nobody knows that. */
  static boolean isOfUnknownAge(Lineage lineage) {
    return lineage.inUse().filter(token -> token.createdAt().isEmpty()).isPresent()
        && lineage.desired().lifecycle().deliver().isPresent()
        && lineage
            .desired()
            .lifecycle()
            .rotate()
            .filter(rotation -> rotation.every().isPresent() || rotation.notBefore().isPresent())
            .isPresent();
  }

  private static Optional<Because> because(
      Rotation rotation, Token inUse, Optional<Expiry> expiry, Instant now) {
    boolean isBefore =
        rotation
            .notBefore()
            .filter(instant -> !instant.isAfter(now))
            .flatMap(instant -> inUse.createdAt().filter(made -> made.isBefore(instant)))
            .isPresent();
    if (isBefore) {
      return Optional.of(Because.NOT_BEFORE);
    }
    boolean isAged =
        rotation
            .every()
            .flatMap(every -> inUse.createdAt().filter(made -> !made.plus(every).isAfter(now)))
            .isPresent();
    if (isAged) {
      return Optional.of(Because.AGE);
    }
    // A successor would expire at the same instant, so it would be due again at once.
    boolean isPostponed =
        expiry.map(end -> end.of(now).isAfter(now.plus(rotation.overlap()))).orElse(true);
    boolean expires =
        isPostponed
            && inUse
                .expiresAt()
                .filter(end -> !end.minus(rotation.overlap()).isAfter(now))
                .isPresent();
    return expires ? Optional.of(Because.EXPIRY) : Optional.empty();
  }
}
