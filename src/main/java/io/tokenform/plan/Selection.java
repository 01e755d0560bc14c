package io.tokenform.plan;

import io.tokenform.access.TokenName;
import java.util.Set;

/**
 * Which of the policy's tokens a plan is about.
 *
 * @param targets these alone; all where it is empty
 * @param excluded and of those, not these
 */
public record Selection(Set<TokenName> targets, Set<TokenName> excluded) {
  public static final Selection ALL = new Selection(Set.of(), Set.of());

  public Selection {
    targets = Set.copyOf(targets);
    excluded = Set.copyOf(excluded);
  }

  public boolean includes(TokenName token) {
    return (targets.isEmpty() || targets.contains(token)) && !excluded.contains(token);
  }
}
