package io.tokenform.yaml;

import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.RandomAccess;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Reads the part of YAML that nearly all policies are written in, without the engine: maps and
 * lists as blocks, or in brackets on one line, of plain and quoted texts on one line, and comments.
 * What it reads, it reads as the engine does, with the same places. It answers nothing for a text
 * that has anything else in it, right or wrong, and then the engine reads that text.
 *
 * <p>By hand, because the engine takes half of the time of a plan of 10,000 tokens.
 *
 * <p>The entries of a section, such as {@code tokens}, are read when somebody asks for them, and
 * not kept: of a policy of 100,000 tokens there are never all nodes at a time.
 */
final class QuickReader {
  /** The engine takes no longer text for a key. */
  private static final int LONGEST_KEY = 1_000;

  /** Deeper ones are the engine's, which knows how deep is too deep. */
  private static final int DEEPEST = YamlReader.MAX_DEPTH - 4;

  /** At this depth are the sections of a policy. */
  private static final int SECTIONS = 1;

  private static final char FIRST_BEYOND_ASCII = '\u00A1';

  private final SourceText source;
  private final char[] text;
  private final Names names;

  private QuickReader(SourceText source) {
    this.source = source;
    this.text = source.content().toCharArray();
    this.names = new Names();
  }

  /** The root of the document, unless the text has anything in it that the engine has to read. */
  static Optional<YamlNode> read(SourceText source) {
    QuickReader reader = new QuickReader(source);
    if (!reader.isOfKnownCharacters()) {
      return Optional.empty();
    }
    try {
      return Optional.of(reader.new Cursor(0, 0, 0).document());
    } catch (OtherYamlException e) {
      return Optional.empty();
    }
  }

  /**
   * Whether all are printable, and each is one character to people and to Java alike. The engine
   * takes a tab, a carriage return and a byte order mark for more than white space.
   */
  private boolean isOfKnownCharacters() {
    for (char character : text) {
      boolean isKnown =
          (character >= ' ' && character <= '~')
              || character == '\n'
              || (character >= FIRST_BEYOND_ASCII && !isOdd(character));
      if (!isKnown) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOdd(char character) {
    return Character.isSurrogate(character)
        || character == '\u2028'
        || character == '\u2029'
        || character == '\uFEFF'
        || character > '\uFFFD';
  }

  /** The text has something in it that the engine has to read. */
  private static final class OtherYamlException extends Exception {
    private static final long serialVersionUID = 1L;

    private OtherYamlException() {
      super("", null, false, false);
    }
  }

  /** Short texts that stand again and again, such as keys and names of databases, are one each. */
  private static final class Names {
    private static final int LONGEST = 24;
    private static final int MOST = 1 << 10;

    private final String[] known = new String[MOST];

    String of(char[] text, int from, int to) {
      int length = to - from;
      if (length > LONGEST) {
        return new String(text, from, length);
      }
      int hash = length;
      for (int i = from; i < to; i++) {
        hash = hash * 31 + text[i];
      }
      int place = (hash ^ (hash >>> 10) ^ (hash >>> 20)) & (MOST - 1);
      String there = known[place];
      if (there == null || !isAt(there, text, from, length)) {
        there = new String(text, from, length);
        known[place] = there;
      }
      return there;
    }

    private static boolean isAt(String name, char[] text, int from, int length) {
      if (name.length() != length) {
        return false;
      }
      for (int i = 0; i < length; i++) {
        if (name.charAt(i) != text[from + i]) {
          return false;
        }
      }
      return true;
    }
  }

  /** The entries of a section: each is read anew whenever it is asked for. */
  private final class Section extends AbstractList<YamlNode.Entry> implements RandomAccess {
    private final int column;

    /** Of each entry where it starts, in which line that is, and where the line starts. */
    private int[] places = new int[48];

    private int size;

    Section(int column) {
      this.column = column;
    }

    private void add(Cursor cursor) {
      if (3 * size == places.length) {
        places = Arrays.copyOf(places, 2 * places.length);
      }
      places[3 * size] = cursor.position;
      places[3 * size + 1] = cursor.line;
      places[3 * size + 2] = cursor.lineStart;
      size++;
    }

    @Override
    public YamlNode.Entry get(int index) {
      if (index >= size) {
        throw new IndexOutOfBoundsException(index);
      }
      try {
        return new Cursor(places[3 * index], places[3 * index + 1], places[3 * index + 2])
            .entry(column, SECTIONS);
      } catch (OtherYamlException e) {
        throw new IllegalStateException("a text that could be read cannot be read again", e);
      }
    }

    @Override
    public int size() {
      return size;
    }
  }

  /** Goes through the text once. */
  private final class Cursor {
    private int position;

    /** The number of the line, from 0. */
    private int line;

    private int lineStart;

    /** Whether the cursor stands at something, and not at the end of the text. */
    private boolean isAtContent;

    /** Whether what is read becomes nodes; else it is only looked through. */
    private boolean keeps = true;

    /** How many nodes have been read. */
    private long weight;

    Cursor(int position, int line, int lineStart) {
      this.position = position;
      this.line = line;
      this.lineStart = lineStart;
    }

    YamlNode document() throws OtherYamlException {
      toContent();
      if (isAtContent && text[position] == '-' && column() == 0) {
        passDocumentStart();
      }
      if (!isAtContent || column() != 0) {
        throw new OtherYamlException();
      }
      YamlNode root = mapping(0, 0);
      if (isAtContent) {
        throw new OtherYamlException();
      }
      return root;
    }

    private void passDocumentStart() throws OtherYamlException {
      for (int i = 0; i < 3; i++) {
        if (at(position) != '-') {
          throw new OtherYamlException();
        }
        position++;
      }
      endOfValue(-1, true);
    }

    private int column() {
      return position - lineStart;
    }

    /** The character at a place, or a line break at the end of the text. */
    private char at(int place) {
      return place < text.length ? text[place] : '\n';
    }

    private boolean isBlankAt(int place) {
      char character = at(place);
      return character == ' ' || character == '\n';
    }

    /** From the start of a line to the next text that is no comment. */
    private void toContent() {
      while (position < text.length) {
        while (at(position) == ' ') {
          position++;
        }
        if (position < text.length && text[position] != '\n' && text[position] != '#') {
          isAtContent = true;
          return;
        }
        toNextLine();
      }
      isAtContent = false;
    }

    private void toNextLine() {
      while (position < text.length && text[position] != '\n') {
        position++;
      }
      if (position < text.length) {
        position++;
        line++;
        lineStart = position;
      }
    }

    private Location place(int from, int length) {
      return new Location(source, line + 1, from - lineStart + 1, length);
    }

    /**
     * Passes over the end of a line behind a value, to what comes next.
     *
     * @param parent the column of the block in which the value stands
     * @param mayGoDeeper whether what comes next may be inside of it
     */
    private void endOfValue(int parent, boolean mayGoDeeper) throws OtherYamlException {
      int end = position;
      while (at(position) == ' ') {
        position++;
      }
      if (at(position) != '\n' && (text[position] != '#' || position == end)) {
        throw new OtherYamlException();
      }
      toNextLine();
      toContent();
      if (isAtContent && column() > parent && !mayGoDeeper) {
        throw new OtherYamlException();
      }
    }

    private YamlNode mapping(int column, int depth) throws OtherYamlException {
      Location where = keeps ? place(position, 1) : null;
      if (depth > DEEPEST) {
        throw new OtherYamlException();
      }
      if (keeps && depth == SECTIONS) {
        return section(column, where);
      }
      long before = weight++;
      List<YamlNode.Entry> entries = keeps ? new ArrayList<>(4) : null;
      do {
        YamlNode.Entry entry = entry(column, depth);
        if (keeps) {
          entries.add(entry);
        }
      } while (goesOn(column));
      return keeps ? new YamlNode.Mapping(entries, weight - before, where) : null;
    }

    private YamlNode section(int column, Location where) throws OtherYamlException {
      long before = weight++;
      Section section = new Section(column);
      keeps = false;
      do {
        section.add(this);
        entry(column, SECTIONS);
      } while (goesOn(column));
      keeps = true;
      return new YamlNode.Mapping(section, weight - before, where);
    }

    private boolean goesOn(int column) throws OtherYamlException {
      if (isAtContent && column() > column) {
        throw new OtherYamlException();
      }
      return isAtContent && column() == column;
    }

    private YamlNode.Entry entry(int column, int depth) throws OtherYamlException {
      YamlNode key = key();
      YamlNode value = value(column, depth);
      return keeps ? new YamlNode.Entry(key, value) : null;
    }

    /** A key of a block, up to behind its colon. */
    private YamlNode key() throws OtherYamlException {
      int start = position;
      YamlNode key = scalar(false);
      if (at(position) != ':' || !isBlankAt(position + 1) || position - start > LONGEST_KEY) {
        throw new OtherYamlException();
      }
      position++;
      return key;
    }

    private YamlNode value(int column, int depth) throws OtherYamlException {
      int colon = position;
      int first = colon;
      while (at(first) == ' ') {
        first++;
      }
      if (at(first) != '\n' && text[first] != '#') {
        position = first;
        YamlNode value = inline(depth + 1);
        endOfValue(column, false);
        return value;
      }
      Location nothing = keeps ? place(colon, 1) : null;
      endOfValue(column, true);
      if (isAtContent && (column() > column || (column() == column && isAtItem()))) {
        return isAtItem() ? sequence(column(), column, depth + 1) : mapping(column(), depth + 1);
      }
      weight++;
      return keeps ? new YamlNode.Scalar(Tag.NULL, "", nothing) : null;
    }

    private boolean isAtItem() {
      return text[position] == '-' && at(position + 1) == ' ';
    }

    /**
     * A list with a line for each item.
     *
     * @param parent the column of the keys above it
     */
    private YamlNode sequence(int column, int parent, int depth) throws OtherYamlException {
      if (depth > DEEPEST) {
        throw new OtherYamlException();
      }
      long before = weight++;
      Location where = keeps ? place(position, 1) : null;
      List<YamlNode> items = keeps ? new ArrayList<>(4) : null;
      do {
        position++;
        while (at(position) == ' ') {
          position++;
        }
        YamlNode item;
        if (isAtKey()) {
          item = mapping(column(), depth + 1);
        } else {
          item = inline(depth + 1);
          endOfValue(column, false);
        }
        if (keeps) {
          items.add(item);
        }
      } while (goesOn(column) && isAtItem());
      // Below a key, a list may be as deep as the key, and end with the next one.
      if (isAtContent && column() == column && column != parent) {
        throw new OtherYamlException();
      }
      return keeps ? new YamlNode.Sequence(items, weight - before, where) : null;
    }

    /** Whether an item begins with a key that is not in quotes. */
    private boolean isAtKey() {
      for (int i = position; at(i) != '\n'; i++) {
        switch (text[i]) {
          case '"', '\'', '[', '{' -> {
            if (i == position) {
              return false;
            }
          }
          case ':' -> {
            if (isBlankAt(i + 1)) {
              return true;
            }
          }
          case '#' -> {
            if (i > position && text[i - 1] == ' ') {
              return false;
            }
          }
          default -> {}
        }
      }
      return false;
    }

    /** A value on one line. */
    private YamlNode inline(int depth) throws OtherYamlException {
      return switch (at(position)) {
        case '[' -> list(depth);
        case '{' -> map(depth);
        default -> {
          YamlNode scalar = scalar(false);
          if (at(position) == ':') {
            throw new OtherYamlException();
          }
          yield scalar;
        }
      };
    }

    private YamlNode inBrackets(int depth) throws OtherYamlException {
      return switch (at(position)) {
        case '[' -> list(depth);
        case '{' -> map(depth);
        default -> scalar(true);
      };
    }

    private YamlNode list(int depth) throws OtherYamlException {
      Location where = open(depth);
      long before = weight++;
      List<YamlNode> items = keeps ? new ArrayList<>(4) : null;
      while (at(position) != ']') {
        YamlNode item = inBrackets(depth + 1);
        if (keeps) {
          items.add(item);
        }
        toNextInBrackets(']');
      }
      position++;
      return keeps ? new YamlNode.Sequence(items, weight - before, where) : null;
    }

    private YamlNode map(int depth) throws OtherYamlException {
      Location where = open(depth);
      long before = weight++;
      List<YamlNode.Entry> entries = keeps ? new ArrayList<>(4) : null;
      while (at(position) != '}') {
        YamlNode key = scalar(true);
        if (at(position) != ':' || at(position + 1) != ' ') {
          throw new OtherYamlException();
        }
        position++;
        passSpaces();
        YamlNode value = inBrackets(depth + 1);
        if (keeps) {
          entries.add(new YamlNode.Entry(key, value));
        }
        toNextInBrackets('}');
      }
      position++;
      return keeps ? new YamlNode.Mapping(entries, weight - before, where) : null;
    }

    private Location open(int depth) throws OtherYamlException {
      if (depth > DEEPEST) {
        throw new OtherYamlException();
      }
      Location where = keeps ? place(position, 1) : null;
      position++;
      passSpaces();
      return where;
    }

    private void passSpaces() {
      while (at(position) == ' ') {
        position++;
      }
    }

    /** Behind an entry in brackets, to the next one or to the closing bracket. */
    private void toNextInBrackets(char closing) throws OtherYamlException {
      passSpaces();
      if (at(position) == ',') {
        position++;
        passSpaces();
      } else if (at(position) != closing) {
        throw new OtherYamlException();
      }
    }

    private YamlNode scalar(boolean inBrackets) throws OtherYamlException {
      weight++;
      char first = at(position);
      return first == '"' || first == '\'' ? quoted(first) : plain(inBrackets);
    }

    /** A text in quotes, without escapes. */
    private YamlNode quoted(char quote) throws OtherYamlException {
      int start = position;
      position++;
      while (at(position) != quote) {
        if (at(position) == '\n' || (text[position] == '\\' && quote == '"')) {
          throw new OtherYamlException();
        }
        position++;
      }
      position++;
      if (at(position) == quote) {
        throw new OtherYamlException();
      }
      return keeps
          ? new YamlNode.Scalar(
              Tag.STR, names.of(text, start + 1, position - 1), place(start, position - start))
          : null;
    }

    private YamlNode plain(boolean inBrackets) throws OtherYamlException {
      int start = position;
      if (!mayBegin(at(start))) {
        throw new OtherYamlException();
      }
      int end = start;
      int place = start;
      for (; at(place) != '\n'; place++) {
        char character = text[place];
        if (character == ' ') {
          continue;
        }
        if (character == ':'
            && (isBlankAt(place + 1) || (inBrackets && isBracket(at(place + 1))))) {
          break;
        }
        if (inBrackets && isBracket(character)) {
          break;
        }
        if (character == '#' && text[place - 1] == ' ') {
          break;
        }
        end = place + 1;
      }
      // White space behind a text is no part of it; before a colon, the engine has to look.
      position = at(place) == ':' ? place : end;
      if (position != end) {
        throw new OtherYamlException();
      }
      if (!keeps) {
        return null;
      }
      String value = names.of(text, start, end);
      return new YamlNode.Scalar(PlainTag.of(value), value, place(start, end - start));
    }

    private static boolean isBracket(char character) {
      return switch (character) {
        case ',', '[', ']', '{', '}' -> true;
        default -> false;
      };
    }

    /** Whether a plain text may begin so; of what begins otherwise, the engine knows more. */
    private static boolean mayBegin(char first) {
      return (first >= 'a' && first <= 'z')
          || (first >= 'A' && first <= 'Z')
          || (first >= '0' && first <= '9')
          || first >= FIRST_BEYOND_ASCII
          || first == '_'
          || first == '/'
          || first == '('
          || first == '$'
          || first == '<';
    }
  }
}
