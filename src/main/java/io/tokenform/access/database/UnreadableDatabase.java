package io.tokenform.access.database;

import java.util.Objects;
import java.util.Optional;

/**
 * A database of a listing that cannot be read, because it lacks a field that the API promises, or
 * has one whose value it does not promise.
 *
 * @param number which one of the listing it is, from 1
 * @param name its name as the cluster has it, where that can be read; it may be none that a {@link
 *     DatabaseName} can be
 * @param why what cannot be read, as part of a sentence
 */
public record UnreadableDatabase(int number, Optional<String> name, String why) {
  public UnreadableDatabase {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(why, "why");
  }

  /** The name or the place in the listing, and what is wrong. */
  @Override
  public String toString() {
    return name.orElse("database " + number + " of the listing") + " (" + why + ")";
  }
}
