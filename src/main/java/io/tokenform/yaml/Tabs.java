package io.tokenform.yaml;

import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.tokens.ScalarToken;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * Replaces the tabs that YAML allows at the start of a line and the engine does not: on blank lines
 * within a plain text, behind the indentation of its other lines, and before a bracket or brace
 * that is the whole document. A space there means the same, and no place in the text changes.
 */
final class Tabs {
  /** How many characters are read again in all, where one tab after the other is found. */
  private static final long MOST_WORK = 20_000_000;

  private final StringBuilder text;
  private boolean isChanged;

  private Tabs(String text) {
    this.text = new StringBuilder(text);
  }

  /** The same text without these tabs; others stay. */
  static String withoutHarmless(LoadSettings settings, String text) {
    if (!startsAnyLine(text)) {
      return text;
    }
    Tabs tabs = new Tabs(text);
    tabs.replaceBeforeBrackets();
    long work = 0;
    do {
      tabs.isChanged = false;
      tabs.replaceAfterPlain(settings);
      work += text.length();
    } while (tabs.isChanged && work < MOST_WORK);
    return tabs.text.toString();
  }

  /** Whether a tab stands in the white space at the start of a line; most files have none. */
  private static boolean startsAnyLine(String text) {
    for (int tab = text.indexOf('\t'); tab >= 0; tab = text.indexOf('\t', tab + 1)) {
      int before = tab;
      while (before > 0 && text.charAt(before - 1) == ' ') {
        before--;
      }
      if (before == 0 || isLineEnd(text.charAt(before - 1))) {
        return true;
      }
    }
    return false;
  }

  private void replaceBeforeBrackets() {
    int start = 0;
    while (start < text.length() && (isBlank(start) || isLineEnd(text.charAt(start)))) {
      start++;
    }
    if (start < text.length() && (text.charAt(start) == '{' || text.charAt(start) == '[')) {
      replace(0, start);
    }
  }

  private void replaceAfterPlain(LoadSettings settings) {
    StrictScanner scanner = new StrictScanner(settings, text.toString());
    try {
      while (scanner.hasNext()) {
        Token token = scanner.scan();
        if (token instanceof ScalarToken scalar && scalar.isPlain()) {
          replaceAfter(scanner.position(), scanner.indentation());
        }
      }
    } catch (YamlEngineException e) {
      // Perhaps one of the tabs that are replaced now; the parser says what is wrong if not.
    }
  }

  /**
   * Replaces those that belong to a plain text, or to the white space behind it.
   *
   * @param end where what was read of it ends
   * @param indentation how many spaces its other lines have at least
   */
  private void replaceAfter(int end, int indentation) {
    int lineEnd = end;
    while (lineEnd < text.length() && isBlank(lineEnd)) {
      lineEnd++;
    }
    while (lineEnd < text.length() && isLineEnd(text.charAt(lineEnd))) {
      int start = lineEnd + 1;
      int spaces = start;
      while (spaces < text.length() && text.charAt(spaces) == ' ') {
        spaces++;
      }
      int visible = spaces;
      while (visible < text.length() && isBlank(visible)) {
        visible++;
      }
      boolean isLast = visible == text.length();
      boolean isBlankLine = isLast || isLineEnd(text.charAt(visible));
      if (isBlankLine || (spaces - start >= indentation && text.charAt(visible) != '#')) {
        replace(start, visible);
      }
      lineEnd = isBlankLine ? visible : text.length();
    }
  }

  private void replace(int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '\t') {
        text.setCharAt(i, ' ');
        isChanged = true;
      }
    }
  }

  private boolean isBlank(int index) {
    char character = text.charAt(index);
    return character == ' ' || character == '\t';
  }

  private static boolean isLineEnd(char character) {
    return character == '\n' || character == '\r';
  }
}
