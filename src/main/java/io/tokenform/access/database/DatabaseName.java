package io.tokenform.access.database;

import io.tokenform.access.Permission;
import java.util.Objects;
import java.util.Optional;

/**
 * A database's name, which is its key on the cluster and what permissions are about. Upper and
 * lower case are different. The natural order is that of the characters' numbers.
 */
public record DatabaseName(String value) implements Comparable<DatabaseName> {
  /**
   * A name that a database may have (Management API, ClusterDatabaseName). What a new database may
   * be called is narrower: {@link #problemOfNew}.
   *
   * @throws IllegalArgumentException if {@code value} does not have 1 to 64 characters, is the
   *     {@code *} that stands for all databases, is {@code .} or {@code ..}, which no path of the
   *     API can name, or holds a control character
   */
  public DatabaseName {
    Objects.requireNonNull(value, "value");
    int length = value.codePointCount(0, value.length());
    if (length < 1 || length > Permission.MAX_DATABASE_NAME_LENGTH) {
      throw new IllegalArgumentException(
          "a database's name must have 1 to "
              + Permission.MAX_DATABASE_NAME_LENGTH
              + " characters, not "
              + length);
    }
    if (value.equals(Permission.ALL_DATABASES)) {
      throw new IllegalArgumentException("\"*\" stands for all databases, and is the name of none");
    }
    if (isPathStep(value)) {
      throw new IllegalArgumentException(
          "a database's name must not be \"" + value + "\", which a path cannot name");
    }
    for (int i = 0; i < value.length(); i++) {
      if (Character.isISOControl(value.charAt(i))) {
        throw new IllegalArgumentException("a database's name must not contain control characters");
      }
    }
  }

  /** Whether a text stands for a place in paths, so that no path of the API can name it. */
  public static boolean isPathStep(String text) {
    return text.equals(".") || text.equals("..");
  }

  /**
   * Why no new database should get this name, as a sentence without a full stop; absent where it
   * may. The vendor's naming restrictions allow letters and digits of ASCII, {@code _}, {@code -}
   * and {@code /}, and a letter or digit at the beginning. The API's description does not have
   * them, so a database that is there may be called otherwise.
   */
  public Optional<String> problemOfNew() {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!isAlphanumeric(c) && c != '_' && c != '-' && c != '/') {
        return Optional.of(
            "a new database's name may have the letters a to z and A to Z, digits, _, - and /");
      }
    }
    return isAlphanumeric(value.charAt(0))
        ? Optional.empty()
        : Optional.of("a new database's name must begin with a letter or a digit");
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  @Override
  public int compareTo(DatabaseName other) {
    return value.compareTo(other.value);
  }

  // Written out: what the compiler would put here costs milliseconds at its first use.
  @Override
  public boolean equals(Object other) {
    return other instanceof DatabaseName that && value.equals(that.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return value;
  }
}
