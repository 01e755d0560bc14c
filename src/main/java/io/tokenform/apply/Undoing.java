package io.tokenform.apply;

import io.tokenform.access.TokenName;
import io.tokenform.access.database.DatabaseName;
import io.tokenform.finding.Located;
import io.tokenform.finding.Location;
import io.tokenform.plan.DatabaseSettings;
import io.tokenform.plan.TokenChange;
import io.tokenform.policy.database.DesiredDatabase;
import java.util.Optional;

/** How a policy speaks of tokens and databases that it gives back what they had. */
final class Undoing {
  private Undoing() {}

  /** The name of the token, or the id of one of its generations: a rollback may be about both. */
  static TokenName name(TokenChange change) {
    return change.isAboutOldGeneration() ? new TokenName(change.address().name()) : change.token();
  }

  /**
   * A database that gets these settings back, and its old name where it has another one.
   *
   * @param renamed the name that it has now, where that is another one
   */
  static DesiredDatabase database(
      DatabaseName name,
      Location where,
      DatabaseSettings settings,
      Optional<DatabaseName> renamed) {
    return new DesiredDatabase(
        name,
        where,
        settings.retention().map(value -> new Located<>(value, where)),
        settings.maxTables().map(value -> new Located<>(value, where)),
        settings.maxColumnsPerTable().map(value -> new Located<>(value, where)),
        Optional.empty(),
        Optional.empty(),
        renamed.map(value -> new Located<>(value, where)),
        Optional.empty());
  }
}
