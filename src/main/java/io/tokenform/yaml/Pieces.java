package io.tokenform.yaml;

import io.tokenform.yaml.Piece.Kind;
import java.util.ArrayList;
import java.util.List;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * Cuts a well-formed YAML text into its pieces, in their order.
 *
 * <p>The scanner says where the tokens are, and what a number sign between them starts is a
 * comment. The scanner's own comment tokens are not used: it leaves some out.
 */
final class Pieces {
  private final String text;
  private final List<Piece> pieces = new ArrayList<>();

  /** How far the text is cut, in code points and in characters. */
  private int codePoints;

  private int position;

  /** Where the line of that place starts. */
  private int lineStart;

  /** Where the last piece ends. */
  private int end;

  private Pieces(String text) {
    this.text = text;
  }

  /**
   * The pieces of a text whose line breaks are line feeds alone.
   *
   * @throws org.snakeyaml.engine.v2.exceptions.YamlEngineException if it is not well-formed
   */
  static List<Piece> of(String text) {
    return new Pieces(text).cut();
  }

  private List<Piece> cut() {
    LoadSettings settings = YamlReader.settings(new CoreSchema(), "", text);
    StrictScanner scanner = new StrictScanner(settings, Tabs.withoutHarmless(settings, text));
    while (scanner.hasNext()) {
      Token token = scanner.scan();
      int from = index(token.getStartMark().orElseThrow());
      int to = index(token.getEndMark().orElseThrow());
      // The others say how deep the text is indented, and have no text of their own.
      if (from < to) {
        add(token.getTokenId(), from, to);
      }
    }
    addComments(text.length());
    return pieces;
  }

  private static int index(Mark mark) {
    return mark.getIndex();
  }

  private void add(Token.ID token, int from, int to) {
    int start = text.offsetByCodePoints(position, from - codePoints);
    addComments(start);
    int stop = text.offsetByCodePoints(start, to - from);
    moveTo(start);
    String written = text.substring(start, stop);
    Kind kind = kind(token);
    addPiece(kind, written);
    end = stop;
    if (kind == Kind.SCALAR && (written.startsWith("|") || written.startsWith(">"))) {
      addHeaderComment(written);
    }
    moveTo(stop);
  }

  private static Kind kind(Token.ID token) {
    return switch (token) {
      case Directive -> Kind.DIRECTIVE;
      case DocumentStart -> Kind.DOCUMENT_START;
      case DocumentEnd -> Kind.DOCUMENT_END;
      case Anchor, Tag -> Kind.PROPERTY;
      case Scalar, Alias -> Kind.SCALAR;
      case BlockEntry -> Kind.DASH;
      case Key -> Kind.QUESTION_MARK;
      case Value -> Kind.COLON;
      case FlowEntry -> Kind.COMMA;
      case FlowSequenceStart, FlowMappingStart -> Kind.OPENING;
      case FlowSequenceEnd, FlowMappingEnd -> Kind.CLOSING;
      default -> throw new IllegalStateException("a token without text: " + token);
    };
  }

  /** Adds the comments between here and the next token. */
  private void addComments(int limit) {
    for (int start = position; start < limit; start++) {
      if (text.charAt(start) == '#') {
        moveTo(start);
        int stop = text.indexOf('\n', start);
        stop = stop < 0 ? text.length() : stop;
        addPiece(Kind.COMMENT, withoutTrailingBlanks(text.substring(start, stop)));
        end = stop;
        moveTo(stop);
        start = stop;
      }
    }
  }

  /** The scanner takes the comment in the first line of a block scalar for a part of it. */
  private void addHeaderComment(String scalar) {
    int lineEnd = scalar.indexOf('\n');
    String header = lineEnd < 0 ? scalar : scalar.substring(0, lineEnd);
    int start = header.indexOf('#');
    if (start >= 0) {
      String comment = withoutTrailingBlanks(header.substring(start));
      pieces.add(new Piece(Kind.COMMENT, comment, codePoints + start, 0, false, false));
    }
  }

  private void addPiece(Kind kind, String written) {
    boolean startsLine = end <= lineStart;
    pieces.add(
        new Piece(
            kind,
            written,
            codePoints,
            position - lineStart,
            startsLine,
            startsLine && isAfterBlankLine()));
  }

  private boolean isAfterBlankLine() {
    int last = lineStart - 2;
    while (last >= 0 && isBlank(text.charAt(last))) {
      last--;
    }
    return lineStart > 0 && (last < 0 || text.charAt(last) == '\n');
  }

  private void moveTo(int target) {
    codePoints += text.codePointCount(position, target);
    while (position < target) {
      if (text.charAt(position++) == '\n') {
        lineStart = position;
      }
    }
  }

  private static String withoutTrailingBlanks(String line) {
    int length = line.length();
    while (length > 0 && isBlank(line.charAt(length - 1))) {
      length--;
    }
    return line.substring(0, length);
  }

  private static boolean isBlank(char character) {
    return character == ' ' || character == '\t';
  }
}
