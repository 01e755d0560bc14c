package io.tokenform.apply.journal;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.database.Database;
import io.tokenform.plan.Change;
import io.tokenform.plan.DatabaseChange;
import io.tokenform.plan.ManagedFields;
import io.tokenform.plan.TokenChange;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/** What became of one change of a plan. */
public sealed interface Outcome {
  Change change();

  Result result();

  /** What went wrong, or is worth knowing; it may quote the server. */
  default Optional<String> reason() {
    return Optional.empty();
  }

  /** What to do about it. */
  default Optional<String> hint() {
    return Optional.empty();
  }

  /** The HTTP status of the last answer to a call that failed, where there was one. */
  default OptionalInt status() {
    return OptionalInt.empty();
  }

  /** Whether the cluster may have changed. */
  boolean mayHaveHappened();

  /** Whether what comes in later waves has to wait until somebody has looked at it. */
  default boolean holdsUpLaterWaves() {
    return result() != Result.APPLIED;
  }

  /** The token as it was found, where it was looked at and was not as expected. */
  default Optional<Token> foundLive() {
    return Optional.empty();
  }

  /** The fields that the policy sets, as they were found then. */
  default Optional<ManagedFields> foundFields() {
    return Optional.empty();
  }

  /** The database as it was found, where it was looked at and was not as expected. */
  default Optional<Database> foundDatabase() {
    return Optional.empty();
  }

  /** The id of the new token that is there now, if there is one. */
  default Optional<TokenId> madeId() {
    return Optional.empty();
  }

  /**
   * Whether nothing further can succeed: the server no longer takes the management token, or still
   * asks for fewer calls when all waiting was in vain.
   */
  default boolean endsTheApply() {
    int code = status().orElse(0);
    return code == 401 || code == 403 || code == Stop.Refused.TOO_MANY_REQUESTS;
  }

  /**
   * It was made.
   *
   * @param found whether its answer was lost or showed something else, and the token was found as
   *     desired afterwards
   */
  record Applied(Change change, boolean found) implements Outcome {
    public Applied {
      Objects.requireNonNull(change, "change");
    }

    @Override
    public boolean mayHaveHappened() {
      return true;
    }

    @Override
    public Result result() {
      return Result.APPLIED;
    }

    @Override
    public Optional<String> reason() {
      return found
          ? Optional.of(
              "the answer was lost or showed something else; the "
                  + (change.ofDatabase().isPresent() ? "database" : "token")
                  + " was found as desired")
          : Optional.empty();
    }
  }

  /**
   * A token was made, and the sink has its secret.
   *
   * @param id the new token
   * @param whereabouts where its secret is, as in {@code is in the sink vault}
   */
  record Made(Change change, TokenId id, String whereabouts) implements Outcome {
    public Made {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(whereabouts, "whereabouts");
    }

    @Override
    public boolean mayHaveHappened() {
      return true;
    }

    @Override
    public Optional<TokenId> madeId() {
      return Optional.of(id);
    }

    @Override
    public Result result() {
      return Result.APPLIED;
    }

    @Override
    public Optional<String> reason() {
      return Optional.of("the new token is " + id + ", and its secret " + whereabouts);
    }
  }

  /**
   * Another apply makes the same token, and this one gave way.
   *
   * @param rival the other one's token
   */
  record Yielded(Change change, Token rival) implements Outcome {
    public Yielded {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(rival, "rival");
    }

    @Override
    public boolean mayHaveHappened() {
      return false;
    }

    @Override
    public Result result() {
      return Result.DRIFTED;
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(
          "somebody else makes this token at the same time ("
              + rival.id()
              + "); this one was revoked, and nobody has its secret");
    }

    @Override
    public Optional<String> hint() {
      return Optional.of("wait for the other apply to end, and run plan again");
    }
  }

  /**
   * It was not made, or the cluster's answer says something else than was asked for.
   *
   * @param why what went wrong
   * @param advice what to do about it
   * @param mayHaveHappened whether the token may have changed all the same
   * @param status the HTTP status of the answer, where there was one
   */
  record Failed(
      Change change,
      String why,
      Optional<String> advice,
      boolean mayHaveHappened,
      OptionalInt status)
      implements Outcome {
    public Failed {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(why, "why");
      Objects.requireNonNull(advice, "advice");
      Objects.requireNonNull(status, "status");
    }

    @Override
    public boolean holdsUpLaterWaves() {
      return !change.isOfDescriptionAlone();
    }

    @Override
    public Result result() {
      return Result.FAILED;
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(why);
    }

    @Override
    public Optional<String> hint() {
      return advice;
    }
  }

  /**
   * The token has all that was asked for but the description, which the cluster does not take as it
   * is.
   *
   * @param why what it has instead
   * @param advice what to do about it
   */
  record Misdescribed(Change change, String why, String advice) implements Outcome {
    public Misdescribed {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(why, "why");
      Objects.requireNonNull(advice, "advice");
    }

    @Override
    public boolean mayHaveHappened() {
      return true;
    }

    @Override
    public Result result() {
      return Result.FAILED;
    }

    /** A description gives nobody access. */
    @Override
    public boolean holdsUpLaterWaves() {
      return false;
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(why);
    }

    @Override
    public Optional<String> hint() {
      return Optional.of(advice);
    }
  }

  /**
   * Somebody else has changed the token since the plan was made.
   *
   * @param live the token as it was found
   * @param sent whether the change was sent before that was found
   */
  record Drifted(TokenChange change, Token live, boolean sent) implements Outcome {
    public Drifted {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(live, "live");
    }

    @Override
    public boolean mayHaveHappened() {
      return sent;
    }

    @Override
    public Optional<Token> foundLive() {
      return Optional.of(live);
    }

    @Override
    public Optional<ManagedFields> foundFields() {
      return Optional.of(change.before().asOf(live));
    }

    @Override
    public Result result() {
      return Result.DRIFTED;
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(
          sent
              ? "the answer was lost or showed something else; the token was found neither as"
                  + " before nor as desired"
              : "the token has drifted since the plan was made; the change was not sent");
    }

    @Override
    public Optional<String> hint() {
      return Optional.of("run plan again and review what it shows");
    }
  }

  /**
   * Somebody else has changed the database since the plan was made.
   *
   * @param live the database as it was found; absent where there is none of that name
   * @param sent whether the change was sent before that was found
   */
  record DatabaseDrifted(DatabaseChange change, Optional<Database> live, boolean sent)
      implements Outcome {
    public DatabaseDrifted {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(live, "live");
    }

    @Override
    public boolean mayHaveHappened() {
      return sent;
    }

    @Override
    public Optional<Database> foundDatabase() {
      return live;
    }

    @Override
    public Result result() {
      return Result.DRIFTED;
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(
          sent
              ? "the answer was lost or showed something else; the database was found neither as"
                  + " before nor as desired"
              : "the database has drifted since the plan was made; the change was not sent");
    }

    @Override
    public Optional<String> hint() {
      return Optional.of("run plan again and review what it shows");
    }
  }

  /**
   * It was sent, no answer came, and nothing settles whether it was made.
   *
   * @param why what went wrong
   * @param status the HTTP status of the last answer, where there was one
   */
  record Unknown(Change change, String why, OptionalInt status) implements Outcome {
    public Unknown {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(why, "why");
      Objects.requireNonNull(status, "status");
    }

    @Override
    public boolean mayHaveHappened() {
      return true;
    }

    @Override
    public Result result() {
      return Result.UNKNOWN;
    }

    @Override
    public boolean holdsUpLaterWaves() {
      return !change.isOfDescriptionAlone();
    }

    @Override
    public Optional<String> reason() {
      return Optional.of(why);
    }

    @Override
    public Optional<String> hint() {
      return Optional.of("run plan: it shows whether the change was made");
    }
  }

  /** It was not sent. */
  record NotAttempted(Change change) implements Outcome {
    public NotAttempted {
      Objects.requireNonNull(change, "change");
    }

    @Override
    public boolean mayHaveHappened() {
      return false;
    }

    @Override
    public Result result() {
      return Result.NOT_ATTEMPTED;
    }
  }
}
