package io.tokenform.plan;

import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.cluster.DatabaseUpdate;
import io.tokenform.cluster.Endpoints;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.finding.Location;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Gives a live database another name. Permissions keep the old one; so the tokens of the policy
 * that use it get their access under the new name first, and lose the old one by their own changes
 * in a later wave: there is no moment at which one of them cannot use the data.
 *
 * @param from the name that it has
 * @param database the name that it gets
 * @param where the place of the new name in the policy
 * @param before the settings that the policy states, as they are
 * @param after the same with their new values
 * @param carried the tokens that get access under the new name, by name
 * @param users the working tokens with a permission on the old name when this was planned, carried
 *     or not, by id: one that has joined since would lose the data
 * @param steps the calls
 */
public record RenameDatabase(
    DatabaseName from,
    DatabaseName database,
    Location where,
    DatabaseSettings before,
    DatabaseSettings after,
    List<Carried> carried,
    List<TokenId> users,
    List<Step> steps)
    implements DatabaseChange {
  /**
   * A token of the policy that uses the database.
   *
   * @param token its name in the policy
   * @param id the live token
   * @param isOld whether it has a successor, and works until its overlap is over
   * @param before what it may do before
   * @param meanwhile what it may do until its own change: the same, under the new names too. Two
   *     renames of a plan give a token the same, so it does not matter which is made first
   */
  public record Carried(
      TokenName token, TokenId id, boolean isOld, Permissions before, Permissions meanwhile) {
    public Carried {
      Objects.requireNonNull(token, "token");
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(before, "before");
      Objects.requireNonNull(meanwhile, "meanwhile");
    }

    /** What gives it that. */
    public TokenUpdate update() {
      return new TokenUpdate(Optional.empty(), Optional.of(meanwhile));
    }
  }

  /**
   * @throws IllegalArgumentException if {@code before} and {@code after} are not about the same
   *     settings, or a token would lose something
   */
  public RenameDatabase {
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(database, "database");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    carried = List.copyOf(carried);
    users = List.copyOf(users);
    steps = List.copyOf(steps);
    if (!before.areSameAs(after)) {
      throw new IllegalArgumentException(
          "a change has the old and the new value of each of its settings");
    }
    for (Carried token : carried) {
      if (!token.before().minus(token.meanwhile()).isEmpty()) {
        throw new IllegalArgumentException("a token loses nothing before the database is renamed");
      }
    }
  }

  /** The rename of a database of a cluster. */
  public static RenameDatabase of(
      Endpoints endpoints,
      DatabaseName from,
      DatabaseName database,
      Location where,
      DatabaseSettings before,
      DatabaseSettings after,
      List<Carried> carried,
      List<TokenId> users) {
    List<Step> steps = new ArrayList<>();
    for (Carried token : carried) {
      steps.add(new Step.Call(endpoints.updateToken(token.id(), token.update())));
    }
    steps.add(new Step.Call(endpoints.renameDatabase(from, database)));
    if (!before.equals(after)) {
      steps.add(
          new Step.Call(
              endpoints.updateDatabase(database, UpdateDatabase.difference(before, after))));
    }
    return new RenameDatabase(from, database, where, before, after, carried, users, steps);
  }

  /** What is changed of its settings once it has its new name. */
  public Optional<DatabaseUpdate> update() {
    return before.equals(after)
        ? Optional.empty()
        : Optional.of(UpdateDatabase.difference(before, after));
  }

  @Override
  public Kind kind() {
    return Kind.RENAME_DATABASE;
  }

  @Override
  public Optional<DatabaseName> appearing() {
    return Optional.of(database);
  }

  @Override
  public Optional<DatabaseName> vanishing() {
    return Optional.of(from);
  }

  @Override
  public boolean losesData() {
    return after.loseDataBeside(before);
  }

  @Override
  public Wave wave() {
    return Wave.RENAMES;
  }
}
