package io.tokenform.yaml;

import io.tokenform.yaml.Layout.Scalar;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.snakeyaml.engine.v2.events.ScalarEvent;

/** How a scalar is written in the canonical layout. */
final class ScalarLayout {
  private ScalarLayout() {}

  /**
   * A scalar that is not an empty plain one.
   *
   * @param written the text as it stands in the policy
   */
  static Scalar of(String properties, ScalarEvent scalar, String written) {
    String value = scalar.getValue();
    // The scanner takes a next line character for a line break at some places and not at others.
    boolean clear = written.indexOf('\u0085') < 0;
    if (clear && (scalar.isLiteral() || scalar.isFolded())) {
      return block(properties, value, written);
    }
    boolean oneLine = clear && written.indexOf('\n') < 0;
    String text;
    if (scalar.isPlain()) {
      text = isPlain(value, oneLine) ? value : quoted(value);
    } else if (!oneLine) {
      text = quoted(value);
    } else if (scalar.isSQuoted() && value.indexOf('"') < 0 && value.indexOf('\\') < 0) {
      text = '"' + value + '"';
    } else {
      text = written;
    }
    return new Scalar(properties, text, List.of());
  }

  /** Whether a plain scalar may stay one, on one line and at any place, the file's start too. */
  private static boolean isPlain(String value, boolean oneLine) {
    String start = value.substring(0, Math.min(3, value.length()));
    boolean marker = start.equals("---") || start.equals("...") || start.startsWith("\ufeff");
    return !marker
        && (oneLine
            || (value.indexOf('\n') < 0
                && !value.contains(": ")
                && !value.contains(" #")
                && !value.endsWith(":")));
  }

  private static String quoted(String value) {
    StringBuilder out = new StringBuilder(value.length() + 8).append('"');
    value.codePoints().forEach(c -> append(out, c));
    return out.append('"').toString();
  }

  private static void append(StringBuilder out, int c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append((char) c);
      case '\n' -> out.append("\\n");
      case '\t' -> out.append("\\t");
      default -> {
        if (isVisible(c)) {
          out.appendCodePoint(c);
        } else if (c > 0xFFFF) {
          out.append("\\U" + HexFormat.of().toHexDigits(c));
        } else {
          out.append("\\u" + HexFormat.of().toHexDigits((char) c));
        }
      }
    }
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }

  private static Scalar block(String properties, String value, String written) {
    int lastLineEnd = lastLineEnd(value);
    int visible = firstVisible(value);
    if (value.substring(value.lastIndexOf('\n', lastLineEnd - 1) + 1, lastLineEnd).isBlank()) {
      // Nobody could tell its last line from the white space after it.
      return new Scalar(properties, quoted(value), List.of());
    }
    int lineBreaks = value.length() - lastLineEnd;
    List<String> lines = lines(written, visible - (value.lastIndexOf('\n', visible) + 1));
    IntStream.range(1, lineBreaks).forEach(i -> lines.add(""));
    String first = lines.stream().filter(line -> !line.isEmpty()).findFirst().orElseThrow();
    String header = written.substring(0, 1) + (first.startsWith(" ") ? "2" : "");
    if (lineBreaks == 0) {
      header += "-";
    } else if (lineBreaks > 1 || firstLine(written).split("#", 2)[0].contains("+")) {
      header += "+";
    }
    return new Scalar(properties, header, lines);
  }

  /** The lines of a block scalar up to the last that is not blank, without their indentation. */
  private static List<String> lines(String written, int spacesInValue) {
    String header = firstLine(written);
    String[] lines = written.substring(header.length() + 1).split("\n", -1);
    int indentation = 0;
    for (String line : lines) {
      int visible = firstVisible(line);
      if (visible < line.length()) {
        indentation = visible - spacesInValue;
        break;
      }
    }
    List<String> result = new ArrayList<>();
    int blank = 0;
    for (String line : lines) {
      if (line.length() <= indentation) {
        blank++;
      } else {
        IntStream.range(0, blank).forEach(i -> result.add(""));
        blank = 0;
        result.add(line.substring(indentation));
      }
    }
    return result;
  }

  private static String firstLine(String text) {
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }

  private static int firstVisible(String text) {
    int index = 0;
    while (index < text.length() && (text.charAt(index) == ' ' || text.charAt(index) == '\n')) {
      index++;
    }
    return index;
  }

  private static int lastLineEnd(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    return end;
  }
}
