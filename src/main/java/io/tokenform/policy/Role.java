package io.tokenform.policy;

import io.tokenform.finding.Location;
import java.util.Objects;

/**
 * A named set of permissions that tokens share.
 *
 * @param name its key in the policy
 * @param where the place of that key
 * @param permissions what it permits, empty for nothing
 */
public record Role(String name, Location where, PermissionEntries permissions) {
  public Role {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(where, "where");
    Objects.requireNonNull(permissions, "permissions");
  }
}
