package io.tokenform.policy;

/** The two ends of a text, of which programs cut off what nobody sees. */
public final class Edges {
  private Edges() {}

  /** Whether the first or the last character of a text is one that nobody sees. */
  public static boolean areBlank(String text) {
    return !text.isEmpty()
        && (isBlank(text.codePointAt(0)) || isBlank(text.codePointBefore(text.length())));
  }

  /** Whether it is a blank, a line break, another control character, or takes no room. */
  public static boolean isBlank(int character) {
    return Character.isWhitespace(character)
        || Character.isSpaceChar(character)
        || Character.isISOControl(character)
        || Character.getType(character) == Character.FORMAT;
  }
}
