package io.tokenform.plan;

import java.util.Arrays;
import java.util.Optional;

/**
 * The kinds of changes, one for each member of the family {@link Change}, in the order of
 * summaries.
 */
public enum Kind {
  /** A token is made, and its secret delivered. */
  CREATE("create"),
  /** The description or the permissions of a live token become what the policy says. */
  UPDATE("update"),
  /** A token gets a successor, whose secret is delivered. */
  ROTATE("rotate"),
  /** A token that has a successor loses its access. */
  RETIRE("retire"),
  /** A token is revoked. */
  REVOKE("revoke"),
  /** What an apply left that did not end is finished or removed. */
  CLEAN_UP("clean-up"),
  /** A database is made. */
  CREATE_DATABASE("create-database"),
  /** The settings of a live database become what the policy says. */
  UPDATE_DATABASE("update-database"),
  /** A live database gets another name. */
  RENAME_DATABASE("rename-database"),
  /** A live database is deleted with its data. */
  DELETE_DATABASE("delete-database");

  private final String word;

  Kind(String word) {
    this.word = word;
  }

  /** The kind of that word, as in files. */
  public static Optional<Kind> named(String word) {
    return Arrays.stream(values()).filter(kind -> kind.word.equals(word)).findFirst();
  }

  /** The member of the family. */
  public Class<? extends Change> type() {
    // Only the members that are asked for are loaded.
    return switch (this) {
      case CREATE -> Create.class;
      case UPDATE -> Update.class;
      case ROTATE -> Rotate.class;
      case RETIRE -> Retire.class;
      case REVOKE -> Revoke.class;
      case CLEAN_UP -> CleanUp.class;
      case CREATE_DATABASE -> CreateDatabase.class;
      case UPDATE_DATABASE -> UpdateDatabase.class;
      case RENAME_DATABASE -> RenameDatabase.class;
      case DELETE_DATABASE -> DeleteDatabase.class;
    };
  }

  /** Whether its changes are about databases. */
  public boolean isOfDatabases() {
    return compareTo(CREATE_DATABASE) >= 0;
  }

  /**
   * What a summary says of some changes of this kind behind their number, as in {@code to create}.
   */
  public String toDo(int count) {
    if (!isOfDatabases()) {
      return "to " + word;
    }
    return (count == 1 ? "database to " : "databases to ") + word.substring(0, word.indexOf('-'));
  }

  @Override
  public String toString() {
    return word;
  }
}
