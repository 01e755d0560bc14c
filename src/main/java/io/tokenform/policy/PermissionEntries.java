package io.tokenform.policy;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.Located;
import java.util.List;
import java.util.stream.Stream;

/**
 * The permissions that a policy writes down in one place, in the order of the text.
 *
 * @param entries each permission and the place of its database; a permission may stand twice
 */
public record PermissionEntries(List<Located<Permission>> entries) {
  public PermissionEntries {
    entries = List.copyOf(entries);
  }

  static final PermissionEntries NONE = new PermissionEntries(List.of());

  /** The same as a set. */
  public Permissions asSet() {
    return Permissions.of(stream().toList());
  }

  /** The permissions without their places. */
  public Stream<Permission> stream() {
    return entries.stream().map(Located::value);
  }
}
