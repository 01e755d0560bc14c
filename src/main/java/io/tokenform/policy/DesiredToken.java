package io.tokenform.policy;

import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.policy.placement.ClusterName;
import io.tokenform.policy.placement.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the policy says of one token. An absent field is left as it is on the cluster.
 *
 * @param name its key in the policy
 * @param where the place of that key
 * @param id which live token is meant; without it, the active one with the description
 * @param description the desired description; present where there is no id
 * @param was former descriptions under which a token without id is found too
 * @param owner who answers for it, for people
 * @param ownPermissions the permissions that stand with the token itself
 * @param roles those that it names, in the order of the text; a role may stand twice
 * @param mode what the permissions mean for those that the token has
 * @param lifecycle its birth, renewal and end
 * @param placement on which clusters of a fleet it is, where it says so; a token of a {@link
 *     Policy} is on its cluster, and says nothing of others
 */
public record DesiredToken(
    TokenName name,
    Location where,
    Optional<Located<TokenId>> id,
    Optional<Located<String>> description,
    List<Located<String>> was,
    Optional<Located<String>> owner,
    Optional<PermissionEntries> ownPermissions,
    List<Role> roles,
    Mode mode,
    Lifecycle lifecycle,
    Optional<Placement> placement) {
  /**
   * @throws IllegalArgumentException if there is neither an id nor a description to find it by
   */
  public DesiredToken {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(description, "description");
    was = List.copyOf(was);
    Objects.requireNonNull(owner, "owner");
    Objects.requireNonNull(ownPermissions, "ownPermissions");
    roles = List.copyOf(roles);
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(lifecycle, "lifecycle");
    if (id.isEmpty() && description.isEmpty() && placement.isEmpty()) {
      throw new IllegalArgumentException("a token is found by its id or its description");
    }
  }

  /** A token that others make, renew and end, and of which no owner is known. */
  public DesiredToken(
      TokenName name,
      Location where,
      Optional<Located<TokenId>> id,
      Optional<Located<String>> description,
      Optional<PermissionEntries> ownPermissions,
      List<Role> roles,
      Mode mode) {
    this(
        name,
        where,
        id,
        description,
        List.of(),
        Optional.empty(),
        ownPermissions,
        roles,
        mode,
        Lifecycle.NONE,
        Optional.empty());
  }

  /**
   * The desired permissions: its own and those of its roles. Nothing where it has neither, and an
   * empty set for no access.
   */
  public Optional<Permissions> permissions() {
    if (ownPermissions.isEmpty() && roles.isEmpty()) {
      return Optional.empty();
    }
    Permissions all = ownPermissions.isPresent() ? ownPermissions.get().asSet() : Permissions.NONE;
    for (Role role : roles) {
      all = all.union(role.permissions().asSet());
    }
    return Optional.of(all);
  }

  /** Whether it sets any field, and does not only name a token. */
  public boolean saysSomething() {
    return description.isPresent() || ownPermissions.isPresent() || !roles.isEmpty();
  }

  /** Its own permissions and those of its roles, each with their places. */
  public List<PermissionEntries> entries() {
    List<PermissionEntries> all = new ArrayList<>();
    if (ownPermissions.isPresent()) {
      all.add(ownPermissions.get());
    }
    for (Role role : roles) {
      all.add(role.permissions());
    }
    return all;
  }

  /**
   * The same with these permissions of its own and no roles, and with this birth, renewal and end.
   */
  public DesiredToken with(Permissions exactly, Lifecycle other) {
    PermissionEntries entries =
        new PermissionEntries(
            exactly.stream().map(permission -> new Located<>(permission, where)).toList());
    return new DesiredToken(
        name,
        where,
        id,
        description,
        was,
        owner,
        Optional.of(entries),
        List.of(),
        Mode.AUTHORITATIVE,
        other,
        placement);
  }

  /** The same with another birth, renewal and end. */
  public DesiredToken with(Lifecycle other) {
    return new DesiredToken(
        name, where, id, description, was, owner, ownPermissions, roles, mode, other, placement);
  }

  DesiredToken withRoles(List<Role> named) {
    return named.isEmpty() && roles.isEmpty()
        ? this
        : new DesiredToken(
            name,
            where,
            id,
            description,
            was,
            owner,
            ownPermissions,
            named,
            mode,
            lifecycle,
            placement);
  }

  /**
   * The same as one cluster of a fleet has it, on which it is: with the id that it has there, if
   * that is known. Nothing if it has neither an id there nor a description.
   */
  Optional<DesiredToken> on(ClusterName cluster) {
    Optional<Located<TokenId>> there = placement.flatMap(known -> known.id(cluster)).or(() -> id);
    return there.isEmpty() && !isDescribed()
        ? Optional.empty()
        : Optional.of(
            new DesiredToken(
                name,
                where,
                there,
                description,
                // A token with an id is found by that alone.
                there.isPresent() ? List.of() : was,
                owner,
                ownPermissions,
                roles,
                mode,
                lifecycle,
                Optional.empty()));
  }

  /** Whether it has a description by which it can be found: a blank one is that of many. */
  private boolean isDescribed() {
    return description.filter(text -> !text.value().isBlank()).isPresent();
  }
}
