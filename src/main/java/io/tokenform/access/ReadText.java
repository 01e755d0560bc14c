package io.tokenform.access;

/**
 * A text as it is read: what stands escaped in it is what the escape stands for, and a line that
 * goes on in the next one is one line. Each character knows which part of the text it came from.
 * Capitals are small letters.
 */
final class ReadText {
  private final int from;
  private final char[] characters;
  private final int[] starts;
  private final int[] ends;
  private final int length;

  /** A plain text has no places: each character is where it stands. */
  private ReadText(int from, int length, char[] characters, int[] starts, int[] ends) {
    this.from = from;
    this.length = length;
    this.characters = characters;
    this.starts = starts;
    this.ends = ends;
  }

  /** A part of a text as it stands. */
  static ReadText plain(String text, int from, int to) {
    char[] characters = new char[to - from];
    text.getChars(from, to, characters, 0);
    for (int i = 0; i < characters.length; i++) {
      characters[i] = SecretPieces.small(characters[i]);
    }
    return new ReadText(from, characters.length, characters, null, null);
  }

  int length() {
    return length;
  }

  /** The characters, and behind them some that do not count. */
  char[] characters() {
    return characters;
  }

  private char exact(int index) {
    return characters[index];
  }

  /** Where a character begins in the whole text. */
  int start(int index) {
    return starts == null ? from + index : starts[index];
  }

  /** Where a character ends in the whole text. */
  int end(int index) {
    return ends == null ? from + index + 1 : ends[index];
  }

  /** Whether it may hold something that stands for something else. */
  boolean isWritten() {
    for (int i = 0; i < length; i++) {
      switch (exact(i)) {
        case '\\', '%', '&', '\n', '\r', '\u001B', '\'' -> {
          return true;
        }
        default -> {}
      }
    }
    return false;
  }

  /** Whether it may hold escapes of both kinds. */
  boolean isMixed() {
    boolean hasBackslash = false;
    boolean hasOther = false;
    for (int i = 0; i < length; i++) {
      char character = exact(i);
      hasBackslash |= character == '\\';
      hasOther |= character == '%' || character == '&' || character == '\'';
    }
    return hasBackslash && hasOther;
  }

  /** Which escapes are read as such. */
  enum Escapes {
    ALL,
    /** As in JSON and Markdown. */
    BACKSLASHES,
    /** As in URLs, in HTML, and within quotes of a shell, where a backslash is one. */
    OTHERS
  }

  /** The text with each escape replaced by what it stands for, once. */
  ReadText read(Escapes escapes) {
    return new Reader(escapes).read();
  }

  private final class Reader {
    private final char[] out = new char[length];
    private final int[] outStarts = new int[length];
    private final int[] outEnds = new int[length];
    private final boolean backslashes;
    private final boolean others;
    private int size;
    private int index;

    Reader(Escapes escapes) {
      backslashes = escapes != Escapes.OTHERS;
      others = escapes != Escapes.BACKSLASHES;
    }

    ReadText read() {
      while (index < length) {
        char next = exact(index);
        boolean isEscape = next == '\\' ? backslashes : others || next <= ' ' || next > '\'';
        switch (isEscape ? next : '\0') {
          case '\\' -> backslash();
          case '%' -> number(index + 1, index + 3, 16, 0);
          case '&' -> entity();
          case '\n', '\r' -> lineBreak(index + 1);
          case '\u001B' -> style();
          case '\'' -> quote();
          default -> add(exact(index), index + 1);
        }
      }
      return new ReadText(from, size, out, outStarts, outEnds);
    }

    private void add(char character, int next) {
      out[size] = SecretPieces.small(character);
      outStarts[size] = start(index);
      outEnds[size] = end(next - 1);
      size++;
      index = next;
    }

    private char at(int place) {
      return place < length ? exact(place) : '\0';
    }

    /** As in JSON, in Markdown and in shells. */
    private void backslash() {
      char next = at(index + 1);
      if (next == 'u') {
        number(index + 2, index + 6, 16, 0);
      } else if (next == 'x') {
        number(index + 2, index + 4, 16, 0);
      } else if (next == 'n' || next == 'r') {
        lineBreak(index + 2);
      } else if (next == '\n' || next == '\r') {
        lineBreak(index + 2);
      } else if (next >= ' ' && next <= '~' && !Character.isLetterOrDigit(next)) {
        add(next, index + 2);
      } else {
        add('\\', index + 1);
      }
    }

    /** A character by its number between two places, and behind them some more of an escape. */
    private void number(int begin, int end, int radix, int more) {
      int value = -1;
      if (begin < end && end <= length) {
        value = 0;
        for (int i = begin; i < end && value >= 0; i++) {
          int digit = Character.digit(exact(i), radix);
          value = digit < 0 || value > 0xFFFF ? -1 : value * radix + digit;
        }
      }
      if (value < 0 || value > 0xFFFE) {
        add(exact(index), index + 1);
      } else if (value == '\n' || value == '\r') {
        lineBreak(end + more);
      } else {
        add((char) value, end + more);
      }
    }

    /** As in HTML. */
    private void entity() {
      int end = index + 1;
      while (end < length && end < index + 10 && exact(end) != ';') {
        end++;
      }
      if (at(end) != ';') {
        add('&', index + 1);
        return;
      }
      StringBuilder name = new StringBuilder();
      for (int i = index + 1; i < end; i++) {
        name.append(exact(i));
      }
      switch (name.toString()) {
        case "amp" -> add('&', end + 1);
        case "lt" -> add('<', end + 1);
        case "gt" -> add('>', end + 1);
        case "quot" -> add('"', end + 1);
        case "apos" -> add('\'', end + 1);
        default -> {
          if (name.length() > 2 && name.charAt(0) == '#' && (name.charAt(1) | ' ') == 'x') {
            number(index + 3, end, 16, 1);
          } else if (name.length() > 1 && name.charAt(0) == '#') {
            number(index + 2, end, 10, 1);
          } else {
            add('&', index + 1);
          }
        }
      }
    }

    /** As a shell has a quote within quotes: {@code '\''}. */
    private void quote() {
      boolean isEscaped = at(index + 1) == '\\' && at(index + 2) == '\'' && at(index + 3) == '\'';
      add('\'', isEscaped ? index + 4 : index + 1);
    }

    /** A terminal's colour. */
    private void style() {
      int end = index + 1;
      if (at(end) == '[') {
        end++;
        while (end < length && (Character.isDigit(exact(end)) || exact(end) == ';')) {
          end++;
        }
        end++;
      }
      index = Math.min(end, length);
    }

    /**
     * Passes over a line break, the blanks around it, and what a diff, a comment, a quotation or an
     * excerpt puts before a line.
     */
    private void lineBreak(int behind) {
      while (size > 0 && isBlank(out[size - 1])) {
        size--;
      }
      index = afterBlanks(Math.min(behind, length));
      int gutter = index;
      while (Character.isDigit(at(gutter)) && gutter < index + 8) {
        gutter++;
      }
      boolean isNumbered = gutter > index;
      gutter = isNumbered ? afterBlanks(gutter) : gutter;
      char mark = at(gutter);
      boolean isMark = isNumbered ? mark == '|' : mark != '\0' && "+-#>|".indexOf(mark) >= 0;
      if (isMark && isBlank(at(gutter + 1))) {
        index = afterBlanks(gutter + 1);
      }
    }

    private int afterBlanks(int place) {
      int next = place;
      while (isBlank(at(next))) {
        next++;
      }
      return next;
    }

    private boolean isBlank(char character) {
      return character == ' ' || character == '\t';
    }
  }

  /** Where the escape begins that a place is inside of, or the place itself. */
  static int startOfEscape(String text, int place) {
    for (int i = Math.max(0, place - 5); i < place; i++) {
      if (isEscape(text, i) && endOf(text, i) > place) {
        return i;
      }
    }
    return place;
  }

  /** Where the escape ends that a place is inside of, or the place itself. */
  static int endOfEscape(String text, int place) {
    for (int i = Math.max(0, place - 5); i < place; i++) {
      if (isEscape(text, i) && endOf(text, i) > place) {
        return endOf(text, i);
      }
    }
    return place;
  }

  /** Whether a backslash stands there that is not itself escaped. */
  private static boolean isEscape(String text, int place) {
    int backslashes = 0;
    while (place - backslashes >= 0 && text.charAt(place - backslashes) == '\\') {
      backslashes++;
    }
    return backslashes % 2 == 1;
  }

  private static int endOf(String text, int escape) {
    boolean isNumber = text.startsWith("u", escape + 1);
    int end = Math.min(text.length(), escape + (isNumber ? 6 : 2));
    for (int i = escape + 2; i < end; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return i;
      }
    }
    return end;
  }
}
