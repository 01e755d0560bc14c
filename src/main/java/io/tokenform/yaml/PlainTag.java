package io.tokenform.yaml;

import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/**
 * What YAML 1.2's core schema takes a plain text for. The engine tries one pattern after the other;
 * most texts need none.
 */
final class PlainTag {
  private static final int LENGTH_OF_UUID = 36;

  private PlainTag() {}

  /** The patterns of the engine, loaded for the first text that needs them. */
  private static final class Patterns {
    private static final ScalarResolver RESOLVER = new CoreSchema().getScalarResolver();
  }

  static Tag of(String text) {
    if (isWord(text) || isLikeUuid(text)) {
      return Tag.STR;
    }
    return isDigits(text) ? Tag.INT : Patterns.RESOLVER.resolve(text, true);
  }

  /** Whether it begins with a letter, and is none of the words that YAML has. */
  private static boolean isWord(String text) {
    if (text.isEmpty()) {
      return false;
    }
    char first = text.charAt(0);
    return switch (first) {
      case 'n', 'N', 't', 'T', 'f', 'F' -> text.length() > 5 || !isWordOfYaml(text);
      default -> (first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z');
    };
  }

  /** Also true for a few that are none, such as {@code nuLL}: the patterns decide. */
  private static boolean isWordOfYaml(String text) {
    return text.equalsIgnoreCase("null")
        || text.equalsIgnoreCase("true")
        || text.equalsIgnoreCase("false");
  }

  /** A number may have one hyphen behind its first character, and not two. */
  private static boolean isLikeUuid(String text) {
    return text.length() == LENGTH_OF_UUID && text.charAt(8) == '-' && text.charAt(13) == '-';
  }

  private static boolean isDigits(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}
