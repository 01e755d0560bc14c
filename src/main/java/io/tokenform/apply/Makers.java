package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.finding.Location;
import io.tokenform.plan.Change;
import io.tokenform.plan.Parts;
import io.tokenform.policy.DesiredToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Finds the maker of a change, by its kind. */
final class Makers {
  /** One for each kind of change. */
  private static final Parts<ChangeMaker<?>> KINDS =
      new Parts<>(
          List.of(
              new CreateMaker(),
              new UpdateMaker(),
              new RotateMaker(),
              new RetireMaker(),
              new RevokeMaker(),
              new CleanUpMaker()));

  private Makers() {}

  /** The maker of a change, with the change in its hands. */
  static Bound<?> of(Change change) {
    return bind(KINDS.of(change), change);
  }

  private static <C extends Change> Bound<C> bind(ChangeMaker<C> maker, Change change) {
    return new Bound<>(maker, maker.type().cast(change));
  }

  /**
   * A change and its maker.
   *
   * @param <C> the kind
   */
  record Bound<C extends Change>(ChangeMaker<C> maker, C change) {
    Optional<Drift> drift(Listing live) {
      return maker.drift(change, live);
    }

    Outcome make(Tools tools) {
      return maker.make(change, tools);
    }

    Optional<String> isFinal() {
      return maker.isFinal(change);
    }

    boolean isAsWanted(Optional<Token> live) {
      return maker.isAsWanted(change, live);
    }

    boolean isUndone(Optional<Token> live) {
      return maker.isUndone(change, live);
    }

    boolean isDone(Optional<Token> live) {
      return maker.isDone(change, live);
    }

    Optional<DesiredToken> undoing(Optional<Token> live, Location where, Instant now) {
      return maker.undoing(change, live, where, now);
    }
  }
}
