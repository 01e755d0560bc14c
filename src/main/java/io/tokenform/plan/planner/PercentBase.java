package io.tokenform.plan.planner;

import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.plan.Change;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Mode;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * The tokens on which {@code max-changes} bases its percentage: live tokens that work, each once,
 * whose permissions the policy states, and those that change.
 *
 * <p>The author of the policy must not be able to make room for more changes with entries that say
 * nothing. So an entry without permissions does not count, nor one that only adds to what a token
 * has, nor one for a token that has no access and gets none. What is left states all that a token
 * may do, and a reviewer sees as many lines of it as there are tokens. The number of changes is the
 * limit that nobody can move.
 */
final class PercentBase {
  private final Set<TokenId> ids = new HashSet<>();

  /** Counts a token that works, if the policy states its permissions. */
  void add(DesiredToken desired, Token live) {
    if (desired.mode() != Mode.AUTHORITATIVE) {
      return;
    }
    Optional<Permissions> wanted = desired.permissions();
    if (wanted.isPresent() && !(wanted.get().isEmpty() && live.permissions().isEmpty())) {
      ids.add(live.id());
    }
  }

  /** Counts the tokens that change, whatever the policy says of them. */
  void addAll(Collection<Change> changes) {
    changes.forEach(change -> change.liveId().ifPresent(ids::add));
  }

  int size() {
    return ids.size();
  }
}
