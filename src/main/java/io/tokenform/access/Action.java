package io.tokenform.access;

import java.util.Objects;

/**
 * What a permission allows on a database. The Management API describes it as a plain string and its
 * documentation names {@code read} and {@code write}; a cluster may report others, which are kept
 * as they came.
 *
 * @param name the API's word for the action, never empty
 */
public record Action(String name) implements Comparable<Action> {
  public static final Action READ = new Action("read");
  public static final Action WRITE = new Action("write");

  /**
   * @throws IllegalArgumentException if {@code name} is empty
   */
  public Action {
    Objects.requireNonNull(name, "name");
    if (name.isEmpty()) {
      throw new IllegalArgumentException("an action has a name");
    }
  }

  /** The action of that name; the known ones are shared. */
  public static Action of(String name) {
    return switch (name) {
      case "read" -> READ;
      case "write" -> WRITE;
      default -> new Action(name);
    };
  }

  /** Whether the vendor documents this action. */
  public boolean isDocumented() {
    return equals(READ) || equals(WRITE);
  }

  @Override
  public int compareTo(Action other) {
    return name.compareTo(other.name);
  }

  // Written out: what the compiler would put here costs milliseconds at its first use.
  @Override
  public boolean equals(Object other) {
    return other instanceof Action that && name.equals(that.name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return name;
  }
}
