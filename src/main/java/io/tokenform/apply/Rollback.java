package io.tokenform.apply;

import io.tokenform.access.Permissions;
import io.tokenform.access.SecretShapes;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.ManagedFields;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.Policy;
import io.tokenform.policy.UnwrittenPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The way back from an apply: a policy that wants for each token what it had before, in the fields
 * that the apply changed and in no others.
 *
 * @param policy what to plan; its places are lines of the journal
 * @param drifted the changes that somebody has gone beyond since, or of which only a masked secret
 *     is known; they are not in the policy
 */
public record Rollback(Policy policy, List<Drifted> drifted) {
  /**
   * A change of the apply whose token has been changed since.
   *
   * @param live the token as it is; absent where the cluster has it no more
   * @param restorable whether force restores it: it works, and what it had is known
   */
  public record Drifted(RecordedChange change, Optional<Token> live, boolean restorable) {}

  public Rollback {
    drifted = List.copyOf(drifted);
  }

  /**
   * The way back from an apply for tokens as they are now. A change that never reached the cluster
   * needs none, and one that is undone already needs none either.
   *
   * @param force whether tokens that have drifted since are restored as well; those that are gone
   *     or revoked cannot be
   */
  public static Rollback of(RecordedApply apply, Collection<Token> live, boolean force) {
    Map<TokenId, Token> byId = new HashMap<>();
    live.forEach(token -> byId.put(token.id(), token));
    SourceText journal = new SourceText(apply.name(), "");
    List<DesiredToken> desired = new ArrayList<>();
    List<Drifted> drifted = new ArrayList<>();
    for (RecordedChange change : apply.changes()) {
      if (!change.mayHaveHappened()) {
        continue;
      }
      Optional<Token> token = Optional.ofNullable(byId.get(change.id()));
      boolean works = token.isPresent() && !token.get().isRevoked();
      if (works && DriftCheck.holds(change.changedBefore(), token.get())) {
        continue;
      }
      boolean isFree = force || (works && DriftCheck.holds(change.changedAfter(), token.get()));
      boolean isRestorable = works && !holdsMask(change.changedBefore());
      if (isRestorable && isFree) {
        desired.add(desired(change, new Location(journal, change.line(), 1, 1)));
      } else {
        drifted.add(new Drifted(change, token, isRestorable));
      }
    }
    return new Rollback(UnwrittenPolicy.of(journal, desired, Guardrails.WITHOUT_POLICY), drifted);
  }

  /** Whether a secret stood there, of which only a mask is known: it cannot be sent back. */
  private static boolean holdsMask(ManagedFields fields) {
    return fields.description().filter(SecretShapes::isMasked).isPresent()
        || fields.permissions().filter(Permissions::holdMask).isPresent();
  }

  private static DesiredToken desired(RecordedChange change, Location where) {
    ManagedFields before = change.changedBefore();
    return UnwrittenPolicy.token(
        change.token(), change.id(), where, before.description(), before.permissions());
  }
}
