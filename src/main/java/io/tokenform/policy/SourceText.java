package io.tokenform.policy;

import java.util.Arrays;
import java.util.Objects;
import java.util.stream.IntStream;

/** The text of one policy file, under the name by which the user gave it. */
public final class SourceText {
  private final String name;
  private final String content;
  private int[] lineStarts;

  /**
   * @param name what messages call the file, as the user wrote it
   * @param content the whole text, line breaks of any kind
   */
  public SourceText(String name, String content) {
    this.name = Objects.requireNonNull(name, "name");
    this.content = Objects.requireNonNull(content, "content");
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

  /** The place of the character at an index of the content. */
  public Location locate(int index, int length) {
    int[] starts = lineStarts();
    int found = Arrays.binarySearch(starts, index);
    int line = found >= 0 ? found : -found - 2;
    int column = content.codePointCount(starts[line], Math.min(index, content.length())) + 1;
    return new Location(this, line + 1, column, length);
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
