package io.tokenform.plan.verb;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import io.tokenform.live.Generations;
import io.tokenform.live.TokenFamily;
import io.tokenform.policy.Policy;
import io.tokenform.policy.UnwrittenPolicy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A parked token that somebody wants in the hands of its policy again. It has no access then: what
 * gives that back is the next apply.
 *
 * @param named the token, and its name
 */
public record Release(Named named) {
  public Release {
    Objects.requireNonNull(named, "named");
  }

  /**
   * A release of a live token.
   *
   * @param live all tokens of the cluster, in any order
   * @param now the time by which tokens count as expired
   * @throws RefusedVerbException if it has another label, or if another token has come into use
   */
  public static Release of(Named named, Collection<Token> live, Instant now)
      throws RefusedVerbException {
    Token token = named.token();
    Optional<Label> label = Generations.label(token);
    if (label.isPresent() && !isParked(token)) {
      throw new RefusedVerbException(
          "the token " + token.id() + " is " + label.get().word() + ", not parked",
          "tokenform token list shows which of its tokens is");
    }
    Optional<Token> inUse =
        TokenFamily.of(token, live, now).others().stream()
            .filter(other -> Generations.label(other).isEmpty())
            .findFirst();
    if (label.isPresent() && inUse.isPresent()) {
      throw new RefusedVerbException(
          "another token with this description is in use by now, "
              + inUse.get().id()
              + ": after a release nobody could tell which of them is meant",
          "revoke the one that is not needed: tokenform token revoke " + token.id());
    }
    return new Release(named);
  }

  private static boolean isParked(Token token) {
    return LiveDescription.parse(token.description()).has(Label.Parked.class);
  }

  /** Whether there is nothing to release. */
  public boolean isDone() {
    return !isParked(named.token());
  }

  /** The policy that wants it. */
  public Policy policy() {
    Token token = named.token();
    return UnwrittenPolicy.of(
        Typed.SOURCE,
        List.of(
            UnwrittenPolicy.token(
                named.name(),
                token.id(),
                Typed.WHERE,
                Optional.of(LiveDescription.parse(token.description()).text()),
                Optional.empty())));
  }
}
