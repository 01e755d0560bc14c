package io.tokenform.plan.verb;

import io.tokenform.access.Label;
import io.tokenform.access.LiveDescription;
import io.tokenform.access.Permissions;
import io.tokenform.access.ShellWord;
import io.tokenform.access.SinkName;
import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Located;
import io.tokenform.live.Generations;
import io.tokenform.policy.Expiry;
import io.tokenform.policy.Lifecycle;
import io.tokenform.policy.Policy;
import io.tokenform.policy.UnwrittenPolicy;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A token that somebody wants made, without a policy.
 *
 * @param name what its sink calls it
 * @param description what people call it, without a label
 * @param permissions what it may do
 * @param deliver where its secret goes
 * @param expires when it expires; absent for never
 */
public record Creation(
    TokenName name,
    String description,
    Permissions permissions,
    SinkName deliver,
    Optional<Expiry> expires) {
  public Creation {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(permissions, "permissions");
    Objects.requireNonNull(deliver, "deliver");
    Objects.requireNonNull(expires, "expires");
  }

  /** The policy that wants it. */
  public Policy policy() {
    Lifecycle lifecycle =
        new Lifecycle(
            Optional.of(new Located<>(deliver, Typed.WHERE)),
            expires.map(expiry -> new Located<>(expiry, Typed.WHERE)),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return UnwrittenPolicy.of(
        Typed.SOURCE,
        List.of(UnwrittenPolicy.token(name, Typed.WHERE, description, permissions, lifecycle)));
  }

  /**
   * Makes sure that the sink does not have another token's secret under the name.
   *
   * @throws RefusedVerbException if the policy has a token of that name
   */
  public void requireFreeName(Optional<Policy> written) throws RefusedVerbException {
    OwnName.requireNotOfPolicy(name, "the new one", written);
  }

  /**
   * Makes sure that no working token has the description, with or without a label: two of the same
   * could not be told apart, or would count as generations of one.
   *
   * @param live all tokens of the cluster, in any order
   * @param now the time by which tokens count as expired
   * @throws RefusedVerbException if one has it
   */
  public void requireNew(Collection<Token> live, Instant now) throws RefusedVerbException {
    Optional<Token> namesake =
        live.stream()
            .filter(token -> token.isActive(now))
            .filter(token -> LiveDescription.parse(token.description()).text().equals(description))
            .min(
                (one, other) ->
                    Boolean.compare(
                        Generations.label(one).isPresent(), Generations.label(other).isPresent()));
    if (namesake.isPresent()) {
      Token token = namesake.get();
      String state = Generations.label(token).map(Label::word).orElse("in use");
      throw new RefusedVerbException(
          "there is a token with the description \""
              + description
              + "\" already, "
              + token.id()
              + ", which is "
              + state,
          "choose another description; or give that one a successor: tokenform token rotate "
              + ShellWord.of(token.id().toString()));
    }
  }
}
