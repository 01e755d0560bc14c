package io.tokenform.policy;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.finding.Located;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The permissions that a policy writes down in one place, in the order of the text. */
public final class PermissionEntries {
  static final PermissionEntries NONE = new PermissionEntries(List.of());

  private final List<Located<Permission>> entries;

  /** Asked for again and again: by each token of a role, and on each cluster of a fleet. */
  private final Permissions set;

  /**
   * @param entries each permission and the place of its database; a permission may stand twice
   */
  public PermissionEntries(List<Located<Permission>> entries) {
    this.entries = List.copyOf(entries);
    List<Permission> all = new ArrayList<>(entries.size());
    for (Located<Permission> entry : this.entries) {
      all.add(entry.value());
    }
    this.set = Permissions.of(all);
  }

  /** Each permission and the place of its database; a permission may stand twice. */
  public List<Located<Permission>> entries() {
    return entries;
  }

  /** The same as a set. */
  public Permissions asSet() {
    return set;
  }

  /** The permissions without their places. */
  public Stream<Permission> stream() {
    return entries.stream().map(Located::value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PermissionEntries that && entries.equals(that.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
