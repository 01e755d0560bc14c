package io.tokenform.plan;

import io.tokenform.access.Address;
import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Subject;
import java.util.List;
import java.util.Optional;

/** One thing that a plan does to a token. */
public sealed interface TokenChange extends Change
    permits Create, Update, Rotate, Retire, Revoke, CleanUp {
  /** The policy's name of the token, or what a command calls it. */
  TokenName token();

  @Override
  default String name() {
    return token().value();
  }

  @Override
  default Optional<TokenChange> ofToken() {
    return Optional.of(this);
  }

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

  /** The live tokens that give way to the one that it makes or finishes. */
  default List<Predecessor> predecessors() {
    return List.of();
  }

  /** What it makes of each token that it touches, and of the one that it makes. */
  List<TokenAfter> outcome();

  /** Whether it parks the token: somebody cuts it off by hand, and no policy can ask for that. */
  default boolean isParking() {
    return after()
        .description()
        .filter(text -> LiveDescription.parse(text).has(Label.Parked.class))
        .isPresent();
  }

  @Override
  default Effect effect() {
    return Effect.of(permissionsBefore(), permissionsAfter());
  }

  @Override
  default Subject subject() {
    return liveId().map(id -> Subject.of(token(), id)).orElse(Subject.of(token()));
  }

  @Override
  default boolean isAboutOldGeneration() {
    return address().type() == Address.Type.GENERATION;
  }

  @Override
  default Permissions gained() {
    return permissionsAfter().minus(permissionsBefore());
  }

  @Override
  default Permissions lost() {
    return permissionsBefore().minus(permissionsAfter());
  }

  @Override
  default Permissions accessGained() {
    return permissionsAfter().accessBeyond(permissionsBefore());
  }

  @Override
  default Permissions accessLost() {
    return permissionsBefore().accessBeyond(permissionsAfter());
  }

  @Override
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
