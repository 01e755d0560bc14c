package io.tokenform.live;

import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.InvalidPolicyException;
import io.tokenform.policy.DesiredToken;
import io.tokenform.policy.Policy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Which live tokens a policy means, found as the planner finds them. */
public final class PolicyNames {
  private final List<DesiredToken> desired;
  private final Matching matching;

  private PolicyNames(List<DesiredToken> desired, Matching matching) {
    this.desired = desired;
    this.matching = matching;
  }

  /**
   * Finds the live tokens that a policy means.
   *
   * @param live what the cluster has listed
   * @param now the time by which tokens count as expired
   */
  public static PolicyNames of(Policy policy, TokenListing live, Instant now) {
    return new PolicyNames(policy.tokens(), Matching.of(policy, live, now));
  }

  /** What the policy says of a live token, where it means that one. */
  public Optional<DesiredToken> desiredToken(TokenId id) {
    return matching.desiredToken(id);
  }

  /** The policy's names, in their order. */
  public List<String> names() {
    return desired.stream().map(token -> token.name().value()).toList();
  }

  /**
   * The live token that a name of the policy means; nothing where the policy has no such name.
   *
   * @throws InvalidPolicyException if the policy has the name, and it means no live token
   */
  public Optional<Token> liveToken(String name) throws InvalidPolicyException {
    Optional<DesiredToken> token =
        desired.stream().filter(one -> one.name().value().equals(name)).findFirst();
    if (token.isEmpty()) {
      return Optional.empty();
    }
    Optional<Token> live = matching.liveToken(token.get());
    if (live.isEmpty()) {
      Diagnostic problem = matching.problem(token.get()).orElseThrow();
      // Without the token there is nothing to go on with, whatever a guardrail says in a plan.
      throw new InvalidPolicyException(List.of(problem.asError()));
    }
    return live;
  }

  /**
   * The token that was revoked while it was the one that a name of the policy means, where no other
   * one has taken its place.
   */
  public Optional<Token> revokedToken(String name) {
    return desired.stream()
        .filter(one -> one.name().value().equals(name))
        .filter(matching::isAbsent)
        .flatMap(one -> matching.revokedInUse(one).stream())
        .findFirst();
  }

  /** Those of some live tokens that the policy does not mean, in their order. */
  public List<Token> unmanaged(Collection<Token> tokens) {
    return matching.unmanaged(tokens);
  }
}
