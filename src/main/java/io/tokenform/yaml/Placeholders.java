package io.tokenform.yaml;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.Places;
import io.tokenform.finding.SourceText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;
import org.snakeyaml.engine.v2.tokens.Token;

/**
 * Finds what a template would have replaced: <code>${TEAM}</code>, <code>$(DB)</code>, <code>
 * {{ .Values.db }}</code>, {@code <%= db %>}, {@code %DB%}, {@code @DB@}, {@code __DB__} and {@code
 * <your-id>}.
 *
 * <p>The text counts as it is written, so whoever means such a text can spell it with an escape.
 * What can be a word of a sentence, such as {@code $DB} or {@code <db>}, is a placeholder where it
 * is all there is.
 */
public final class Placeholders {
  /** The longest one, in characters. */
  private static final int LONGEST = 200;

  private static final List<String> FORMS_TO_FILL = List.of("your", "insert", "replace", "change");

  private final SourceText source;
  private final String text;
  private final List<Diagnostic> found = new ArrayList<>();
  private final List<Span> candidates = new ArrayList<>();

  /** A part of the text, by the indexes of its start and its end. */
  private record Span(int start, int end) {}

  private Placeholders(SourceText source) {
    this.source = source;
    this.text = source.content();
  }

  /** An error for each placeholder in the keys and values of a text, in their order. */
  public static List<Diagnostic> in(SourceText source) {
    return new Placeholders(source).find();
  }

  /**
   * Whether a placeholder would start at an index of a value, if it were written without escapes.
   */
  public static boolean startsAt(String value, int index) {
    return mayStart(value.charAt(index)) && end(value, index, 0, value.length()) > 0;
  }

  private List<Diagnostic> find() {
    for (int i = 0; i < text.length(); i++) {
      // What is all there is depends on where its value starts and ends, which is not known yet.
      int end = mayStart(text.charAt(i)) ? end(text, i, i, -1) : -1;
      if (end > 0) {
        candidates.add(new Span(i, end));
        i = end - 1;
      }
    }
    if (!candidates.isEmpty()) {
      look();
    }
    return found;
  }

  /** Of the candidates, those in comments are none. */
  private void look() {
    List<Span> values = values();
    Places places = new Places(source);
    int value = 0;
    for (Span candidate : candidates) {
      while (value < values.size() && values.get(value).end() <= candidate.start()) {
        value++;
      }
      if (value < values.size() && values.get(value).start() <= candidate.start()) {
        Span whole = values.get(value);
        int end = end(text, candidate.start(), whole.start(), whole.end());
        if (end > 0) {
          String written = text.substring(candidate.start(), end);
          found.add(
              finding(
                  places.locate(candidate.start(), written.codePointCount(0, written.length())),
                  written));
        }
      }
    }
  }

  private static Diagnostic finding(Location where, String written) {
    return Diagnostic.error(
            Code.PLACEHOLDER, where, "a placeholder was left over from a template: " + written)
        .hint(
            "fill the template in before tokenform reads it, or write the value here; a text that"
                + " is meant so is written in double quotes with an escape, as in "
                + escaped(written));
  }

  /** The same in double quotes, where it is no placeholder as it is written. */
  private static String escaped(String written) {
    return "\""
        + String.format(Locale.ROOT, "\\x%02x", (int) written.charAt(0))
        + written.substring(1).replace("\\", "\\\\").replace("\"", "\\\"")
        + "\"";
  }

  /**
   * Where keys and values stand, and what the scanner could not read, up to the end of its line.
   */
  private List<Span> values() {
    List<Span> values = new ArrayList<>();
    StrictScanner scanner =
        new StrictScanner(YamlReader.settings(new CoreSchema(), source.name(), text), text);
    int last = 0;
    try {
      while (scanner.hasNext()) {
        Token token = scanner.scan();
        Mark start = token.getStartMark().orElseThrow();
        Mark end = token.getEndMark().orElseThrow();
        if (start.getIndex() < end.getIndex()) {
          last = scanner.position();
          values.add(
              new Span(text.offsetByCodePoints(last, start.getIndex() - end.getIndex()), last));
        }
      }
    } catch (YamlEngineException e) {
      values.add(new Span(last, unreadableUntil(last)));
    }
    return values;
  }

  /** The end of the first line behind an index that has more than a comment. */
  private int unreadableUntil(int from) {
    int start = from;
    while (start < text.length()) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      int comment = start;
      while (comment < end && text.charAt(comment) <= ' ') {
        comment++;
      }
      if (comment < end && text.charAt(comment) != '#') {
        int tail = text.indexOf(" #", comment);
        return tail < 0 || tail > end ? end : tail;
      }
      start = end + 1;
    }
    return text.length();
  }

  /** Whether some placeholder begins with this character. */
  public static boolean mayStart(char character) {
    return switch (character) {
      case '$', '{', '<', '%', '@', '_' -> true;
      default -> false;
    };
  }

  /**
   * Where a placeholder ends that starts at an index; -1 where none does.
   *
   * @param from where the value starts in which it stands
   * @param to where that ends; -1 for any
   */
  private static int end(String text, int start, int from, int to) {
    return switch (text.charAt(start)) {
      case '$' -> endOfDollar(text, start, from, to);
      case '{' ->
          text.startsWith("{{", start)
              ? between(text, start, "{{", "}}")
              : between(text, start, "{%", "%}");
      case '<' ->
          text.startsWith("<%", start)
              ? between(text, start, "<%", "%>")
              : endOfAngle(text, start, from, to);
      case '%' ->
          text.startsWith("%(", start)
              ? endOfName(text, start, "%(", ")s", false)
              : endOfName(text, start, "%", "%", !isAll(text, start, "%", from, to));
      case '@' -> endOfName(text, start, "@", "@", false);
      case '_' -> endOfName(text, start, "__", "__", true);
      default -> -1;
    };
  }

  private static int endOfDollar(String text, int start, int from, int to) {
    if (text.startsWith("${{", start)) {
      return between(text, start, "${{", "}}");
    }
    if (text.startsWith("${", start)) {
      return between(text, start, "${", "}");
    }
    if (text.startsWith("$(", start)) {
      boolean isName = start + 2 < text.length() && isNameStart(text.charAt(start + 2));
      return isName ? between(text, start, "$(", ")") : -1;
    }
    int end = start + 1;
    while (end < text.length() && isUpper(text.charAt(end))) {
      end++;
    }
    boolean isName = end > start + 2 && !Character.isDigit(text.charAt(start + 1));
    return isName && isWhole(text, start, end, from, to) ? end : -1;
  }

  private static int endOfAngle(String text, int start, int from, int to) {
    int end = start + 1;
    while (end < text.length() && (isName(text.charAt(end)) || text.charAt(end) == ' ')) {
      end++;
    }
    boolean isName =
        end > start + 1
            && end < text.length()
            && text.charAt(end) == '>'
            && isNameStart(text.charAt(start + 1));
    if (!isName) {
      return -1;
    }
    String name = text.substring(start + 1, end).toLowerCase(Locale.ROOT);
    boolean isToFill = FORMS_TO_FILL.stream().anyMatch(name::startsWith);
    return isToFill || isWhole(text, start, end + 1, from, to) ? end + 1 : -1;
  }

  /** Where the mark is that ends what another begins in the same line, with something between. */
  private static int between(String text, int start, String opening, String closing) {
    if (!text.startsWith(opening, start)) {
      return -1;
    }
    int first = start + opening.length();
    int end = text.indexOf(closing, first);
    if (end <= first || end - start > LONGEST) {
      return -1;
    }
    for (int i = first; i < end; i++) {
      if (text.charAt(i) == '\n' || text.charAt(i) == '\r') {
        return -1;
      }
    }
    return end + closing.length();
  }

  /** The same for a name alone that does not touch a letter or a digit outside. */
  private static int endOfName(
      String text, int start, String opening, String closing, boolean inUpperCase) {
    if (!text.startsWith(opening, start) || (start > 0 && touches(text.charAt(start - 1)))) {
      return -1;
    }
    int first = start + opening.length();
    int end = first;
    while (end < text.length() && isName(text.charAt(end)) && !text.startsWith(closing, end)) {
      end++;
    }
    boolean isName =
        end > first + 1 && isNameStart(text.charAt(first)) && text.startsWith(closing, end);
    if (!isName || (inUpperCase && !isUpper(text, first, end))) {
      return -1;
    }
    int after = end + closing.length();
    return after < text.length() && touches(text.charAt(after)) ? -1 : after;
  }

  /** Whether a value has nothing but what stands from here to the same mark. */
  private static boolean isAll(String text, int start, String mark, int from, int to) {
    int end = text.indexOf(mark, start + 1);
    return end > 0 && isWhole(text, start, end + mark.length(), from, to);
  }

  /** Whether nothing but quotes stands beside it in its value. */
  private static boolean isWhole(String text, int start, int end, int from, int to) {
    boolean isQuoted =
        start == from + 1
            && end == to - 1
            && (text.charAt(from) == '"' || text.charAt(from) == '\'');
    return to < 0 || (start == from && end == to) || isQuoted;
  }

  private static boolean touches(char character) {
    return Character.isLetterOrDigit(character) || character == '_' || character == '%';
  }

  private static boolean isNameStart(char character) {
    return character == '_'
        || (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z');
  }

  private static boolean isName(char character) {
    return isNameStart(character)
        || (character >= '0' && character <= '9')
        || character == '.'
        || character == '-';
  }

  private static boolean isUpper(char character) {
    return (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '_';
  }

  private static boolean isUpper(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (!isUpper(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
