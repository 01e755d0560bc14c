package io.tokenform.cli.database;

import io.tokenform.access.database.DatabaseName;
import io.tokenform.cli.console.Console;
import io.tokenform.policy.Policy;
import java.util.Optional;

/** Notes that the policy, where there is one, says otherwise than what a verb does by hand. */
final class PolicyNotes {
  private final Console console;
  private final Optional<Policy> policy;

  PolicyNotes(Console console, Optional<Policy> policy) {
    this.console = console;
    this.policy = policy;
  }

  void updates(DatabaseName name) {
    note(name, "the next apply changes it back to what the policy says");
  }

  void deletes(DatabaseName name) {
    note(
        name,
        "the next apply makes a new one without data; to keep it deleted, write state: deleted"
            + " there");
  }

  void renames(DatabaseName name, DatabaseName newName) {
    note(
        name,
        "the next apply makes a new one without data; write "
            + newName
            + ": {renamed: "
            + name
            + "} there");
  }

  private void note(DatabaseName name, String consequence) {
    boolean isStated =
        policy.isPresent()
            && policy.get().databases().stream()
                .anyMatch(stated -> stated.name().equals(name) && !stated.isDeleted());
    if (isStated) {
      console.note("the policy has the database \"" + name + "\": " + consequence);
    }
  }
}
