package io.tokenform.access;

import java.util.Objects;

/**
 * One {@code (action, resource)} pair. Its natural order is by action, then resource.
 *
 * @param action what is allowed
 * @param resource a database name, or {@value #ALL_DATABASES} for all databases, present and future
 */
public record Permission(Action action, String resource) implements Comparable<Permission> {
  /** The resource that stands for every database (Management API: "refers to all databases"). */
  public static final String ALL_DATABASES = "*";

  /** The longest database name that the Management API allows, in characters. */
  public static final int MAX_DATABASE_NAME_LENGTH = 64;

  public Permission {
    Objects.requireNonNull(action, "action");
    Objects.requireNonNull(resource, "resource");
  }

  public static Permission read(String resource) {
    return new Permission(Action.READ, resource);
  }

  public static Permission write(String resource) {
    return new Permission(Action.WRITE, resource);
  }

  /** Whether this permission holds for every database. */
  public boolean coversAllDatabases() {
    return resource.equals(ALL_DATABASES);
  }

  /** The permission for the same action on every database. */
  public Permission onAllDatabases() {
    return new Permission(action, ALL_DATABASES);
  }

  @Override
  public int compareTo(Permission other) {
    int byAction = action.compareTo(other.action);
    return byAction != 0 ? byAction : resource.compareTo(other.resource);
  }

  // Written out: what the compiler would put here costs milliseconds at its first use.
  @Override
  public boolean equals(Object other) {
    return other instanceof Permission that
        && action.equals(that.action)
        && resource.equals(that.resource);
  }

  @Override
  public int hashCode() {
    return 31 * action.hashCode() + resource.hashCode();
  }

  @Override
  public String toString() {
    return action + " " + resource;
  }

  /**
   * Whether a database's name has a {@code *} and other characters: somebody means several
   * databases, and the API would take it for the name of one.
   */
  public static boolean isPattern(String database) {
    return database.length() > 1 && database.indexOf('*') >= 0;
  }
}
