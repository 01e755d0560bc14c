package io.tokenform.plan;

import io.tokenform.access.Permission;
import io.tokenform.finding.Located;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Which of a token's roles its permissions come from.
 *
 * @param rolesOf the names of the roles that hold a permission, each once, in the order in which
 *     the token names them; a permission that is in no role has no entry
 */
public record RoleOrigins(SortedMap<Permission, List<String>> rolesOf) {
  /** For a change of which that is not known, or that has no roles. */
  public static final RoleOrigins NONE = new RoleOrigins(new TreeMap<>());

  public RoleOrigins {
    rolesOf = Collections.unmodifiableSortedMap(rolesOf);
  }

  public static RoleOrigins of(DesiredToken token) {
    if (token.roles().isEmpty()) {
      return NONE;
    }
    SortedMap<Permission, List<String>> rolesOf = new TreeMap<>();
    for (Role role : token.roles()) {
      for (Located<Permission> entry : role.permissions().entries()) {
        List<String> names = rolesOf.computeIfAbsent(entry.value(), key -> new ArrayList<>(1));
        if (!names.contains(role.name())) {
          names.add(role.name());
        }
      }
    }
    return new RoleOrigins(rolesOf);
  }

  /** The names of the roles that hold exactly this permission; none where it is the token's own. */
  public List<String> of(Permission permission) {
    return rolesOf.getOrDefault(permission, List.of());
  }
}
