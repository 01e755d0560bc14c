package io.tokenform.cli.complete;

import java.util.ArrayList;
import java.util.List;

/**
 * A command line as bash holds it while it is typed: with its quotes, and up to the cursor.
 *
 * <p>Bash puts a candidate into the line as it is, in the place of the part of the word that
 * readline takes for the whole of it: from the last unquoted word break, such as the colon, or from
 * an open quote, which readline closes.
 */
final class BashLine {
  private static final char NONE = 0;
  private static final String BLANKS = " \t\n";
  private static final String OPERATORS = ";|&()<>";
  private static final String REDIRECTIONS = "<>";

  /** What a backslash takes its meaning from within double quotes; elsewhere it stays there. */
  private static final String SPECIAL_IN_QUOTES = "\"\\$`";

  /** ASCII that means nothing to bash, wherever in a word it stands. */
  private static final String PLAIN = "%+,-./:=@_";

  private final String breaks;
  private final List<String> words = new ArrayList<>();
  private final StringBuilder word = new StringBuilder();
  private boolean inWord;
  private boolean redirects;
  private char quote = NONE;
  private int behindBreak;
  private int behindQuote;

  private BashLine(String breaks) {
    this.breaks = breaks;
  }

  /**
   * Reads a line.
   *
   * @param line the line up to the cursor
   * @param breaks what parts words for readline: bash's {@code COMP_WORDBREAKS}
   */
  static BashLine parse(String line, String breaks) {
    BashLine parsed = new BashLine(breaks);
    for (int i = 0; i < line.length(); i++) {
      i += parsed.take(line.charAt(i), i + 1 < line.length() ? line.charAt(i + 1) : NONE);
    }
    return parsed;
  }

  /** Takes a character, and answers how many of those behind it are taken, too. */
  private int take(char c, char next) {
    if (quote == '\'' && c != quote) {
      word.append(c);
      return 0;
    }
    if (quote != NONE && c == quote) {
      quote = NONE;
      return 0;
    }
    if (c == '\\' && quote == '"' && SPECIAL_IN_QUOTES.indexOf(next) < 0) {
      word.append(c);
      return 0;
    }
    if (c == '\\') {
      inWord = true;
      if (next != NONE && next != '\n') {
        word.append(next);
      }
      return 1;
    }
    if (quote == '"') {
      word.append(c);
      return 0;
    }
    takeUnquoted(c);
    return 0;
  }

  private void takeUnquoted(char c) {
    if (BLANKS.indexOf(c) >= 0 || OPERATORS.indexOf(c) >= 0) {
      endWord();
      redirects |= REDIRECTIONS.indexOf(c) >= 0;
      return;
    }
    inWord = true;
    if (c == '\'' || c == '"') {
      quote = c;
      behindQuote = word.length();
      return;
    }
    word.append(c);
    if (breaks.indexOf(c) >= 0) {
      behindBreak = word.length();
    }
  }

  private void endWord() {
    if (inWord && !redirects) {
      words.add(word.toString());
    }
    redirects &= !inWord;
    word.setLength(0);
    inWord = false;
    behindBreak = 0;
  }

  /** The words before the one that is typed, the command's name first. */
  List<String> before() {
    return List.copyOf(words);
  }

  /** As much as there is of the word that is typed, without its quotes. */
  String begun() {
    return word.toString();
  }

  /** Whether that word is a file for a redirection, and so none of the command's. */
  boolean isRedirection() {
    return redirects;
  }

  /** Whether readline replaces what is behind this beginning of the word, and leaves it there. */
  boolean replacesBehind(String prefix) {
    return replaced() == prefix.length();
  }

  private int replaced() {
    return quote == NONE ? behindBreak : behindQuote;
  }

  /** What to put in, so that the word becomes the candidate, which begins as it does. */
  String insertion(String candidate) {
    StringBuilder inserted = new StringBuilder();
    candidate.substring(replaced()).chars().forEach(c -> inserted.append(quoted((char) c)));
    return inserted.toString();
  }

  private String quoted(char c) {
    return switch (quote) {
      case '\'' -> c == '\'' ? "'\\''" : String.valueOf(c);
      // Nothing keeps history expansion from an exclamation mark in double quotes.
      case '"' -> c == '!' ? "\"'!'\"" : (SPECIAL_IN_QUOTES.indexOf(c) < 0 ? "" : "\\") + c;
      default -> (isPlain(c) ? "" : "\\") + c;
    };
  }

  private static boolean isPlain(char c) {
    return c >= 128 || Character.isLetterOrDigit(c) || PLAIN.indexOf(c) >= 0;
  }
}
