package io.tokenform.plan;

import io.tokenform.access.Address;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.finding.Location;
import io.tokenform.finding.Subject;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a plan does, to a token or to a database. Each kind is a member of one of the two
 * families and answers for itself; what a room does with a kind is a part of its own there, found
 * with {@link Parts}.
 */
public sealed interface Change permits TokenChange, DatabaseChange {
  Kind kind();

  /** What it is about; no two changes of a plan have the same. */
  Address address();

  /** What the policy, or a command, calls what it is about. */
  String name();

  /** The id of the live token; absent where there is none, or the cluster has yet to give one. */
  Optional<TokenId> liveId();

  /** The place in the policy that asks for it. */
  Location where();

  /**
   * What it does, in this order: at least one step. A change that was read from a journal in which
   * masks hide its difference has none.
   */
  List<Step> steps();

  /** The delivery among its steps, if there is one. */
  default Optional<Step.Delivery> delivery() {
    return steps().stream().flatMap(step -> step.delivery().stream()).findFirst();
  }

  /** When it is made, relative to the other changes of its plan. */
  Wave wave();

  /** What it does to access. */
  Effect effect();

  /** Whom a finding about it is about. */
  Subject subject();

  /** Whether it changes what a token is called, and nothing that it can do. */
  default boolean isOfDescriptionAlone() {
    return false;
  }

  /** Whether data goes that nothing brings back; that is no effect on access. */
  default boolean losesData() {
    return false;
  }

  /** Whether nothing can undo it. */
  default boolean isIrreversible() {
    return false;
  }

  /**
   * Whether it is about a token that has a successor, or never came into use: what it takes, nobody
   * is to have any more.
   */
  boolean isAboutOldGeneration();

  /** The permissions that it adds, {@code *} taken literally. */
  Permissions gained();

  /** The permissions that it takes away, {@code *} taken literally. */
  Permissions lost();

  /** What becomes possible, {@code *} understood. */
  Permissions accessGained();

  /** What becomes impossible, {@code *} understood. */
  Permissions accessLost();

  /** Whether it leaves a token that has permissions with none. */
  boolean losesAllAccess();

  /** It, where it is about a token. */
  default Optional<TokenChange> ofToken() {
    return Optional.empty();
  }

  /** It, where it is about a database. */
  default Optional<DatabaseChange> ofDatabase() {
    return Optional.empty();
  }
}
