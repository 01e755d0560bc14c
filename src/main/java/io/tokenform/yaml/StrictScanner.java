package io.tokenform.yaml;

import io.tokenform.finding.SourceText;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.ScannerException;
import org.snakeyaml.engine.v2.scanner.Scanner;
import org.snakeyaml.engine.v2.scanner.ScannerImpl;
import org.snakeyaml.engine.v2.scanner.StreamReader;
import org.snakeyaml.engine.v2.tokens.KeyToken;
import org.snakeyaml.engine.v2.tokens.ScalarToken;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * The engine's scanner, held to YAML 1.2 where it is not: what it takes for YAML and is none is
 * refused, and a key in braces whose colon stands in a later line is taken for one.
 *
 * <p>What is refused: a comment without a space before it, and a line within brackets or quotes
 * that is not indented deeper than the block in which they stand. Other YAML readers refuse both,
 * or read them in their own ways.
 */
final class StrictScanner implements Scanner {
  /** The context of the error that a comment has no space before it. */
  static final String TIGHT_COMMENT = "tight comment";

  /** The context of the error that a line in brackets is not indented enough. */
  static final String SHALLOW_BRACKETS = "shallow brackets";

  /** The context of the error that a line in quotes is not indented enough. */
  static final String SHALLOW_QUOTES = "shallow quotes";

  /** No key that people write has more tokens; what is longer is passed on as it is. */
  private static final int MOST_HELD = 10_000;

  private final SourceText source;
  private final String text;
  private final boolean hasTabs;
  private final ScannerImpl scanner;

  /** The columns of the blocks that are open. */
  private final Deque<Integer> blocks = new ArrayDeque<>();

  /** The brackets and braces that are open, from the inside out. */
  private final Deque<Brackets> open = new ArrayDeque<>();

  /** Read, and not yet passed on. */
  private final Deque<Token> ready = new ArrayDeque<>();

  /** Held back as long as one of them may turn out to begin a key. */
  private final List<Token> held = new ArrayList<>();

  private int undecided;
  private int position;
  private int codePoints;
  private int lastLine;
  private Optional<ScannerException> shallow = Optional.empty();

  /** A collection in brackets or braces. */
  private static final class Brackets {
    /** Nothing of the entry has been read. */
    private static final int AT_START = -1;

    /** Whether the entry has a key is known. */
    private static final int DECIDED = -2;

    private final Mark opening;
    private final boolean isMap;

    /** One of the two above, or where in what is held back the entry begins. */
    private int entry = AT_START;

    Brackets(Token opening) {
      this.opening = opening.getStartMark().orElseThrow();
      this.isMap = opening.getTokenId() == Token.ID.FlowMappingStart;
    }
  }

  StrictScanner(LoadSettings settings, String text) {
    this.source = new SourceText(settings.getLabel(), text);
    this.text = text;
    this.hasTabs = text.indexOf('\t') >= 0;
    this.scanner = new ScannerImpl(settings, new StreamReader(settings, text));
  }

  @Override
  public boolean checkToken(Token.ID... choices) {
    if (!hasNext()) {
      return false;
    }
    Token.ID next = peekToken().getTokenId();
    for (Token.ID choice : choices) {
      if (choice == next) {
        return true;
      }
    }
    return choices.length == 0;
  }

  @Override
  public boolean checkToken(Token.ID choice) {
    return hasNext() && peekToken().getTokenId() == choice;
  }

  @Override
  public boolean hasNext() {
    return !ready.isEmpty() || scanner.hasNext();
  }

  @Override
  public Token peekToken() {
    fill();
    return ready.getFirst();
  }

  @Override
  public Token next() {
    fill();
    return ready.removeFirst();
  }

  @Override
  public void resetDocumentIndex() {
    scanner.resetDocumentIndex();
  }

  /** How far what stands in the current block has to be indented at least. */
  int indentation() {
    return blocks.isEmpty() ? 0 : blocks.getFirst() + 1;
  }

  /** The index at which the last token ends, in characters. */
  int position() {
    return position;
  }

  private void fill() {
    while (ready.isEmpty()) {
      Token token = scan();
      hold(token);
      if (held.size() > MOST_HELD || token.getTokenId() == Token.ID.StreamEnd) {
        open.forEach(brackets -> decide(brackets, Math.min(brackets.entry, Brackets.AT_START)));
      }
      if (undecided == 0) {
        for (Token known : held) {
          ready.addLast(known);
        }
        held.clear();
      }
    }
  }

  /** The next token as it stands in the text, for those who do not parse it. */
  Token scan() {
    // The engine reads on when it is asked what comes next, and not when it gives it.
    Token token = scanner.peekToken();
    scanner.next();
    check(token);
    return token;
  }

  private void hold(Token token) {
    Brackets inner = open.peekFirst();
    switch (token.getTokenId()) {
      case FlowMappingStart, FlowSequenceStart -> {
        begin(inner);
        open.addFirst(new Brackets(token));
      }
      case FlowMappingEnd, FlowSequenceEnd -> {
        if (inner != null) {
          decide(inner, Brackets.DECIDED);
          open.removeFirst();
        }
      }
      case FlowEntry -> decide(inner, Brackets.AT_START);
      case Key -> decide(inner, Brackets.DECIDED);
      case Value -> {
        if (inner != null && inner.entry >= 0) {
          Optional<Mark> start = held.get(inner.entry).getStartMark();
          held.add(inner.entry, new KeyToken(start, start));
        }
        decide(inner, Brackets.DECIDED);
      }
      case Scalar, Alias, Anchor, Tag -> begin(inner);
      default -> {}
    }
    held.add(token);
  }

  /** Notes that an entry may begin with what is read next. */
  private void begin(Brackets inner) {
    if (inner != null && inner.isMap && inner.entry == Brackets.AT_START) {
      inner.entry = held.size();
      undecided++;
    }
  }

  private void decide(Brackets inner, int state) {
    if (inner != null) {
      undecided -= inner.entry >= 0 ? 1 : 0;
      inner.entry = state;
    }
  }

  private void check(Token token) {
    Mark start = token.getStartMark().orElseThrow();
    Mark end = token.getEndMark().orElseThrow();
    switch (token.getTokenId()) {
      case BlockMappingStart, BlockSequenceStart -> blocks.addFirst(start.getColumn());
      case BlockEnd -> blocks.removeFirst();
      // Whatever else is wrong says more, such as that the brackets are never closed.
      case StreamEnd -> throwIfShallow();
      default -> {
        if (start.getIndex() < end.getIndex()) {
          checkText(token, start, end);
          lastLine = end.getLine();
        }
      }
    }
  }

  private void throwIfShallow() {
    if (shallow.isPresent()) {
      throw shallow.get();
    }
  }

  private void checkText(Token token, Mark start, Mark end) {
    position = text.offsetByCodePoints(position, end.getIndex() - codePoints);
    codePoints = end.getIndex();
    if (isOfBlocks(token)) {
      return;
    }
    if (position < text.length() && text.charAt(position) == '#') {
      throw new ScannerException(TIGHT_COMMENT, token.getStartMark(), "", token.getEndMark());
    }
    if (blocks.isEmpty() || shallow.isPresent()) {
      return;
    }
    Brackets inner = open.peekFirst();
    if (inner != null && start.getLine() > lastLine && isShallow(start)) {
      shallow = Optional.of(shallow(SHALLOW_BRACKETS, inner.opening, start.getLine()));
    } else if (start.getLine() < end.getLine()) {
      checkLines(token, inner, start, end);
    }
  }

  private static boolean isPlain(Token token) {
    return token instanceof ScalarToken scalar && scalar.isPlain();
  }

  /** Whether it is the text of {@code |} or {@code >}, which ends with its lines. */
  private static boolean isOfBlocks(Token token) {
    return token instanceof ScalarToken scalar
        && (scalar.getStyle() == ScalarStyle.LITERAL || scalar.getStyle() == ScalarStyle.FOLDED);
  }

  private boolean isShallow(Mark start) {
    return start.getColumn() < indentation()
        || (hasTabs && spaces(source.line(start.getLine() + 1)) < indentation());
  }

  /** Checks the lines of a text that goes on below its first one. */
  private void checkLines(Token token, Brackets inner, Mark start, Mark end) {
    for (int number = start.getLine() + 1; number <= end.getLine(); number++) {
      String line = source.line(number + 1);
      if (spaces(line) < indentation() && !line.isBlank()) {
        // The engine checks plain text itself, where it stands in no brackets.
        shallow =
            Optional.of(
                inner != null && isPlain(token)
                    ? shallow(SHALLOW_BRACKETS, inner.opening, number)
                    : shallow(SHALLOW_QUOTES, start, number));
        return;
      }
    }
  }

  private static int spaces(String line) {
    int spaces = 0;
    while (spaces < line.length() && line.charAt(spaces) == ' ') {
      spaces++;
    }
    return spaces;
  }

  private ScannerException shallow(String context, Mark opening, int number) {
    int column = spaces(source.line(number + 1));
    Mark place = new Mark(source.name(), 0, number, column, new int[0], 0);
    return new ScannerException(
        context, Optional.of(opening), Integer.toString(indentation()), Optional.of(place));
  }
}
