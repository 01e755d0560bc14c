package io.tokenform.cli.help;

import java.util.ArrayList;
import java.util.List;

/**
 * A line below the help: an example, an entry with its meaning, or text. Where it is too wide it
 * becomes several: an example can still be pasted, and a meaning stays in its column.
 */
public final class FooterLine {
  private static final String CONTINUED = " \\";
  private static final int EXAMPLE_INDENT = 4;

  private FooterLine() {}

  /** The lines that it takes; a single word that is too wide stays as it is. */
  public static List<String> fitted(String line, int width) {
    if (line.length() <= width) {
      return List.of(line);
    }
    int first = firstNot(line, 0, ' ');
    if (line.startsWith("tokenform ", first) || line.startsWith("mkdir ", first)) {
      return filled(line, width - CONTINUED.length(), EXAMPLE_INDENT, CONTINUED);
    }
    int gap = line.indexOf("  ", first);
    int column = gap < 0 ? first : firstNot(line, gap, ' ');
    return filled(line, width, Math.min(column, width / 2), "");
  }

  private static int firstNot(String text, int from, char c) {
    int i = from;
    while (i < text.length() && text.charAt(i) == c) {
      i++;
    }
    return i;
  }

  /** Breaks at blanks that stand in no quotes. */
  static List<String> filled(String line, int width, int indent, String end) {
    List<String> lines = new ArrayList<>();
    String rest = line;
    int least = firstNot(line, 0, ' ');
    while (rest.length() > width) {
      int at = lastBreak(rest, least, width, end.isEmpty());
      if (at < 0) {
        break;
      }
      lines.add(rest.substring(0, at).stripTrailing() + end);
      rest = " ".repeat(indent) + rest.substring(at).strip();
      least = indent;
    }
    lines.add(rest);
    return lines;
  }

  /** The last break that leaves a line that fits, else the first one that there is. */
  private static int lastBreak(String line, int least, int width, boolean isText) {
    char quote = 0;
    int last = -1;
    for (int i = least; i < line.length(); i++) {
      char c = line.charAt(i);
      if (quote != 0) {
        quote = c == quote ? 0 : quote;
      } else if (!isText && (c == '\'' || c == '"')) {
        quote = c;
      } else if (c == ' ' && i > least) {
        if (i > width && last >= 0) {
          return last;
        }
        last = i;
      }
    }
    return last;
  }
}
