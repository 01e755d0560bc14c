package io.tokenform.apply;

import io.tokenform.access.TokenName;
import io.tokenform.plan.TokenChange;

/** What a policy calls the tokens that it gives back what they had. */
final class Undoing {
  private Undoing() {}

  /** The name of the token, or the id of one of its generations: a rollback may be about both. */
  static TokenName name(TokenChange change) {
    return change.isAboutOldGeneration() ? new TokenName(change.address().name()) : change.token();
  }
}
