package io.tokenform.finding;

import io.tokenform.access.Masking;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The text of one policy file, under the name by which the user gave it. It never changes: which
 * lines must not be shown is said by making another of it.
 */
public final class SourceText {
  private final String name;
  private final String content;
  private final Set<Integer> concealed;
  private final boolean allConcealed;

  /** Where each line starts; found out at the first message, since most runs have none. */
  private volatile int[] lineStarts;

  /** Whether a comment may stand behind something, once somebody has asked. */
  private volatile Optional<Boolean> mayHaveTails = Optional.empty();

  /**
   * The secrets that it was found to hold none of, if it was looked through; the clusters of a
   * fleet share files and secrets.
   */
  private volatile Object holdsNoneOf;

  /**
   * @param name what messages call the file, as the user wrote it
   * @param content the whole text, line breaks of any kind
   */
  public SourceText(String name, String content) {
    this(name, content, Set.of(), false);
  }

  private SourceText(String name, String content, Set<Integer> concealed, boolean allConcealed) {
    this.name = Objects.requireNonNull(name, "name");
    this.content = Objects.requireNonNull(content, "content");
    this.concealed = Set.copyOf(concealed);
    this.allConcealed = allConcealed;
  }

  /** The same text, of which no line is ever shown. */
  public SourceText concealed() {
    return new SourceText(name, content, Set.of(), true);
  }

  /**
   * The same text, of which these lines too are never shown: each holds a secret that cannot be
   * told from other text.
   *
   * @param lines their numbers, from 1
   */
  public SourceText concealing(Collection<Integer> lines) {
    Set<Integer> all = new HashSet<>(concealed);
    all.addAll(lines);
    return new SourceText(name, content, all, allConcealed);
  }

  public String name() {
    return name;
  }

  public String content() {
    return content;
  }

  /**
   * The text of a line without its line break, or an empty string past the end.
   *
   * @param number the line's number, from 1
   */
  public String line(int number) {
    int[] starts = lineStarts();
    if (number > starts.length) {
      return "";
    }
    int start = starts[number - 1];
    int end = number < starts.length ? starts[number] : content.length();
    while (end > start && (content.charAt(end - 1) == '\n' || content.charAt(end - 1) == '\r')) {
      end--;
    }
    return content.substring(start, end);
  }

  /** Whether a comment may stand behind something on its line; most texts have none. */
  public boolean mayHaveTails() {
    Optional<Boolean> known = mayHaveTails;
    if (known.isEmpty()) {
      known = Optional.of(content.contains(" #"));
      mayHaveTails = known;
    }
    return known.get();
  }

  /**
   * Whether a line has more characters than that, its line break included; this takes no longer for
   * a longer line.
   *
   * @param number the line's number, from 1
   */
  public boolean isLongerThan(int most, int number) {
    int[] starts = lineStarts();
    return number <= starts.length
        && (number < starts.length ? starts[number] : content.length()) - starts[number - 1] > most;
  }

  /**
   * The finding that the text holds one of these secrets, if it does; its line is concealed.
   *
   * @param what what they are, for people
   */
  public Optional<Diagnostic> disclosing(Masking secrets, String what) {
    Object sought = secrets.sought();
    if (holdsNoneOf == sought) {
      return Optional.empty();
    }
    Optional<Diagnostic> found = lookFor(secrets, what);
    if (found.isEmpty()) {
      holdsNoneOf = sought;
    }
    return found;
  }

  private Optional<Diagnostic> lookFor(Masking secrets, String what) {
    return secrets.find(content).stream()
        .filter(span -> secrets.knows(content.substring(span.start(), span.end())))
        .findFirst()
        .map(
            span -> {
              Location where = locate(span.start(), span.end() - span.start());
              return Diagnostic.secretInPolicy(
                  where.concealed(), "this is " + what + ", and a policy must not contain secrets");
            });
  }

  /** Whether a line must not be shown, whatever is wrong with it. */
  public boolean isConcealed(int line) {
    return allConcealed || concealed.contains(line);
  }

  /** The place of the character at an index of the content, from 0. */
  public Location locate(int index, int length) {
    int line = lineOf(index);
    return new Location(this, line, codePoints(lineStart(line), index) + 1, length);
  }

  /** The number of the line that an index is in, from 1. */
  int lineOf(int index) {
    int found = Arrays.binarySearch(lineStarts(), index);
    return found >= 0 ? found + 1 : -found - 1;
  }

  /** The index at which a line starts. */
  int lineStart(int line) {
    return lineStarts()[line - 1];
  }

  /** How many characters there are between two indexes. */
  int codePoints(int from, int to) {
    return content.codePointCount(from, Math.min(to, content.length()));
  }

  private int[] lineStarts() {
    int[] known = lineStarts;
    if (known == null) {
      IntStream.Builder starts = IntStream.builder().add(0);
      for (int i = 0; i < content.length(); i++) {
        char character = content.charAt(i);
        if (character == '\n' || (character == '\r' && !content.startsWith("\n", i + 1))) {
          starts.add(i + 1);
        }
      }
      known = starts.build().toArray();
      lineStarts = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return name;
  }
}
