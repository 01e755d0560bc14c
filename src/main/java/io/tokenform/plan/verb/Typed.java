package io.tokenform.plan.verb;

import io.tokenform.access.LiveDescription;
import io.tokenform.access.Token;
import io.tokenform.access.TokenName;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;

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

  /** A name for one of several tokens that people call the same. */
  static TokenName byId(Token token) {
    return new TokenName(token.id().toString());
  }
}
