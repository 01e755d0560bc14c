package io.tokenform.report;

import io.tokenform.access.SecretShapes;

/**
 * Makes text that the cluster or a policy supplied safe to print: what a terminal would obey, or a
 * reader could not see, is shown as an escape. The one place where this is done for terminals.
 */
public final class Printable {
  /**
   * What GitHub's runner takes for a command at any place of a line of its log (actions/runner,
   * ActionCommand.TryParse). Its other form, with two colons, has to start the line.
   */
  private static final String COMMAND = "##[";

  private static final String HARMLESS_COMMAND = "##\\u005b";

  private Printable() {}

  /** One line of text: everything but visible characters and plain spaces is escaped. */
  public static String line(String text) {
    String masked = SecretShapes.mask(text);
    return masked.codePoints().allMatch(Printable::isHarmless) && !masked.contains(COMMAND)
        ? masked
        : escape(masked, false);
  }

  /** A text in quotes, in which quotes and backslashes are escaped too. */
  public static String quoted(String text) {
    return '"' + escape(SecretShapes.mask(text), true) + '"';
  }

  /** A name: as it is where it cannot be mistaken for something else, in quotes otherwise. */
  public static String name(String text) {
    boolean plain =
        !text.isEmpty()
            && text.codePoints()
                .allMatch(
                    c ->
                        isHarmless(c)
                            && (Character.isLetterOrDigit(c) || "-_.:/@*+".indexOf(c) >= 0));
    return plain ? SecretShapes.mask(text) : quoted(text);
  }

  private static String escape(String text, boolean inQuotes) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    text.codePoints()
        .forEach(
            c -> {
              if (inQuotes && (c == '"' || c == '\\')) {
                out.append('\\').appendCodePoint(c);
              } else if (isHarmless(c)) {
                out.appendCodePoint(c);
              } else {
                appendEscape(out, c);
              }
            });
    return out.toString().replace(COMMAND, HARMLESS_COMMAND);
  }

  private static void appendEscape(StringBuilder out, int c) {
    switch (c) {
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        // As JSON writes it, so that an escaped body still says the same.
        for (char unit : Character.toChars(c)) {
          out.append("\\u%04x".formatted((int) unit));
        }
      }
    }
  }

  /** Whether a character can be seen, and is no more than what is seen. */
  static boolean isHarmless(int c) {
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
      default -> !isBlankLetter(c);
    };
  }

  /** Letters and marks that Unicode defines to look like nothing. */
  private static boolean isBlankLetter(int c) {
    return c == 0x115F
        || c == 0x1160
        || c == 0x3164
        || c == 0xFFA0
        || c == 0x034F
        || c == 0x17B4
        || c == 0x17B5
        || (c >= 0x180B && c <= 0x180F)
        || c == 0x2800
        || (c >= 0xFE00 && c <= 0xFE0F)
        || (c >= 0xE0100 && c <= 0xE01EF);
  }
}
