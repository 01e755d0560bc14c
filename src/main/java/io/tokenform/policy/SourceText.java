package io.tokenform.policy;

import io.tokenform.access.Masking;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The text of one policy file, under the name by which the user gave it. */
public final class SourceText {
  private final String name;
  private final String content;
  private final Set<Integer> concealed = new HashSet<>();
  private boolean allConcealed;
  private int[] lineStarts;
  private int countedFrom;
  private int countedTo;
  private int counted;

  /**
   * @param name what messages call the file, as the user wrote it
   * @param content the whole text, line breaks of any kind
   */
  public SourceText(String name, String content) {
    this.name = Objects.requireNonNull(name, "name");
    this.content = Objects.requireNonNull(content, "content");
  }

  /**
   * The text of a file's bytes, which are UTF-8; a byte order mark is dropped.
   *
   * @throws InvalidPolicyException if they are not UTF-8, with the place of the first that is not
   */
  public static SourceText decode(String name, byte[] bytes) throws InvalidPolicyException {
    CharBuffer text = CharBuffer.allocate(bytes.length);
    ByteBuffer input = ByteBuffer.wrap(bytes);
    CoderResult result = StandardCharsets.UTF_8.newDecoder().decode(input, text, true);
    String content = text.flip().toString();
    SourceText source =
        new SourceText(name, content.startsWith("\uFEFF") ? content.substring(1) : content);
    if (result.isError()) {
      source.allConcealed = !PolicyBeginning.isThatOf(source.content());
      Location where = source.locate(source.content().length(), 1);
      String what = isUtf16(bytes) ? "the file is UTF-16" : "this is not valid UTF-8";
      throw new InvalidPolicyException(
          List.of(Diagnostic.error(Code.NOT_UTF8, where, what).hint("save it as UTF-8")));
    }
    return source;
  }

  /**
   * The text of a policy file's bytes.
   *
   * @throws InvalidPolicyException if they are not UTF-8, or if the text does not begin like a
   *     policy; then nothing of it is shown, and the finding repeats nothing of it
   */
  public static SourceText ofPolicy(String name, byte[] bytes) throws InvalidPolicyException {
    SourceText source = decode(name, bytes);
    if (!PolicyBeginning.isThatOf(source.content())) {
      source.allConcealed = true;
      throw new InvalidPolicyException(List.of(PolicyBeginning.finding(source)));
    }
    return source;
  }

  /** Whether the bytes start with a byte order mark of UTF-16. */
  private static boolean isUtf16(byte[] bytes) {
    return bytes.length >= 2
        && ((bytes[0] == (byte) 0xFF && bytes[1] == (byte) 0xFE)
            || (bytes[0] == (byte) 0xFE && bytes[1] == (byte) 0xFF));
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
    int end = start;
    while (end < content.length() && content.charAt(end) != '\n' && content.charAt(end) != '\r') {
      end++;
    }
    return content.substring(start, end);
  }

  /**
   * Notes that a line holds a secret that cannot be told from other text, and is not to be shown.
   */
  void conceal(int line) {
    concealed.add(line);
  }

  /**
   * The finding that the text holds one of these secrets, if it does; its line is concealed.
   *
   * @param what what they are, for people
   */
  public Optional<Diagnostic> disclosing(Masking secrets, String what) {
    return secrets.find(content).stream()
        .filter(span -> secrets.knows(content.substring(span.start(), span.end())))
        .findFirst()
        .map(
            span -> {
              Location where = locate(span.start(), span.end() - span.start());
              conceal(where.line());
              return Diagnostic.error(
                      Code.SECRET_IN_POLICY,
                      where,
                      "this is " + what + ", and a policy holds no secret")
                  .hint(PolicyFileParser.SECRET_HINT);
            });
  }

  /** Whether a line must not be shown, whatever is wrong with it. */
  public boolean isConcealed(int line) {
    return allConcealed || concealed.contains(line);
  }

  /** The place of the character at an index of the content. */
  public Location locate(int index, int length) {
    int[] starts = lineStarts();
    int found = Arrays.binarySearch(starts, index);
    int line = found >= 0 ? found : -found - 2;
    int column = codePoints(starts[line], Math.min(index, content.length())) + 1;
    return new Location(this, line + 1, column, length);
  }

  /** How many characters there are; counted on from the last place, since a line may be long. */
  private int codePoints(int from, int to) {
    if (from == countedFrom && to >= countedTo) {
      counted += content.codePointCount(countedTo, to);
    } else {
      counted = content.codePointCount(from, to);
    }
    countedFrom = from;
    countedTo = to;
    return counted;
  }

  /** Where each line starts; found out at the first message, since most runs have none. */
  private int[] lineStarts() {
    if (lineStarts == null) {
      IntStream.Builder starts = IntStream.builder().add(0);
      for (int i = 0; i < content.length(); i++) {
        char character = content.charAt(i);
        if (character == '\n' || (character == '\r' && !content.startsWith("\n", i + 1))) {
          starts.add(i + 1);
        }
      }
      lineStarts = starts.build().toArray();
    }
    return lineStarts;
  }

  @Override
  public String toString() {
    return name;
  }
}
