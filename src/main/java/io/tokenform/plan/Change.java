package io.tokenform.plan;

import io.tokenform.access.Address;
import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Location;
import io.tokenform.finding.Subject;
import java.util.List;
import java.util.Optional;

/**
 * One thing that a plan does. Each kind is a member of this family and answers for itself; what a
 * room does with a kind is a part of its own there, found with {@link Parts}.
 */
public sealed interface Change permits Create, Update, Rotate, Retire, Revoke, CleanUp {
  Kind kind();

  /** What it is about; no two changes of a plan have the same. */
  Address address();

  /** The policy's name of the token, or what a command calls it. */
  TokenName token();

  /** The id of the live token; absent where the cluster has yet to give one. */
  Optional<TokenId> liveId();

  /** The place in the policy that asks for it. */
  Location where();

  /** What people call the token now, whether the policy speaks of that or not. */
  String description();

  /** The managed fields as they are. */
  ManagedFields before();

  /** The managed fields with their new values. */
  ManagedFields after();

  /** Where the new permissions come from. */
  default RoleOrigins roles() {
    return RoleOrigins.NONE;
  }

  /**
   * What it does, in this order: at least one step. A change that was read from a journal in which
   * masks hide its difference has none.
   */
  List<Step> steps();

  /** The live tokens that give way to the one that it makes or finishes. */
  default List<Predecessor> predecessors() {
    return List.of();
  }

  /** The delivery among its steps, if there is one. */
  default Optional<Step.Delivery> delivery() {
    return steps().stream().flatMap(step -> step.delivery().stream()).findFirst();
  }

  /** What it makes of each token that it touches, and of the one that it makes. */
  List<TokenAfter> outcome();

  /** When it is made, relative to the other changes of its plan. */
  Wave wave();

  /** Whether it parks the token: somebody cuts it off by hand, and no policy can ask for that. */
  default boolean isParking() {
    return after()
        .description()
        .filter(text -> LiveDescription.parse(text).has(Label.Parked.class))
        .isPresent();
  }

  /** What it does to access. */
  default Effect effect() {
    return Effect.of(permissionsBefore(), permissionsAfter());
  }

  /** Whom a finding about it is about. */
  default Subject subject() {
    return liveId().map(id -> Subject.of(token(), id)).orElse(Subject.of(token()));
  }

  /** Whether it changes what a token is called, and nothing that it can do. */
  default boolean isOfDescriptionAlone() {
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
  default boolean isAboutOldGeneration() {
    return address().type() == Address.Type.GENERATION;
  }

  /** The permissions that it adds, {@code *} taken literally. */
  default Permissions gained() {
    return permissionsAfter().minus(permissionsBefore());
  }

  /** The permissions that it takes away, {@code *} taken literally. */
  default Permissions lost() {
    return permissionsBefore().minus(permissionsAfter());
  }

  /** What becomes possible, {@code *} understood. */
  default Permissions accessGained() {
    return permissionsAfter().accessBeyond(permissionsBefore());
  }

  /** What becomes impossible, {@code *} understood. */
  default Permissions accessLost() {
    return permissionsBefore().accessBeyond(permissionsAfter());
  }

  /** Whether it leaves a token that has permissions with none. */
  default boolean losesAllAccess() {
    return !permissionsBefore().isEmpty() && permissionsAfter().isEmpty();
  }

  /** Of the managed fields those that differ, as they are. */
  default ManagedFields changedBefore() {
    return before().differingFrom(after());
  }

  /** The managed fields that differ, with their new values. */
  default ManagedFields changedAfter() {
    return after().differingFrom(before());
  }

  /** The permissions as they are; none where the policy does not speak of them. */
  default Permissions permissionsBefore() {
    return before().permissions().orElse(Permissions.NONE);
  }

  /** The new permissions; none where the policy does not set them. */
  default Permissions permissionsAfter() {
    return after().permissions().orElse(Permissions.NONE);
  }
}
