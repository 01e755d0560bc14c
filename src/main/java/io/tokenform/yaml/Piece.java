package io.tokenform.yaml;

/**
 * A part of a YAML text that is more than white space: a token or a comment.
 *
 * @param kind what it is
 * @param text the text as written; a comment's without the white space at its end
 * @param index where it starts, in code points from the start of the text
 * @param column where it starts in its line
 * @param startsLine whether nothing but white space stands before it in its line
 * @param afterBlankLine whether it starts a line, and the line above is blank
 */
record Piece(
    Kind kind, String text, int index, int column, boolean startsLine, boolean afterBlankLine) {
  /** What a piece is. */
  enum Kind {
    COMMENT,
    DIRECTIVE,
    /** {@code ---} */
    DOCUMENT_START,
    /** {@code ...} */
    DOCUMENT_END,
    /** A tag or an anchor. */
    PROPERTY,
    /** A scalar or an alias. */
    SCALAR,
    /** {@code -} */
    DASH,
    /** {@code ?} */
    QUESTION_MARK,
    /** {@code :} */
    COLON,
    COMMA,
    /** A bracket or a brace that opens a flow collection. */
    OPENING,
    CLOSING
  }

  boolean is(Kind other) {
    return kind == other;
  }
}
