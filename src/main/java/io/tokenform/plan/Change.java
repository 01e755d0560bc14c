package io.tokenform.plan;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.cluster.Request;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.finding.Location;
import java.util.Objects;

/**
 * The update that turns one live token into what the policy says.
 *
 * @param token its name in the policy
 * @param id its id on the cluster
 * @param where the place of its name in the policy
 * @param description what people call it now, whether the policy speaks of that or not
 * @param before the managed fields as they are
 * @param after the same fields as they shall be
 * @param update the fields that differ, with their new values
 * @param request the call that makes the change
 * @param roles where the permissions that it shall have come from
 */
public record Change(
    TokenName token,
    TokenId id,
    Location where,
    String description,
    ManagedFields before,
    ManagedFields after,
    TokenUpdate update,
    Request request,
    RoleOrigins roles) {
  /**
   * @throws IllegalArgumentException if {@code before} and {@code after} are not about the same
   *     fields, or if a permission comes from a role that it shall not have
   */
  public Change {
    Objects.requireNonNull(token, "token");
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(update, "update");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(roles, "roles");
    if (!before.areSameFieldsAs(after)) {
      throw new IllegalArgumentException("a change says what each of its fields was and shall be");
    }
    for (Permission permission : roles.rolesOf().keySet()) {
      if (!after.permissions().orElse(Permissions.NONE).contains(permission)) {
        throw new IllegalArgumentException("what comes from a role is what it shall have");
      }
    }
  }

  /** The permissions that it adds, {@code *} taken literally. */
  public Permissions gained() {
    return permissionsAfter().minus(permissionsBefore());
  }

  /** The permissions that it takes away, {@code *} taken literally. */
  public Permissions lost() {
    return permissionsBefore().minus(permissionsAfter());
  }

  /** What becomes possible, {@code *} understood. */
  public Permissions accessGained() {
    return permissionsAfter().accessBeyond(permissionsBefore());
  }

  /** What becomes impossible, {@code *} understood. */
  public Permissions accessLost() {
    return permissionsBefore().accessBeyond(permissionsAfter());
  }

  /** Whether it leaves a token that has permissions with none. */
  public boolean losesAllAccess() {
    return !permissionsBefore().isEmpty() && permissionsAfter().isEmpty();
  }

  public Effect effect() {
    return Effect.of(permissionsBefore(), permissionsAfter());
  }

  public Stage stage() {
    return Stage.of(effect());
  }

  /** The permissions as they are; none where the policy does not speak of them. */
  public Permissions permissionsBefore() {
    return before.permissions().orElse(Permissions.NONE);
  }

  /** The permissions as they shall be; none where the policy does not speak of them. */
  public Permissions permissionsAfter() {
    return after.permissions().orElse(Permissions.NONE);
  }
}
