package io.tokenform.apply;

import io.tokenform.access.Token;
import io.tokenform.access.database.Database;
import io.tokenform.plan.Change;
import io.tokenform.plan.DatabaseChange;
import io.tokenform.plan.TokenChange;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Something that is no longer as a plan found it. */
public sealed interface Drift {
  /** The plan's change, with what it is about as that was. */
  Change change();

  /** Whether somebody, or an earlier apply, has done already what the change would do. */
  boolean isAsDesired();

  /** The token as it is; absent if it no longer exists on the cluster, or it is none. */
  default Optional<Token> live() {
    return Optional.empty();
  }

  /** It, where it is a database. */
  default Optional<OfDatabase> ofDatabase() {
    return Optional.empty();
  }

  /** It, where it is a token. */
  default Optional<OfToken> ofToken() {
    return Optional.empty();
  }

  /**
   * A token that is no longer as a plan found it.
   *
   * @param change the plan's change, with the token as it was
   * @param live the token as it is; absent if it no longer exists on the cluster
   */
  record OfToken(TokenChange change, Optional<Token> live) implements Drift {
    public OfToken {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(live, "live");
    }

    @Override
    public boolean isAsDesired() {
      return Makers.ofToken(change).isAnyAsWanted(change, live);
    }

    @Override
    public Optional<OfToken> ofToken() {
      return Optional.of(this);
    }
  }

  /**
   * A database that is no longer as a plan found it, or whose tokens are not.
   *
   * @param change the plan's change, with the database as it was
   * @param database the database as it is; absent if there is none of that name, or it cannot be
   *     read
   * @param isAsDesired whether the change was made already
   * @param joined the tokens that have got a permission on it since, by id, where its name goes
   */
  record OfDatabase(
      DatabaseChange change, Optional<Database> database, boolean isAsDesired, List<Token> joined)
      implements Drift {
    public OfDatabase {
      Objects.requireNonNull(change, "change");
      Objects.requireNonNull(database, "database");
      joined = List.copyOf(joined);
    }

    /** Of one whose users are the same. */
    public OfDatabase(DatabaseChange change, Optional<Database> database, boolean isAsDesired) {
      this(change, database, isAsDesired, List.of());
    }

    @Override
    public Optional<OfDatabase> ofDatabase() {
      return Optional.of(this);
    }
  }
}
