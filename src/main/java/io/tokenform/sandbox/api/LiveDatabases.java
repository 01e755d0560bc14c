package io.tokenform.sandbox.api;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The databases of a cluster, and what the API can do to them; safe for use by many threads. */
final class LiveDatabases {
  /** The vendor: wait two to three minutes before a deleted database's name is used again. */
  static final Duration NAME_IS_KEPT = Duration.ofMinutes(2);

  /** The vendor: for about seven days a deleted database can be brought back. */
  static final Duration CAN_BE_RESTORED = Duration.ofDays(7);

  private final Duration memory;

  // In the order of the listing: the seed's, then that of creation. Replaced, never changed.
  @GuardedBy("this")
  private List<StoredDatabase> databases;

  // The latest first.
  @GuardedBy("this")
  private final Deque<Past> past = new ArrayDeque<>();

  /** What the databases were until then, as {@link System#nanoTime} tells the time. */
  private record Past(long until, List<StoredDatabase> databases) {}

  /**
   * @param memory how long ago a state may be that is asked for
   */
  LiveDatabases(List<StoredDatabase> start, Duration memory) {
    this.databases = List.copyOf(start);
    this.memory = memory;
  }

  /** All of them, deleted ones too. */
  synchronized List<StoredDatabase> all() {
    return databases;
  }

  /** Those that are there. */
  List<StoredDatabase> listed() {
    return all().stream().filter(database -> !database.isDeleted()).toList();
  }

  /** All of them as they were {@code ago}. */
  synchronized List<StoredDatabase> asOf(Duration ago) {
    long now = System.nanoTime();
    List<StoredDatabase> then = databases;
    for (Past state : past) {
      if (now - state.until >= ago.toNanos()) {
        break;
      }
      then = state.databases;
    }
    return then;
  }

  boolean has(String name) {
    return listed().stream().anyMatch(database -> database.name().equals(name));
  }

  /** Whether a database had this name that was deleted or renamed, and none has it now. */
  boolean isGone(String name) {
    return !has(name)
        && all().stream()
            .anyMatch(
                database -> database.formerNames().contains(name) || database.name().equals(name));
  }

  /**
   * The database of that name.
   *
   * @throws RequestRefusedException if there is none
   */
  StoredDatabase get(String name) throws RequestRefusedException {
    return listed().stream()
        .filter(database -> database.name().equals(name))
        .findFirst()
        .orElseThrow(() -> RequestRefusedException.notFound("there is no such database"));
  }

  /**
   * Makes a database.
   *
   * @throws RequestRefusedException if the name is taken, or was until a short while ago
   */
  synchronized StoredDatabase create(DatabaseBody body, Instant now)
      throws RequestRefusedException {
    refuseTaken(body.name().orElseThrow(), now);
    long id = 1 + databases.stream().mapToLong(StoredDatabase::id).max().orElse(0);
    StoredDatabase created = StoredDatabase.created(id, body);
    List<StoredDatabase> after = new ArrayList<>(databases);
    after.add(created);
    replace(after);
    return created;
  }

  /**
   * Changes what the body names.
   *
   * @throws RequestRefusedException if there is no such database
   */
  synchronized StoredDatabase update(String name, DatabaseBody body)
      throws RequestRefusedException {
    return change(get(name), database -> database.patched(body));
  }

  /**
   * Deletes a database; it can be restored for a while.
   *
   * @throws RequestRefusedException if there is no such database
   */
  synchronized void delete(String name, Instant now) throws RequestRefusedException {
    change(get(name), database -> database.withDeletion(Optional.of(now)));
  }

  /**
   * Gives a database another name.
   *
   * @throws RequestRefusedException if there is no such database, or the new name is taken
   */
  synchronized StoredDatabase rename(String name, String to, Instant now)
      throws RequestRefusedException {
    StoredDatabase before = get(name);
    refuseTaken(to, now);
    return change(before, database -> database.renamed(to));
  }

  /**
   * Brings a deleted database back.
   *
   * @throws RequestRefusedException if none of that id is deleted or can be restored any more, or
   *     another database has its name
   */
  synchronized StoredDatabase restore(long id, Instant now) throws RequestRefusedException {
    StoredDatabase before =
        databases.stream()
            .filter(database -> database.id() == id && database.isDeleted())
            .filter(database -> isWithin(CAN_BE_RESTORED, database, now))
            .findFirst()
            .orElseThrow(
                () ->
                    RequestRefusedException.notFound(
                        "there is no deleted database " + id + " that can be restored"));
    if (has(before.name())) {
      // The vendor's description has no 409 here.
      throw RequestRefusedException.badRequest("another database has the name of this one");
    }
    return change(before, database -> database.withDeletion(Optional.empty()));
  }

  @GuardedBy("this")
  private void refuseTaken(String name, Instant now) throws RequestRefusedException {
    if (has(name)) {
      throw RequestRefusedException.conflict("a database of this name is there already");
    }
    for (StoredDatabase database : databases) {
      if (database.name().equals(name) && isWithin(NAME_IS_KEPT, database, now)) {
        throw RequestRefusedException.conflict(
            "a database of this name was deleted less than "
                + NAME_IS_KEPT.toMinutes()
                + " minutes ago");
      }
    }
  }

  /** Whether it was deleted less than that long ago. */
  private static boolean isWithin(Duration time, StoredDatabase database, Instant now) {
    return database.deletedAt().filter(then -> now.isBefore(then.plus(time))).isPresent();
  }

  @GuardedBy("this")
  private StoredDatabase change(StoredDatabase before, UnaryOperator<StoredDatabase> how) {
    StoredDatabase changed = how.apply(before);
    List<StoredDatabase> after = new ArrayList<>(databases);
    after.replaceAll(database -> database.id() == before.id() ? changed : database);
    replace(after);
    return changed;
  }

  @GuardedBy("this")
  private void replace(List<StoredDatabase> after) {
    if (!memory.isZero()) {
      long now = System.nanoTime();
      past.addFirst(new Past(now, databases));
      while (now - past.getLast().until >= memory.toNanos()) {
        past.removeLast();
      }
    }
    databases = List.copyOf(after);
  }
}
