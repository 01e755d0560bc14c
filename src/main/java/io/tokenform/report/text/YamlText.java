package io.tokenform.report.text;

import io.tokenform.access.Writing;
import io.tokenform.yaml.Placeholders;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Writes text that the cluster or a policy supplied as a YAML scalar on one line that every YAML
 * reader takes for the same string, with an escape for what a terminal would obey or a reader could
 * not see. The one place where this is done for YAML.
 */
public final class YamlText {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*");

  /** Nothing in it means anything to YAML outside of brackets. */
  private static final Pattern PROSE =
      Pattern.compile("[A-Za-z](?:[A-Za-z0-9 ,.()/_-]*[A-Za-z0-9.)])?");

  /** What stands for something else than a string, in YAML 1.1 too. */
  private static final Set<String> WORDS =
      Set.of("true", "false", "null", "yes", "no", "on", "off", "y", "n");

  private YamlText() {}

  /** A name: as it is where it cannot be mistaken for something else, in quotes otherwise. */
  public static String name(String text) {
    boolean plain = PLAIN.matcher(text).matches() && isNothingElse(text);
    return plain ? text : quoted(text);
  }

  /**
   * A text that stands alone on its line: as it is where that is plain prose, in quotes otherwise.
   */
  public static String text(String text) {
    boolean plain = PROSE.matcher(text).matches() && isNothingElse(text);
    return plain ? text : quoted(text);
  }

  private static boolean isNothingElse(String text) {
    return !WORDS.contains(text.toLowerCase(Locale.ROOT)) && !hasPlaceholder(text);
  }

  private static boolean hasPlaceholder(String text) {
    return IntStream.range(0, text.length()).anyMatch(i -> Placeholders.startsAt(text, i));
  }

  /** A text in quotes. */
  public static String quoted(String text) {
    String written = escaped(text, false);
    // A policy refuses what a template would have replaced, unless it is spelled so. How it is
    // written counts: an escape can end a word that was none.
    return '"' + (hasPlaceholder(written) ? escaped(text, true) : written) + '"';
  }

  private static String escaped(String text, boolean noPlaceholders) {
    StringBuilder out = new StringBuilder(text.length() + 8);
    BitSet deceptive = Writing.deceptive(text);
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      append(out, text, i, deceptive, noPlaceholders);
    }
    return out.toString();
  }

  private static void append(
      StringBuilder out, String text, int index, BitSet deceptive, boolean noPlaceholders) {
    int c = text.codePointAt(index);
    switch (c) {
      case '"', '\\' -> out.append('\\').append((char) c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        boolean mayBeginOne = noPlaceholders && Placeholders.mayStart(text.charAt(index));
        if (Printable.isHarmless(text, index) && !deceptive.get(index) && !mayBeginOne) {
          out.appendCodePoint(c);
        } else if (Character.getType(c) == Character.SURROGATE) {
          // Half a character, which JSON can hold and YAML cannot.
          out.append("\\ufffd");
        } else {
          // YAML has no surrogate pairs.
          HexFormat hex = HexFormat.of();
          out.append(c > 0xFFFF ? "\\U" + hex.toHexDigits(c) : "\\u" + hex.toHexDigits((char) c));
        }
      }
    }
  }
}
