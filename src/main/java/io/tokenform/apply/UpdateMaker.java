package io.tokenform.apply;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permissions;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Token;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.finding.Location;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.Update;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.UnwrittenPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/** Makes updates: one call, which replaces the fields that it names. */
final class UpdateMaker implements TokenMaker<Update> {
  @Override
  public Class<Update> type() {
    return Update.class;
  }

  @Override
  public Optional<Drift> drift(Update change, Listing live) {
    Optional<Token> token = live.token(change.id());
    return token.filter(found -> holds(change.before(), found)).isPresent()
        ? Optional.empty()
        : Optional.of(new Drift.OfToken(change, token));
  }

  @Override
  public Outcome make(Update change, Tools tools) {
    ManagementApi api = tools.api();
    if (tools.recheck()) {
      Optional<Outcome> obstacle = obstacle(change, api);
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
    }
    try {
      Token reply = api.updateToken(change.id(), change.update(), tools.attempts());
      Optional<String> mismatch = mismatch(change, reply);
      return mismatch.isEmpty()
          ? new Outcome.Applied(change, false)
          : settle(
              change,
              api,
              new Unsettled(
                  mismatch.get(), true, Optional.of("run plan again"), OptionalInt.empty()));
    } catch (ApiException e) {
      return e.mayHaveHappened()
          ? settle(change, api, new Unsettled(e.getMessage(), false, e.hint(), e.status()))
          : refused(change, e);
    }
  }

  @Override
  public boolean isAsWanted(Update change, Optional<Token> live) {
    return live.filter(token -> holds(change.after(), token)).isPresent();
  }

  @Override
  public boolean isUndone(Update change, Optional<Token> live) {
    return isKnown(change)
        && live.filter(
                token -> holds(change.changedBefore(), token) || isStillCarried(change, token))
            .filter(token -> hasLabelOf(change.description(), token))
            .isPresent();
  }

  /** Whether it is not made yet: what the token got before, the way back of a rename takes. */
  private static boolean isStillCarried(Update change, Token token) {
    return change.meanwhile().isPresent()
        && !change.beforeSending().equals(change.after())
        && holds(change.beforeSending(), token);
  }

  @Override
  public boolean isDone(Update change, Optional<Token> live) {
    String description = change.changedAfter().description().orElse(change.description());
    return isKnown(change)
        && live.filter(token -> holds(change.changedAfter(), token))
            .filter(token -> hasLabelOf(description, token))
            .isPresent();
  }

  @Override
  public Optional<DesiredToken> undoing(
      Update change, Optional<Token> live, Location where, Instant now) {
    ManagedFields before = change.changedBefore();
    boolean works = live.filter(token -> !token.isRevoked()).isPresent();
    return works && isKnown(change) && !holdsMask(before)
        ? Optional.of(
            UnwrittenPolicy.token(
                Undoing.name(change),
                change.id(),
                where,
                before.description(),
                before.permissions()))
        : Optional.empty();
  }

  /** A token that was parked or replaced since is not as the change left it. */
  private static boolean hasLabelOf(String description, Token live) {
    return LiveDescription.parse(live.description())
        .label()
        .equals(LiveDescription.parse(description).label());
  }

  /** Whether it is known what changed: masks in a journal can hide the whole difference. */
  private static boolean isKnown(Update change) {
    return !change.before().equals(change.after());
  }

  /** Whether a secret stood there, of which only a mask is known: it cannot be sent back. */
  private static boolean holdsMask(ManagedFields fields) {
    return fields.description().filter(SecretShapes::isMasked).isPresent()
        || fields.permissions().filter(Permissions::holdMask).isPresent();
  }

  /** Whether a token that works has these values. */
  private static boolean holds(ManagedFields fields, Token token) {
    return !token.isRevoked() && fields.equals(fields.asOf(token));
  }

  /** What stands against making the change, seen just before it. */
  private static Optional<Outcome> obstacle(Update change, ManagementApi api) {
    try {
      Token live = api.getToken(change.id());
      if (!isThe(change, live)) {
        return Optional.of(OldToken.foreign(change, live.id()));
      }
      return holds(change.beforeSending(), live)
          ? Optional.empty()
          : Optional.of(new Outcome.Drifted(change, live, false));
    } catch (ApiException e) {
      return Optional.of(refused(change, e));
    }
  }

  private static Outcome refused(Update change, ApiException e) {
    return e.wasTried()
        ? new Outcome.Failed(change, e.getMessage(), e.hint(), false, e.status())
        : new Outcome.NotAttempted(change);
  }

  /**
   * A call that may have acted, and whose answer was lost or shows something else.
   *
   * @param why what is wrong with the answer
   * @param wasAnswered whether the cluster has told a token, so that it has done what it does
   */
  private record Unsettled(
      String why, boolean wasAnswered, Optional<String> hint, OptionalInt status) {}

  /** Finds out what became of such a call. */
  private static Outcome settle(Update change, ManagementApi api, Unsettled call) {
    Token live;
    try {
      live = api.getToken(change.id());
    } catch (ApiException e) {
      return new Outcome.Unknown(
          change,
          call.why() + "; the change may still have been made: " + e.getMessage(),
          e.status());
    }
    if (!isThe(change, live)) {
      return new Outcome.Unknown(
          change,
          call.why() + "; asked about it, the cluster answered with another token, " + live.id(),
          call.status());
    }
    if (holds(change.after(), live)) {
      return new Outcome.Applied(change, true);
    }
    boolean isBefore = holds(change.beforeSending(), live);
    Optional<String> wanted = change.update().description();
    if (wanted.isPresent()
        && holds(change.after().withoutDescription(), live)
        && (call.wasAnswered() || !isBefore)) {
      return misdescribed(change, wanted.get(), live.description());
    }
    if (isBefore) {
      return new Outcome.Failed(
          change,
          call.why() + "; the token was found as before",
          call.hint(),
          // It may still be on its way.
          true,
          call.status());
    }
    return new Outcome.Drifted(change, live, true);
  }

  private static Outcome misdescribed(Update change, String wanted, String kept) {
    return new Outcome.Misdescribed(
        change,
        SettledCalls.otherDescription(wanted, kept)
            + (change.isOfDescriptionAlone() ? "" : "; the permissions are as desired"),
        SettledCalls.DESCRIPTION_HINT);
  }

  private static boolean isThe(Update change, Token token) {
    return token.id().equals(change.id());
  }

  /** How the cluster's answer differs from what was asked for, if it does. */
  private static Optional<String> mismatch(Update change, Token reply) {
    if (!isThe(change, reply)) {
      return Optional.of("the cluster answered with another token, " + reply.id());
    }
    if (reply.isRevoked()) {
      return Optional.of("the answer shows a token that is revoked");
    }
    ManagedFields now = change.after().asOf(reply);
    if (!now.description().equals(change.after().description())) {
      return Optional.of("the answer shows a description other than the one that was sent");
    }
    if (!now.permissions().equals(change.after().permissions())) {
      return Optional.of("the answer shows permissions other than those that were sent");
    }
    return Optional.empty();
  }
}
