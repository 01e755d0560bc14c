package io.tokenform.apply;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Nonce;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.JournalException;
import io.tokenform.apply.journal.MakingStep;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.StepKind;
import io.tokenform.apply.journal.Stop;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.NewToken;
import io.tokenform.cluster.TokenCreation;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.plan.Making;
import io.tokenform.plan.Predecessor;
import io.tokenform.plan.TokenChange;
import io.tokenform.sink.Sink;
import io.tokenform.sink.SinkException;
import io.tokenform.sink.SinkTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes one token, in steps of which each leaves the cluster and the sink in a state that a later
 * plan can go on from:
 *
 * <ol>
 *   <li>the sink is checked;
 *   <li>the token is made, pending and without permissions;
 *   <li>a look at the live tokens shows whether somebody else makes it too;
 *   <li>it gets its permissions, and time to become known on the cluster;
 *   <li>its secret goes to the sink;
 *   <li>its predecessors get their labels;
 *   <li>it loses its own.
 * </ol>
 *
 * <p>The access comes before the delivery, so that what the sink holds works at every moment. A
 * failure up to the delivery is answered by revoking the new token, which nobody has; after it,
 * what is left to do is left to the next plan.
 */
final class TokenMaking {
  /** So often a token is made anew where the answer was lost. */
  private static final int MOST_POSTS = 3;

  /** So long a listing may lag behind before nobody can tell who else makes the token. */
  private static final Duration LONGEST_LAG = Duration.ofSeconds(30);

  /**
   * After a little more than this, other applies take a token that is being made for one that was
   * left.
   */
  private static final Duration LONGEST_MAKING = Duration.ofMinutes(10);

  private static final String NEXT_REMOVES = "run plan and apply again: they remove it";

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

  /** So long at most it takes until somebody who waits hears that the apply has to end. */
  private static final Duration LONGEST_WAIT = Duration.ofMillis(500);

  private final TokenChange change;
  private final Making making;
  private final Tools tools;
  private final Deliveries deliveries;
  private final SettledCalls calls;
  private final Sink sink;

  /** The token that was made, as soon as its id is known. */
  private Optional<TokenId> current = Optional.empty();

  /** Those of calls whose answers were lost. */
  private final List<Nonce> lost = new ArrayList<>();

  TokenMaking(TokenChange change, Making making, Tools tools) {
    this.change = change;
    this.making = making;
    this.tools = tools;
    this.deliveries =
        tools
            .deliveries()
            .orElseThrow(() -> new IllegalStateException("there is nothing to deliver with"));
    this.calls = new SettledCalls(tools.api(), tools.attempts());
    this.sink = deliveries.sinks().of(making.sink(), making.definition());
  }

  /** The token that is being made. */
  private record Own(NewToken token, Nonce nonce, Optional<Instant> expiresAt, Instant posted) {
    TokenId id() {
      return token.token().id();
    }
  }

  /** Makes it. */
  Outcome make() {
    Instant now = tools.clock().instant();
    Optional<Instant> expiresAt = making.expires().map(expiry -> expiry.of(now));
    if (expiresAt.filter(end -> !end.isAfter(now)).isPresent()) {
      return new Outcome.Failed(
          change,
          "it would expire at " + expiresAt.get() + ", which is over; no token was made",
          Optional.of("give it a later expires"),
          false,
          OptionalInt.empty());
    }
    try {
      sink.check(target(Optional.empty(), expiresAt));
    } catch (SinkException e) {
      return new Outcome.Failed(
          change, e.getMessage() + "; no token was made", e.hint(), false, OptionalInt.empty());
    }
    try {
      Posted posted = post(expiresAt);
      if (posted.failure().isPresent()) {
        return posted.failure().get();
      }
      Own own = posted.own().get();
      try {
        return goOn(own);
      } finally {
        tools.api().forget(own.token().secret());
      }
    } catch (JournalException e) {
      tools.stop().because(new Stop.JournalLost(e));
      return unfinished("the journal was lost");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unfinished("it was interrupted");
    }
  }

  private Outcome unfinished(String why) {
    return new Outcome.Unknown(
        change,
        why + " while the token was being made" + current.map(id -> "; its id is " + id).orElse(""),
        OptionalInt.empty());
  }

  /** What became of the call that makes it: the token, or why there is none. */
  private record Posted(Optional<Own> own, Optional<Outcome> failure) {
    static Posted of(Outcome failure) {
      return new Posted(Optional.empty(), Optional.of(failure));
    }
  }

  private Posted post(Optional<Instant> expiresAt) throws JournalException, InterruptedException {
    ApiException last = null;
    for (int i = 0; i < MOST_POSTS; i++) {
      if (tools.stop().isSet()) {
        return Posted.of(new Outcome.NotAttempted(change));
      }
      Nonce nonce = Nonce.of(deliveries.random());
      String description =
          LiveDescription.of(making.description(), new Label.Pending(nonce)).toString();
      note(StepKind.POSTING, nonce, Optional.empty());
      try {
        NewToken made =
            tools.api().createToken(new TokenCreation(description, expiresAt), tools.attempts());
        Own own = new Own(made, nonce, expiresAt, tools.clock().instant());
        current = Optional.of(own.id());
        note(StepKind.POSTED, nonce, Optional.of(own.id()));
        return new Posted(Optional.of(own), Optional.empty());
      } catch (ApiException e) {
        last = e;
        if (!e.mayHaveHappened()) {
          return Posted.of(
              e.wasTried()
                  ? new Outcome.Failed(change, e.getMessage(), e.hint(), false, e.status())
                  : new Outcome.NotAttempted(change));
        }
      }
      lost.add(nonce);
      Optional<Outcome> problem = removeTwin(nonce, last);
      if (problem.isPresent()) {
        return Posted.of(problem.get());
      }
    }
    return Posted.of(
        new Outcome.Failed(
            change,
            last.getMessage() + "; no token is left of " + MOST_POSTS + " tries",
            last.hint(),
            true,
            last.status()));
  }

  /**
   * Revokes what a call has made whose answer was lost: its secret is lost too. One that appears
   * later has no access, and a later plan removes it.
   */
  private Optional<Outcome> removeTwin(Nonce nonce, ApiException lost)
      throws JournalException, InterruptedException {
    try {
      Optional<Token> twin = tools.looks().look().pending(making.description(), nonce);
      if (twin.isPresent()) {
        removeTwin(nonce, twin.get().id());
      }
      return Optional.empty();
    } catch (ApiException | StepFailedException e) {
      return Optional.of(
          new Outcome.Unknown(
              change,
              lost.getMessage()
                  + "; a token without access may have been made, and the next plan removes it: "
                  + e.getMessage(),
              lost.status()));
    }
  }

  private void removeTwin(Nonce nonce, TokenId id) throws JournalException, StepFailedException {
    note(StepKind.UNDOING, nonce, Optional.of(id));
    calls.revoke(id);
    note(StepKind.UNDONE, nonce, Optional.of(id));
  }

  private Outcome goOn(Own own) throws JournalException, InterruptedException {
    try {
      Optional<Token> rival = rival(own);
      if (rival.isPresent()) {
        return undo(own, new Outcome.Yielded(change, rival.get()));
      }
      note(StepKind.GRANTING, own);
      calls.update(own.id(), new TokenUpdate(Optional.empty(), Optional.of(making.permissions())));
      note(StepKind.GRANTED, own);
      settle();
      if (tools.stop().isSet()) {
        return undo(own, failed("it was stopped before the delivery", Optional.empty(), 0));
      }
    } catch (ApiException e) {
      return undo(own, failed(e.getMessage(), e.hint(), e.status().orElse(0)));
    } catch (StepFailedException e) {
      // By another description, the next plan does not find it.
      return undo(
          own,
          failed(e.getMessage(), e.hint(), e.status().orElse(0)),
          e.isRewritten() ? "revoke it: tokenform token revoke " + own.id() : NEXT_REMOVES);
    } catch (ForeignTokenException e) {
      return foreign(own, e);
    }
    if (tools.clock().instant().isAfter(own.posted().plus(making.settle()).plus(LONGEST_MAKING))) {
      // Another apply may take it for one that was left.
      return undo(
          own, failed("it took too long to come to the delivery", Optional.of("try again"), 0));
    }
    note(StepKind.DELIVERING, own);
    try {
      sink.deliver(target(Optional.of(own.id()), own.expiresAt()), own.token().secret());
    } catch (SinkException e) {
      if (e.mayBeStored()) {
        // Revoked, it would be a secret in the sink that does not work.
        return inDoubt(own, e);
      }
      note(StepKind.REFUSED, own);
      return undo(own, failed(e.getMessage(), e.hint(), 0));
    }
    note(StepKind.DELIVERED, own);
    return finish(own);
  }

  /** Only what bears the nonce of this making is its own, and is revoked. */
  private Outcome foreign(Own own, ForeignTokenException e)
      throws JournalException, InterruptedException {
    Outcome failed =
        new Outcome.Failed(
            change,
            e.getMessage(),
            Optional.of(
                "find out what stands between here and the cluster; if the token was made by this"
                    + " apply, revoke it: tokenform token revoke "
                    + own.id()),
            true,
            OptionalInt.empty());
    try {
      Optional<Token> twin = tools.looks().look().pending(making.description(), own.nonce());
      if (twin.isPresent()) {
        removeTwin(own.nonce(), twin.get().id());
      }
    } catch (ApiException | StepFailedException another) {
      // The next plan removes it.
      return failed;
    }
    return failed;
  }

  /** Leaves the new token as it is: the next plan takes it for one that somebody may have. */
  private Outcome inDoubt(Own own, SinkException e) {
    return new Outcome.Failed(
        change,
        e.getMessage()
            + "; the new token "
            + own.id()
            + " goes on working, since its secret may be in the sink",
        Optional.of(
            e.hint().map(hint -> hint + "; then ").orElse("")
                + "run plan and apply again: they put another one in its place"),
        true,
        OptionalInt.empty());
  }

  /** Nothing can take the secret back now, so each step is done or left to the next plan. */
  private Outcome finish(Own own) throws JournalException {
    try {
      for (Predecessor predecessor : making.predecessors()) {
        note(StepKind.LABELLING, own.nonce(), Optional.of(predecessor.id()));
        calls.replace(predecessor, making.succession(), tools.clock().instant());
        note(StepKind.LABELLED, own.nonce(), Optional.of(predecessor.id()));
      }
      note(StepKind.NAMING, own);
      calls.update(own.id(), new TokenUpdate(Optional.of(making.description()), Optional.empty()));
      return new Outcome.Made(change, own.id(), whereabouts());
    } catch (StepFailedException e) {
      return new Outcome.Failed(
          change,
          "the new token "
              + own.id()
              + " works and its secret "
              + whereabouts()
              + (e.isRewritten() ? ", but " : ", but its labels are not right yet: ")
              + e.getMessage(),
          Optional.of(
              e.isRewritten()
                  ? "write the description in the policy as the cluster has it: then plan finds"
                      + " this token, and makes no other one"
                  : "run plan and apply again: they finish it"),
          true,
          e.status());
    }
  }

  private String whereabouts() {
    String stored = "is in the sink " + making.sink();
    return making
        .definition()
        .map(command -> stored, directory -> stored, screen -> "is shown once");
  }

  /** Somebody else's token of this description, for whose sake this one has to go. */
  private Optional<Token> rival(Own own)
      throws ApiException,
          JournalException,
          StepFailedException,
          ForeignTokenException,
          InterruptedException {
    Duration waited = Duration.ZERO;
    Duration pause = FIRST_PAUSE;
    while (true) {
      Listing listing = tools.looks().look();
      Optional<Token> listed = listing.token(own.id());
      if (listed.isPresent()) {
        requireOwn(own, listed.get());
        if (!keepsExpiry(own, listed.get())) {
          throw new StepFailedException(
              "the cluster did not keep the expiry that was asked for",
              "ask those who run it; without expires, the token would be made",
              0,
              true);
        }
        Set<TokenId> known = known();
        for (Nonce nonce : lost) {
          Optional<Token> twin = listing.pending(making.description(), nonce);
          if (twin.isPresent()) {
            removeTwin(nonce, twin.get().id());
            known.add(twin.get().id());
          }
        }
        return Rivals.of(listing.named(making.description()), listed.get(), known);
      }
      // A listing that does not show this token would not show another one's either.
      if (waited.compareTo(LONGEST_LAG) >= 0) {
        throw new StepFailedException(
            "the cluster does not list the new token "
                + own.id()
                + " after "
                + waited.toSeconds()
                + " s, so nobody can tell whether another apply makes it too",
            "try again later",
            0,
            true);
      }
      deliveries.pause().pause(pause);
      waited = waited.plus(pause);
      pause = pause.multipliedBy(2);
    }
  }

  /**
   * The answer to POST is believed only where the listing agrees: what is not this token is not
   * touched. One that bears the nonce and has no access is this one, whatever the cluster made of
   * the rest of its description.
   *
   * @throws StepFailedException if the cluster made something else of the description
   */
  private void requireOwn(Own own, Token listed) throws ForeignTokenException, StepFailedException {
    String description =
        LiveDescription.of(making.description(), new Label.Pending(own.nonce())).toString();
    boolean isRewritten = !listed.description().equals(description);
    String difference = SettledCalls.otherDescription(description, listed.description());
    if (listed.isRevoked()) {
      throw new ForeignTokenException(own.id(), "it was revoked");
    }
    if (!listed.permissions().isEmpty()) {
      throw new ForeignTokenException(own.id(), isRewritten ? difference : "it has permissions");
    }
    if (isRewritten) {
      if (listed.description().toLowerCase(Locale.ROOT).contains(own.nonce().value())) {
        throw StepFailedException.rewritten(difference, SettledCalls.DESCRIPTION_HINT);
      }
      throw new ForeignTokenException(own.id(), difference);
    }
  }

  /** Whether the cluster keeps the expiry, to the second. */
  private static boolean keepsExpiry(Own own, Token listed) {
    return own.expiresAt()
        .map(Instant::getEpochSecond)
        .equals(listed.expiresAt().map(Instant::getEpochSecond));
  }

  private Set<TokenId> known() {
    return making.predecessors().stream()
        .map(Predecessor::id)
        .collect(Collectors.toCollection(HashSet::new));
  }

  /** Waits, in parts: who ends the apply does not wait for the rest. */
  private void settle() throws InterruptedException {
    if (making.settle().isZero()) {
      return;
    }
    boolean left = tools.slot().leave();
    try {
      Duration time = making.settle();
      while (!time.isZero() && !tools.stop().isSet()) {
        Duration part = time.compareTo(LONGEST_WAIT) < 0 ? time : LONGEST_WAIT;
        deliveries.pause().pause(part);
        time = time.minus(part);
      }
    } finally {
      if (left) {
        tools.slot().enter();
      }
    }
  }

  /**
   * Revokes the new token, of which nobody has the secret.
   *
   * @param outcome why
   */
  private Outcome undo(Own own, Outcome outcome) throws JournalException {
    return undo(own, outcome, NEXT_REMOVES);
  }

  /**
   * The same.
   *
   * @param otherwise what to do where that fails
   */
  private Outcome undo(Own own, Outcome outcome, String otherwise) throws JournalException {
    note(StepKind.UNDOING, own);
    try {
      calls.revoke(own.id());
    } catch (StepFailedException e) {
      return new Outcome.Failed(
          change,
          outcome.reason().orElse("it was given up")
              + "; and the new token "
              + own.id()
              + " could not be revoked: "
              + e.getMessage(),
          Optional.of(otherwise),
          true,
          outcome.status().isPresent() ? outcome.status() : e.status());
    }
    note(StepKind.UNDONE, own);
    return outcome;
  }

  private Outcome failed(String why, Optional<String> hint, int status) {
    return new Outcome.Failed(
        change,
        why + "; the new token was revoked" + (olds().isEmpty() ? "" : ", and the old one works"),
        hint,
        false,
        status == 0 ? OptionalInt.empty() : OptionalInt.of(status));
  }

  private List<Predecessor> olds() {
    return making.predecessors();
  }

  private SinkTarget target(Optional<TokenId> id, Optional<Instant> expiresAt) {
    return new SinkTarget(
        change.token(), deliveries.cluster(), id, making.description(), expiresAt);
  }

  private void note(StepKind kind, Own own) throws JournalException {
    note(kind, own.nonce(), Optional.of(own.id()));
  }

  private void note(StepKind kind, Nonce nonce, Optional<TokenId> id) throws JournalException {
    tools.steps().note(new MakingStep(kind, nonce, id));
  }
}
