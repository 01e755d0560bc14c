package io.tokenform.live;

import io.tokenform.access.Glob;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import java.util.Objects;

/**
 * A choice of live tokens.
 *
 * @param kind what it goes by
 * @param text the id; the description, in which each {@code *} stands for any text; or the database
 *     with which a token can do something, {@code *} for all databases
 */
public record TokenFilter(Kind kind, String text) {
  /** What of a token a filter looks at. */
  public enum Kind {
    ID,
    DESCRIPTION,
    DATABASE
  }

  /**
   * @throws IllegalArgumentException if {@code text} should be an id and is not one, or is empty
   */
  public TokenFilter {
    Objects.requireNonNull(kind, "kind");
    if (text.isEmpty()) {
      throw new IllegalArgumentException("there is nothing after the colon");
    }
    if (kind == Kind.ID) {
      text = TokenId.parse(text).toString();
    }
  }

  public boolean includes(Token token) {
    return switch (kind) {
      case ID -> token.id().toString().equals(text);
      case DESCRIPTION -> Glob.matches(text, token.description());
      case DATABASE -> token.permissions().reach(text);
    };
  }
}
