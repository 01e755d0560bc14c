package io.tokenform.report.text;

import io.tokenform.access.SecretShapes;
import io.tokenform.access.Writing;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Makes text that the cluster or a policy supplied safe to print: what a terminal would obey, or a
 * reader could not see or would take for another letter, is shown as an escape. The one place where
 * this is done for terminals.
 */
public final class Printable {
  /** So many combining marks may stand on one character; more of them could cover other lines. */
  private static final int MOST_MARKS = 2;

  private Printable() {}

  /** One line of text: everything but visible characters and plain spaces is escaped. */
  public static String line(String text) {
    String masked = SecretShapes.mask(text);
    return isHarmless(masked) ? masked : escape(masked, false, Writing.deceptiveInWords(masked));
  }

  /** A text in quotes, in which quotes and backslashes are escaped too. */
  public static String quoted(String text) {
    String masked = SecretShapes.mask(text);
    return '"' + escape(masked, true, Writing.deceptive(masked)) + '"';
  }

  /**
   * A name: as it is where it cannot be mistaken for something else, in quotes otherwise; and with
   * a mark where it mixes scripts.
   */
  public static String name(String text) {
    if (isPlain(text)) {
      return SecretShapes.mask(text);
    }
    boolean plain =
        !text.isEmpty()
            && text.charAt(0) != ':'
            && text.codePoints()
                .allMatch(
                    c ->
                        isHarmless(c)
                            && (Character.isLetterOrDigit(c) || "-_.:/@*+".indexOf(c) >= 0));
    Optional<String> mixture = Writing.mixture(text);
    if (mixture.isPresent()) {
      return quoted(text) + " (mixes " + mixture.get() + ")";
    }
    return plain ? SecretShapes.mask(text) : quoted(text);
  }

  /** Whether it is a name of letters of ASCII and the like, as nearly all are. */
  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean isPlain =
          (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || (c >= '0' && c <= '9')
              || c == '-'
              || c == '_'
              || c == '.'
              || c == '/';
      if (!isPlain) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /**
   * The character at a place of a text: itself, or an escape.
   *
   * @param deceptive the places of the letters that pretend to be others
   */
  public static String character(String text, int index, BitSet deceptive) {
    int c = text.codePointAt(index);
    return isHarmless(text, index) && !deceptive.get(index) ? Character.toString(c) : escape(c);
  }

  private static boolean isHarmless(String text) {
    if (!Writing.isAscii(text) && !Writing.deceptiveInWords(text).isEmpty()) {
      return false;
    }
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      if (!isHarmless(text, i)) {
        return false;
      }
    }
    return true;
  }

  private static String escape(String text, boolean inQuotes, BitSet deceptive) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      char c = text.charAt(i);
      out.append(inQuotes && (c == '"' || c == '\\') ? "\\" + c : character(text, i, deceptive));
    }
    return out.toString();
  }

  private static String escape(int c) {
    return switch (c) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      // As JSON writes it, so that an escaped body still says the same.
      default ->
          Character.toString(c)
              .chars()
              .mapToObj(unit -> "\\u" + HexFormat.of().toHexDigits((char) unit))
              .collect(Collectors.joining());
    };
  }

  /** Whether the character at a place of a text can be seen there, and is no more than is seen. */
  public static boolean isHarmless(String text, int index) {
    int c = text.codePointAt(index);
    return switch (c) {
      case '[' -> !text.startsWith("##", index - 2);
      case ':' -> !startsCommand(text, index);
      default -> c <= '~' ? c >= ' ' : isHarmless(c) && !(isMark(c) && isTooMany(text, index));
    };
  }

  /**
   * Whether GitHub's runner could take what follows for a command (actions/runner,
   * ActionCommand.TryParseV2): it looks for two colons at the start of a line of its log, spaces
   * aside. Its other form, of which the bracket above is a part, it looks for anywhere in a line.
   */
  private static boolean startsCommand(String text, int colon) {
    int start = 0;
    while (text.charAt(start) == ' ') {
      start++;
    }
    return start == colon && text.startsWith("::", colon);
  }

  private static boolean isMark(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK;
  }

  /** Whether so many marks stand before this one already, or nothing at all. */
  private static boolean isTooMany(String text, int mark) {
    int before = mark;
    for (int i = 0; i < MOST_MARKS; i++) {
      if (before == 0) {
        return true;
      }
      int c = text.codePointBefore(before);
      if (!isMark(c)) {
        return false;
      }
      before -= Character.charCount(c);
    }
    return true;
  }

  /** Whether a character alone can be seen, and is no more than what is seen. */
  public static boolean isHarmless(int c) {
    if (c >= ' ' && c <= '~') {
      return true;
    }
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          // Bidirectional controls, zero-width characters, tags and the byte order mark.
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          // Every space but the plain one, which is handled above.
          Character.SPACE_SEPARATOR ->
          false;
      default -> !Writing.isBlank(c);
    };
  }
}
