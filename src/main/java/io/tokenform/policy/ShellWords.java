package io.tokenform.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Takes a command apart that somebody wrote as one text, as a shell would, for a hint. */
final class ShellWords {
  /** What only a shell understands. */
  private static final Pattern OF_A_SHELL = Pattern.compile("[|&;<>`$\\n]");

  private ShellWords() {}

  /** Whether the text is more than a program and its arguments. */
  static boolean needShell(String text) {
    return OF_A_SHELL.matcher(text).find();
  }

  /** The words, without the quotes around them or around a part of them. */
  static List<String> of(String text) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    char quote = 0;
    boolean isInWord = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (quote != 0) {
        if (c == quote) {
          quote = 0;
        } else {
          word.append(c);
        }
      } else if (c == '"' || c == '\'') {
        quote = c;
        isInWord = true;
      } else if (Character.isWhitespace(c)) {
        if (isInWord) {
          words.add(word.toString());
          word.setLength(0);
        }
        isInWord = false;
      } else {
        word.append(c);
        isInWord = true;
      }
    }
    if (isInWord) {
      words.add(word.toString());
    }
    return words;
  }
}
