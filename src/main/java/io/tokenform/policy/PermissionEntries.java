package io.tokenform.policy;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import java.util.List;

/**
 * The permissions that a policy writes down for a token, in the order of the text.
 *
 * @param entries each permission and the place of its database; a permission may stand twice
 */
public record PermissionEntries(List<Located<Permission>> entries) {
  public PermissionEntries {
    entries = List.copyOf(entries);
  }

  /** The same as a set. */
  public Permissions asSet() {
    return Permissions.of(entries.stream().map(Located::value).toList());
  }
}
