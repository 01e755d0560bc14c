package io.tokenform.plan;

import io.tokenform.access.Address;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.cluster.Endpoints;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.finding.Location;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Turns the description and the permissions of one live token into what the policy says, with one
 * call.
 *
 * @param address that of the token, or of one of its generations
 * @param token its name in the policy
 * @param id its id on the cluster
 * @param where the place of its name in the policy
 * @param description what people call it now, whether the policy speaks of that or not
 * @param before the managed fields as they are
 * @param after the same fields with their new values
 * @param roles where the new permissions come from
 * @param meanwhile what the token may do just before this change, where the plan renames a database
 *     that it gets access to; what it had and, where it had access, the same under the new name
 * @param steps the call that makes the change
 */
public record Update(
    Address address,
    TokenName token,
    TokenId id,
    Location where,
    String description,
    ManagedFields before,
    ManagedFields after,
    RoleOrigins roles,
    Optional<Permissions> meanwhile,
    List<Step> steps)
    implements TokenChange {
  /**
   * @throws IllegalArgumentException if {@code before} and {@code after} are not about the same
   *     fields, or if a permission comes from a role and is not among the new ones
   */
  public Update {
    Objects.requireNonNull(address, "address");
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(roles, "roles");
    Objects.requireNonNull(meanwhile, "meanwhile");
    steps = List.copyOf(steps);
    if (!before.areSameFieldsAs(after)) {
      throw new IllegalArgumentException(
          "a change has the old and the new value of each of its fields");
    }
    boolean narrows =
        after.description().isEmpty()
            && after
                .permissions()
                .orElse(Permissions.NONE)
                .accessBeyond(meanwhile.or(before::permissions).orElse(Permissions.NONE))
                .isEmpty();
    if (address.type() == Address.Type.GENERATION && !narrows) {
      throw new IllegalArgumentException("an old token is given nothing");
    }
    for (Permission permission : roles.rolesOf().keySet()) {
      if (!after.permissions().orElse(Permissions.NONE).contains(permission)) {
        throw new IllegalArgumentException(
            "a permission from a role must be one that the token gets");
      }
    }
  }

  /**
   * The update of the token that is in use.
   *
   * @throws IllegalArgumentException as the constructor, and if nothing differs
   */
  public static Update of(
      Endpoints endpoints,
      TokenName token,
      TokenId id,
      Location where,
      String description,
      ManagedFields before,
      ManagedFields after,
      RoleOrigins roles) {
    return of(
        endpoints,
        Address.of(token),
        token,
        id,
        where,
        description,
        before,
        after,
        roles,
        Optional.empty());
  }

  /**
   * The update of a live token of a cluster.
   *
   * @throws IllegalArgumentException as the constructor, and if nothing differs
   */
  public static Update of(
      Endpoints endpoints,
      Address address,
      TokenName token,
      TokenId id,
      Location where,
      String description,
      ManagedFields before,
      ManagedFields after,
      RoleOrigins roles,
      Optional<Permissions> meanwhile) {
    Step call = new Step.Call(endpoints.updateToken(id, difference(before, after)));
    return new Update(
        address, token, id, where, description, before, after, roles, meanwhile, List.of(call));
  }

  /** The fields that differ, with their new values. */
  public TokenUpdate update() {
    return difference(before, after);
  }

  private static TokenUpdate difference(ManagedFields before, ManagedFields after) {
    ManagedFields changed = after.differingFrom(before);
    return new TokenUpdate(changed.description(), changed.permissions());
  }

  @Override
  public boolean isOfDescriptionAlone() {
    return update().permissions().isEmpty();
  }

  @Override
  public Kind kind() {
    return Kind.UPDATE;
  }

  @Override
  public Optional<TokenId> liveId() {
    return Optional.of(id);
  }

  @Override
  public List<TokenAfter> outcome() {
    return List.of(new TokenAfter(Optional.of(id), TokenAfter.Use.AS_BEFORE, after.permissions()));
  }

  @Override
  public Wave wave() {
    Wave wave = Wave.of(effect());
    // Under a new name nobody gains access before the database has it.
    return wave == Wave.GRANTS && meanwhile.isPresent() ? Wave.EXCHANGES : wave;
  }

  /** The managed fields as they are just before this change, once databases are renamed. */
  public ManagedFields beforeSending() {
    return meanwhile.isPresent() && before.permissions().isPresent()
        ? new ManagedFields(before.description(), meanwhile)
        : before;
  }
}
