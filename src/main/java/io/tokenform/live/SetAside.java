package io.tokenform.live;

import io.tokenform.access.UnreadableToken;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.Subject;
import java.util.List;
import java.util.stream.Collectors;

/** What is said of tokens that cannot be read, and that nobody has to wait for. */
public final class SetAside {
  public static final String HINT = "what to do: tokenform explain unreadable-token";

  private static final int MOST_NAMED = 3;

  private SetAside() {}

  /** What is said of them, as a sentence. */
  public static String sentence(List<UnreadableToken> tokens) {
    String named =
        tokens.stream()
            .limit(MOST_NAMED)
            .map(UnreadableToken::toString)
            .collect(Collectors.joining(", "));
    return (tokens.size() == 1
            ? "a live token cannot be read and is set aside: "
            : tokens.size() + " live tokens cannot be read and are set aside: ")
        + named
        + (tokens.size() > MOST_NAMED ? " and " + (tokens.size() - MOST_NAMED) + " more" : "");
  }

  /**
   * A warning about all of them.
   *
   * @param where the policy's start
   */
  public static Diagnostic warning(List<UnreadableToken> tokens, Location where) {
    return Diagnostic.warning(Code.UNREADABLE_TOKEN, where, sentence(tokens))
        .about(tokens.stream().flatMap(token -> token.id().stream()).map(Subject::of).toList())
        .hint(HINT);
  }
}
