package io.tokenform.access.database;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a cluster answers when it is asked for its databases. No name is in it twice.
 *
 * @param names the names of all of them, in the cluster's order, those that cannot be read too
 * @param databases those that can be read, likewise
 * @param unreadable the others, likewise
 */
public record DatabaseListing(
    List<String> names, List<Database> databases, List<UnreadableDatabase> unreadable) {
  public DatabaseListing {
    names = List.copyOf(names);
    databases = List.copyOf(databases);
    unreadable = List.copyOf(unreadable);
  }

  /** A listing in which every database can be read. */
  public static DatabaseListing of(List<Database> databases) {
    return new DatabaseListing(
        databases.stream().map(database -> database.name().value()).toList(), databases, List.of());
  }

  /** The database of that name, where it is there and can be read. */
  public Optional<Database> find(DatabaseName name) {
    Objects.requireNonNull(name, "name");
    for (Database database : databases) {
      if (database.name().equals(name)) {
        return Optional.of(database);
      }
    }
    return Optional.empty();
  }

  /** Why the database of that name cannot be read; absent where it can, or is not there. */
  public Optional<UnreadableDatabase> findUnreadable(DatabaseName name) {
    for (UnreadableDatabase database : unreadable) {
      if (database.name().isPresent() && database.name().get().equals(name.value())) {
        return Optional.of(database);
      }
    }
    return Optional.empty();
  }
}
