package io.tokenform.plan.planner;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Nonce;
import io.tokenform.access.Token;
import io.tokenform.plan.PendingFates;
import io.tokenform.plan.PendingFates.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What becomes of live tokens whose making did not end. The access comes before the delivery: one
 * without permissions was never delivered, and of one with permissions only a journal here can say
 * whether somebody has its secret.
 *
 * @param useless those that nobody has, which are revoked
 * @param finished the one whose secret the sink has, where it only lacks its last steps
 * @param doubtful those that somebody may have: they are replaced like a token in use
 * @param fresh those that somebody may be making right now
 */
record Leftovers(
    List<Token> useless, Optional<Token> finished, List<Token> doubtful, List<Token> fresh) {
  static final Leftovers NONE = new Leftovers(List.of(), Optional.empty(), List.of(), List.of());

  /**
   * An apply that makes a token has ended or died after this time and what it gives the token to
   * settle, as far as anybody can tell.
   */
  static final Duration PATIENCE = Duration.ofMinutes(15);

  Leftovers {
    useless = List.copyOf(useless);
    doubtful = List.copyOf(doubtful);
    fresh = List.copyOf(fresh);
  }

  /**
   * Decides.
   *
   * @param pending the tokens whose making did not end
   * @param inUse the token in use, where there is one
   * @param settle how long one is given before its secret is delivered
   */
  static Leftovers of(
      List<Token> pending,
      Optional<Token> inUse,
      PendingFates fates,
      Duration settle,
      Instant now) {
    if (pending.isEmpty()) {
      return NONE;
    }
    List<Token> useless = new ArrayList<>();
    List<Token> finished = new ArrayList<>();
    List<Token> doubtful = new ArrayList<>();
    List<Token> fresh = new ArrayList<>();
    for (Token token : pending) {
      Fate fate = fates.of(nonce(token), token.id());
      boolean isEmpty = token.permissions().isEmpty();
      boolean isOut = fate == Fate.DELIVERED || fate == Fate.UNCLEAR;
      boolean isOld = isOld(token, settle, now);
      // One that a journal knows to have had access, and that has none, was taken from a listing
      // that lags behind, or somebody took its access.
      boolean isUnsure = fate == Fate.UNKNOWN || (isOut && isEmpty);
      if (fate == Fate.UNDER_WAY || (isUnsure && !isOld)) {
        fresh.add(token);
      } else if (fate == Fate.NOT_DELIVERED || (isEmpty && !isOut)) {
        useless.add(token);
      } else if (fate == Fate.DELIVERED && !isEmpty && !isOlder(token, inUse)) {
        finished.add(token);
      } else {
        doubtful.add(token);
      }
    }
    if (finished.size() + doubtful.size() > 1) {
      // Whose secret came last to the sink, nobody can tell.
      doubtful.addAll(finished);
      finished.clear();
    }
    return new Leftovers(useless, finished.stream().findFirst(), doubtful, fresh);
  }

  private static Nonce nonce(Token token) {
    return LiveDescription.parse(token.description())
        .label()
        .map(Label.Pending.class::cast)
        .orElseThrow()
        .nonce();
  }

  private static boolean isOld(Token token, Duration settle, Instant now) {
    return token
        .createdAt()
        .map(made -> !made.plus(PATIENCE).plus(settle).isAfter(now))
        .orElse(true);
  }

  /** Whether another one came into use after it. */
  private static boolean isOlder(Token token, Optional<Token> inUse) {
    return inUse
        .map(
            used ->
                used.createdAt().isEmpty()
                    || token.createdAt().isEmpty()
                    || used.createdAt().get().isAfter(token.createdAt().get()))
        .orElse(false);
  }
}
