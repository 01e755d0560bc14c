package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import io.tokenform.plan.Change;
import io.tokenform.plan.Kind;
import io.tokenform.plan.Plan;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds a plan against what the cluster reports now. */
final class DriftCheck {
  private DriftCheck() {}

  /** The tokens that can be read, and the others as far as their ids are known, at worst. */
  static List<Token> known(TokenListing listing) {
    List<Token> known = new ArrayList<>(listing.tokens());
    listing.unreadable().forEach(token -> token.atWorst().ifPresent(known::add));
    return known;
  }

  /**
   * One of the tokens that the plan changes, if it can no longer be read. To revoke one as a token
   * that may do anything, nobody has to.
   */
  static Optional<UnreadableToken> unreadable(Plan plan, Collection<UnreadableToken> unreadable) {
    if (unreadable.isEmpty()) {
      return Optional.empty();
    }
    Set<Optional<TokenId>> changed =
        plan.changes().stream()
            .filter(change -> !isOfUnknown(change))
            .map(Change::liveId)
            .collect(Collectors.toSet());
    return unreadable.stream()
        .filter(token -> token.id().isPresent() && changed.contains(token.id()))
        .findFirst();
  }

  /** Whether it revokes a token of which nothing but the id has to be known. */
  private static boolean isOfUnknown(Change change) {
    return change.kind() == Kind.REVOKE
        && change
            .ofToken()
            .filter(
                token -> token.before().permissions().equals(Optional.of(UnreadableToken.ANYTHING)))
            .isPresent();
  }

  /** The plan's changes whose {@code before} no longer holds, in the plan's order. */
  static List<Drift> of(Plan plan, Collection<Token> live, Instant now) {
    return of(plan, Listing.of(live, now));
  }

  /** The same, of databases too. */
  static List<Drift> of(Plan plan, Listing listing) {
    List<Drift> drifts = new ArrayList<>();
    for (Change change : plan.changes()) {
      Makers.of(change).drift(listing).ifPresent(drifts::add);
    }
    return drifts;
  }
}
