package io.tokenform.plan.verb;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.policy.Policy;
import java.util.Optional;

/** What has its place on the command line, and in no file. */
final class Typed {
  static final SourceText SOURCE = new SourceText("command line", "");
  static final Location WHERE = new Location(SOURCE, 1, 1, 1);

  private Typed() {}

  /** A name for a token that no policy names. */
  static TokenName name(Token token) {
    try {
      return new TokenName(LiveDescription.parse(token.description()).text());
    } catch (IllegalArgumentException e) {
      return byId(token);
    }
  }

  /**
   * Makes sure that a sink does not take a secret for that of another token.
   *
   * @param who the token that the sink is to call so
   */
  static void requireFree(TokenName name, String who, Optional<Policy> written)
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
          "choose what the sink calls it with --name");
    }
  }

  /** A name for one of several tokens that people call the same. */
  static TokenName byId(Token token) {
    return new TokenName(token.id().toString());
  }
}
