package io.tokenform.plan.verb;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.policy.Policy;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Function;

/** Makes sure that no sink takes the secret of a token for that of another one. */
public final class OwnName {
  private static final String HINT = "choose what the sink calls it with --name";

  private OwnName() {}

  /**
   * Refuses the name of a token of the policy.
   *
   * @param name what a sink is to call a token that the policy does not name
   * @param who that token, as people are told of it
   * @throws RefusedVerbException if the policy has a token of that name
   */
  static void requireNotOfPolicy(TokenName name, String who, Optional<Policy> written)
      throws RefusedVerbException {
    boolean isTaken =
        written.stream()
            .flatMap(policy -> policy.tokens().stream())
            .anyMatch(desired -> desired.name().equals(name));
    if (isTaken) {
      throw new RefusedVerbException(
          "\""
              + name
              + "\" is a token of the policy, and the secret of "
              + who
              + " could replace that one's in the sink",
          HINT);
    }
  }

  /**
   * Refuses a name that would also be made of the description of another working token. Tokens with
   * the same description are left to the commands: they are generations of one, or duplicates.
   *
   * @param name what was made of the description
   * @param description that of the token, without its label
   * @param live all tokens of the cluster, in any order
   * @param now the time by which tokens count as expired
   * @param made makes names of descriptions, where one can be made
   * @throws RefusedVerbException if another token would have that name
   */
  public static void requireUnlike(
      TokenName name,
      String description,
      Collection<Token> live,
      Instant now,
      Function<String, Optional<TokenName>> made)
      throws RefusedVerbException {
    for (Token token : live) {
      String text = LiveDescription.parse(token.description()).text();
      if (token.isActive(now)
          && !text.equals(description)
          && made.apply(text).filter(name::equals).isPresent()) {
        throw new RefusedVerbException(
            "a sink may have the secret of the token "
                + token.id()
                + " as \""
                + name
                + "\" too, and this one's could replace it",
            HINT);
      }
    }
  }
}
