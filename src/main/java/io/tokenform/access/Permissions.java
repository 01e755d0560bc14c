package io.tokenform.access;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * A token's permissions: an immutable set, iterated by action and then resource.
 *
 * <p>Two sets are equal when they hold the same pairs. What they <em>allow</em> is another
 * question, since {@code read *} allows everything that {@code read metrics} does: {@link #allows}
 * and {@link #accessBeyond} answer it.
 */
public final class Permissions implements Iterable<Permission> {
  /** So many are the rule; in more, one is searched for, so that a large set is not quadratic. */
  private static final int FEW = 4;

  public static final Permissions NONE = new Permissions(List.of());

  private final List<Permission> sorted;
  private final boolean haveAllDatabases;

  private Permissions(List<Permission> sorted) {
    this.sorted = sorted;
    boolean haveAll = false;
    for (Permission permission : sorted) {
      haveAll |= permission.coversAllDatabases();
    }
    this.haveAllDatabases = haveAll;
  }

  /** The set of these permissions, in any order and with any repetition. */
  public static Permissions of(Collection<Permission> permissions) {
    if (permissions.isEmpty()) {
      return NONE;
    }
    Permission[] listed = permissions.toArray(Permission[]::new);
    // Nearly all of them come in their order, of which a tree would have to convince itself.
    return new Permissions(
        areInOrder(listed) ? List.of(listed) : List.copyOf(new TreeSet<>(permissions)));
  }

  /** Whether each is behind the one before it, so that none stands twice. */
  private static boolean areInOrder(Permission... permissions) {
    for (int i = 1; i < permissions.length; i++) {
      if (permissions[i - 1].compareTo(permissions[i]) >= 0) {
        return false;
      }
    }
    return true;
  }

  public static Permissions of(Permission... permissions) {
    return of(Arrays.asList(permissions));
  }

  /** Whether the set holds exactly this pair; {@code *} is taken literally. */
  public boolean contains(Permission permission) {
    if (sorted.size() > FEW) {
      return Collections.binarySearch(sorted, permission) >= 0;
    }
    for (Permission each : sorted) {
      if (each.equals(permission)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the set allows what {@code permission} allows, {@code *} understood. */
  public boolean allows(Permission permission) {
    return contains(permission) || (haveAllDatabases && contains(permission.onAllDatabases()));
  }

  /** Whether the set allows anything at all on a database, {@code *} understood. */
  public boolean reach(String database) {
    for (Permission permission : sorted) {
      if (permission.coversAllDatabases() || permission.resource().equals(database)) {
        return true;
      }
    }
    return false;
  }

  /**
   * The same, those on databases that have other names under these.
   *
   * @param names the name that a database has now, by the one in a permission
   */
  public Permissions under(UnaryOperator<String> names) {
    List<Permission> all = new ArrayList<>(sorted.size());
    for (Permission permission : sorted) {
      all.add(new Permission(permission.action(), names.apply(permission.resource())));
    }
    return of(all);
  }

  /** Whether the set allows something on a database by its name alone, and not on all databases. */
  public boolean relyOn(String database) {
    for (Permission permission : sorted) {
      if (permission.resource().equals(database) && !contains(permission.onAllDatabases())) {
        return true;
      }
    }
    return false;
  }

  /**
   * The permissions of this set that {@code other} does not allow: access that only this one gives.
   */
  public Permissions accessBeyond(Permissions other) {
    // By loops, here and below: a plan of 100,000 changes asks this two million times.
    List<Permission> kept = new ArrayList<>(sorted.size());
    for (Permission permission : sorted) {
      if (!other.allows(permission)) {
        kept.add(permission);
      }
    }
    return kept(kept);
  }

  /**
   * What is left of these if they are to allow nothing that the others do not allow: never more
   * than before, {@code *} understood.
   */
  public Permissions narrowedTo(Permissions others) {
    return where(others::allows).union(others.where(this::allows));
  }

  /** Those that do not follow from another one of this set on all databases. */
  public Permissions withoutCovered() {
    List<Permission> kept = new ArrayList<>(sorted.size());
    for (Permission permission : sorted) {
      if (permission.coversAllDatabases() || !contains(permission.onAllDatabases())) {
        kept.add(permission);
      }
    }
    return kept(kept);
  }

  /** Whether a secret stood in one of them, of which only a mask is known: it cannot be sent. */
  public boolean holdMask() {
    for (Permission permission : sorted) {
      if (SecretShapes.isMasked(permission.resource())
          || SecretShapes.isMasked(permission.action().name())) {
        return true;
      }
    }
    return false;
  }

  /** The pairs of this set that are not pairs of {@code other}; {@code *} is taken literally. */
  public Permissions minus(Permissions other) {
    List<Permission> kept = new ArrayList<>(sorted.size());
    for (Permission permission : sorted) {
      if (!other.contains(permission)) {
        kept.add(permission);
      }
    }
    return kept(kept);
  }

  /** The pairs of both sets. */
  public Permissions union(Permissions other) {
    if (isEmpty() || other.isEmpty()) {
      return isEmpty() ? other : this;
    }
    List<Permission> both = new ArrayList<>(sorted.size() + other.sorted.size());
    both.addAll(sorted);
    both.addAll(other.sorted);
    return of(both);
  }

  public boolean isEmpty() {
    return sorted.isEmpty();
  }

  public int size() {
    return sorted.size();
  }

  /** The permissions, by action and then resource. */
  public Stream<Permission> stream() {
    return sorted.stream();
  }

  @Override
  public Iterator<Permission> iterator() {
    return sorted.iterator();
  }

  private Permissions where(Predicate<Permission> condition) {
    List<Permission> kept = new ArrayList<>(sorted.size());
    for (Permission permission : sorted) {
      if (condition.test(permission)) {
        kept.add(permission);
      }
    }
    return kept(kept);
  }

  /** Some of these, in their order. */
  private Permissions kept(List<Permission> kept) {
    if (kept.size() == sorted.size()) {
      return this;
    }
    return kept.isEmpty() ? NONE : new Permissions(List.copyOf(kept));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Permissions that && sorted.equals(that.sorted);
  }

  @Override
  public int hashCode() {
    return sorted.hashCode();
  }

  @Override
  public String toString() {
    return sorted.toString();
  }
}
