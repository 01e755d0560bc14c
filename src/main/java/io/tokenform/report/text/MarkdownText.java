package io.tokenform.report.text;

import io.tokenform.finding.Location;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes text that the cluster or a policy supplied as GitHub flavoured Markdown, so that all of it
 * can be seen and none of it means anything. The one place where this is done for Markdown.
 *
 * <p>Such text stands in code spans. There, and nowhere else, GitHub looks for no mentions, issue
 * numbers, links and emoji: it looks for those in the rendered text, where an escape is no longer
 * to be seen (github/markup issue 1168).
 */
public final class MarkdownText {
  /** The items of a list beyond this many are counted and not listed. */
  private static final int MOST_ITEMS = 20;

  /** So are those after this many characters. */
  private static final int MOST_CHARACTERS = 2_000;

  private static final Pattern BACK_TICKS = Pattern.compile("`{3,}");

  private MarkdownText() {}

  /** A name, without its end where it is very long. */
  public static String name(String text) {
    Excerpt excerpt = Excerpt.of(text, Excerpt.NAME);
    return excerpt.withPlace(code(Printable.name(excerpt.text())));
  }

  /** A line of text, without its end where it is very long. */
  public static String line(String text) {
    Excerpt excerpt = Excerpt.of(text, Excerpt.NAME);
    return excerpt.withPlace(code(Printable.line(excerpt.text())));
  }

  /** A command, whole: without its end it would be another one. */
  public static String command(String text) {
    return code(Printable.line(text));
  }

  /** A description in quotes, or part of it where it is very long. */
  public static String description(Excerpt excerpt) {
    return excerpt.withPlace(code(Printable.quoted(excerpt.text())));
  }

  /** The file and the line of a place. */
  public static String place(Location where) {
    Excerpt file = Excerpt.of(where.source().name(), Excerpt.NAME);
    return file.withPlace(code(Printable.line(file.text()) + ":" + where.line()));
  }

  /** The sentence of a finding: what is not a plain word of it stands in code spans. */
  public static String prose(String text) {
    return Sentence.parts(Printable.line(text)).stream()
        .map(part -> part.before() + code(part.code()) + part.after())
        .collect(Collectors.joining(" "));
  }

  /**
   * A text in code spans, in a table or out of it.
   *
   * @param printable a line without control characters; nothing of an empty one
   */
  private static String code(String printable) {
    StringBuilder out = new StringBuilder(printable.length() + 2);
    int start = 0;
    for (int i = 0; i <= printable.length(); i++) {
      char character = i < printable.length() ? printable.charAt(i) : '|';
      if (character != '|' && character != '`') {
        continue;
      }
      appendSpan(out, printable.substring(start, i));
      start = i + 1;
      if (i < printable.length()) {
        // No code span holds these two safely: implementations disagree about "\|" in a table, and
        // about how many back-ticks may enclose a span.
        out.append(character == '|' ? "&#124;" : "&#96;");
      }
    }
    return out.toString();
  }

  private static void appendSpan(StringBuilder out, String text) {
    if (text.isEmpty()) {
      return;
    }
    // Of a space at both ends one is taken away, unless there is nothing else.
    boolean padded = text.startsWith(" ") && text.endsWith(" ") && !text.isBlank();
    out.append(padded ? "` " : "`").append(text).append(padded ? " `" : "`");
  }

  /** A block of code, whatever its lines hold. Its end is a line break. */
  public static String block(String language, String lines) {
    int longest =
        BACK_TICKS.matcher(lines).results().mapToInt(run -> run.group().length()).max().orElse(2);
    String fence = "`".repeat(longest + 1);
    return fence + language + "\n" + lines + fence + "\n";
  }

  /** How many of some items are listed at most, beginning with the first. */
  public static int most(List<String> items) {
    int characters = 0;
    int count = 0;
    while (count < Math.min(items.size(), MOST_ITEMS) && characters <= MOST_CHARACTERS) {
      characters += items.get(count).length();
      count++;
    }
    return count;
  }

  /** Items between separators, without the last ones where there are many. */
  public static String list(List<String> items, String separator) {
    int most = most(items);
    String listed = String.join(separator, items.subList(0, most));
    return most < items.size() ? listed + separator + Counts.more(items.size() - most) : listed;
  }
}
