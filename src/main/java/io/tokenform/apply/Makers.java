package io.tokenform.apply;

import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.finding.Location;
import io.tokenform.plan.Change;
import io.tokenform.plan.Parts;
import io.tokenform.plan.TokenChange;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the maker of a change, by its kind. */
final class Makers {
  /** One for each kind of change of a token. */
  private static final List<TokenMaker<?>> OF_TOKENS =
      List.of(
          new CreateMaker(),
          new UpdateMaker(),
          new RotateMaker(),
          new RetireMaker(),
          new RevokeMaker(),
          new CleanUpMaker());

  private static final Parts<TokenMaker<?>> TOKENS = new Parts<>(OF_TOKENS);

  /** One for each kind of change. */
  private static final Parts<ChangeMaker<?>> KINDS = new Parts<>(all());

  private Makers() {}

  private static List<ChangeMaker<?>> all() {
    List<ChangeMaker<?>> all = new ArrayList<>(OF_TOKENS);
    all.add(new CreateDatabaseMaker());
    all.add(new UpdateDatabaseMaker());
    all.add(new RenameDatabaseMaker());
    all.add(new DeleteDatabaseMaker());
    return all;
  }

  /** The maker of a change, with the change in its hands. */
  static Bound<?> of(Change change) {
    return bind(KINDS.of(change), change);
  }

  /** The maker of a change of a token. */
  static TokenMaker<?> ofToken(TokenChange change) {
    return TOKENS.of(change);
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

    boolean isUndone(Listing live, Optional<TokenId> id) {
      return maker.isUndone(change, live, id);
    }

    boolean isDone(Listing live, Optional<TokenId> id) {
      return maker.isDone(change, live, id);
    }

    WayBack undoing(Listing live, Optional<TokenId> id, Location where, Instant now) {
      return maker.undoing(change, live, id, where, now);
    }
  }
}
