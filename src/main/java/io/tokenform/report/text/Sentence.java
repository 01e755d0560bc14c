package io.tokenform.report.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The sentence of a finding in its parts: plain words, and what stands in code. Each part in code
 * is one thing that somebody looks for or copies: a text in quotes, a command with what belongs to
 * it, an option with its value, a key with its list or map, or any other word that is not a plain
 * one. Brackets and punctuation around it are no part of it.
 *
 * <p>A command behind a colon has all that stands up to the end of its clause, as in {@code revoke
 * it: tokenform token revoke ID; or ...}. Within a clause it ends before the first plain word that
 * is none of its own, as in {@code tokenform plan knows}.
 */
final class Sentence {
  /** The words that follow {@code tokenform} in a command. */
  static final Set<String> COMMANDS =
      Set.of(
          "init",
          "validate",
          "plan",
          "apply",
          "fmt",
          "explain",
          "show",
          "rollback",
          "journal",
          "export",
          "snapshot",
          "report",
          "who-can",
          "token",
          "database",
          "fleet",
          "doctor",
          "completion",
          "sandbox");

  /** The words that follow those of them which have commands of their own. */
  static final Set<String> SUBCOMMANDS =
      Set.of(
          "list", "get", "update", "create", "rotate", "park", "release", "revoke", "delete",
          "show", "matrix", "merge", "diff", "rename");

  private static final Set<String> GROUPS = Set.of("token", "database", "journal", "fleet");

  /** A word or a number in which nobody finds a link. */
  private static final Pattern PLAIN_WORD =
      Pattern.compile("\\p{L}+(['-]\\p{L}+)*|[0-9][0-9,]*|[%-]");

  private static final String PROGRAM = "tokenform";
  private static final String PUNCTUATION = ".,;:?";

  private final String text;
  private final List<Part> parts = new ArrayList<>();

  /**
   * A part.
   *
   * @param before what stands before the code: a plain word, or opening brackets
   * @param code empty for a plain word
   * @param after what stands behind it
   */
  record Part(String before, String code, String after) {}

  /**
   * A word in its place.
   *
   * @param start where the word itself begins, behind opening brackets
   * @param end where it ends, before closing brackets and punctuation
   * @param next where what belongs to it ends
   */
  private record Word(String text, int first, int start, int end, int next) {
    String core() {
      return text.substring(start, end);
    }

    String lead() {
      return text.substring(first, start);
    }

    String trail() {
      return text.substring(end, next);
    }

    boolean isPlain() {
      return PLAIN_WORD.matcher(core()).matches();
    }

    /** Whether nothing of its clause follows. */
    boolean endsClause() {
      return end < next || next == text.length();
    }

    boolean isOption() {
      String word = core();
      int letter = word.startsWith("--") ? 2 : 1;
      return word.startsWith("-") && word.length() > letter && isLetter(word.charAt(letter));
    }

    private static boolean isLetter(char character) {
      return character >= 'a' && character <= 'z';
    }

    /** Whether it stands for what somebody has to put there, as {@code FILE} does. */
    boolean isPlaceholder() {
      String word = core();
      return word.length() > 1 && word.chars().allMatch(c -> c >= 'A' && c <= 'Z');
    }
  }

  private Sentence(String text) {
    this.text = text;
  }

  /**
   * The parts of a line, in their order; a space stands between two.
   *
   * @param line without control characters
   */
  static List<Part> parts(String line) {
    Sentence sentence = new Sentence(line.strip());
    sentence.read();
    return sentence.parts;
  }

  private void read() {
    boolean isBehindColon = false;
    int at = 0;
    while (at < text.length()) {
      Word word = word(at, false);
      Word last = last(word, isBehindColon);
      add(word, last);
      isBehindColon = last.trail().endsWith(":");
      at = skipSpaces(last.next());
    }
  }

  private void add(Word first, Word last) {
    if (first.start() == last.start() && first.isPlain()) {
      parts.add(new Part(text.substring(first.first(), first.next()), "", ""));
      return;
    }
    parts.add(
        new Part(first.lead(), unquoted(text.substring(first.start(), last.end())), last.trail()));
  }

  /** A command without the quotes around it, which are not to be copied. */
  private static String unquoted(String code) {
    boolean isCommand =
        code.startsWith('"' + PROGRAM + ' ') && code.indexOf('"', 1) == code.length() - 1;
    return isCommand ? code.substring(1, code.length() - 1) : code;
  }

  /** The last word of the part that begins with a word. */
  private Word last(Word word, boolean isBehindColon) {
    if (word.core().equals(PROGRAM) && hasNext(word)) {
      Word command = word(skipSpaces(word.next()), true);
      return isCommand(command) ? lastOfCommand(command, isBehindColon) : word;
    }
    if (word.isOption()) {
      return lastOfOptions(word);
    }
    if (word.trail().equals(":") && word.isPlain() && word.next() < text.length()) {
      int at = skipSpaces(word.next());
      return bracket(at) > at ? word(at, false) : word;
    }
    return word;
  }

  private static boolean isCommand(Word word) {
    return word.lead().isEmpty() && COMMANDS.contains(word.core());
  }

  private Word lastOfCommand(Word command, boolean isWholeClause) {
    Word last = command;
    while (hasNext(last)) {
      Word next = word(skipSpaces(last.next()), true);
      boolean belongs =
          isWholeClause
              || (last.start() == command.start()
                  && GROUPS.contains(last.core())
                  && SUBCOMMANDS.contains(next.core()))
              || !next.isPlain()
              || isValue(last, next);
      if (!belongs || !next.lead().isEmpty()) {
        break;
      }
      last = next;
    }
    return last;
  }

  private Word lastOfOptions(Word option) {
    Word last = option;
    while (hasNext(last)) {
      Word next = word(skipSpaces(last.next()), true);
      if (!next.lead().isEmpty() || !(next.isOption() || isValue(last, next))) {
        break;
      }
      last = next;
    }
    return last;
  }

  /** Whether a word is the value of an option, and not what is said about the option. */
  private boolean isValue(Word option, Word next) {
    return option.isOption()
        && (!next.isPlain()
            || next.isPlaceholder()
            || next.endsClause()
            || word(skipSpaces(next.next()), true).isOption());
  }

  private boolean hasNext(Word word) {
    return !word.endsClause();
  }

  /**
   * The word that begins at a place; a space within quotes or brackets is part of it.
   *
   * @param isOfShell whether single quotes are quotes too, and no apostrophes
   */
  private Word word(int first, boolean isOfShell) {
    int next = first;
    while (next < text.length() && text.charAt(next) != ' ') {
      if (isOfShell && text.charAt(next) == '\\' && next + 1 < text.length()) {
        next++;
      } else if (isOfShell || text.charAt(next) != '\'') {
        next = Math.max(next, closing(next));
      }
      next++;
    }
    int start = first;
    while (start < next && text.charAt(start) == '(') {
      start++;
    }
    int end = next;
    while (end > start && (isPunctuation(end - 1) || isUnopened(start, end))) {
      end--;
    }
    return start == end
        ? new Word(text, first, first, next, next)
        : new Word(text, first, start, end, next);
  }

  private boolean isPunctuation(int at) {
    return PUNCTUATION.indexOf(text.charAt(at)) >= 0;
  }

  /** Whether the last character closes a bracket that was opened before the word. */
  private boolean isUnopened(int start, int end) {
    if (text.charAt(end - 1) != ')') {
      return false;
    }
    int open = 0;
    for (int i = start; i < end; i++) {
      open += text.charAt(i) == '(' ? 1 : text.charAt(i) == ')' ? -1 : 0;
    }
    return open < 0;
  }

  /** Where the quote or the bracket that opens at a place is closed; -1 where none opens or is. */
  private int closing(int at) {
    char open = text.charAt(at);
    return switch (open) {
      case '"', '\'' -> text.indexOf(open, at + 1);
      default -> bracket(at);
    };
  }

  private int bracket(int at) {
    return switch (text.charAt(at)) {
      case '[' -> closing(at, ']');
      case '{' -> closing(at, '}');
      default -> -1;
    };
  }

  private int closing(int at, char close) {
    if (at + 1 < text.length() && text.charAt(at + 1) == ' ') {
      return -1;
    }
    int depth = 0;
    for (int i = at; i < text.length(); i++) {
      if (text.charAt(i) == text.charAt(at)) {
        depth++;
      } else if (text.charAt(i) == close) {
        depth--;
        if (depth == 0) {
          return i;
        }
      }
    }
    return -1;
  }

  private int skipSpaces(int at) {
    int i = at;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    return i;
  }
}
