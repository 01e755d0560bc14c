package io.tokenform.finding;

import java.util.List;
import java.util.Objects;

/**
 * A span in one line of a policy.
 *
 * @param source the file
 * @param line the line's number, from 1
 * @param column the column of the first code point, from 1
 * @param length how many code points the span has, at least 1
 */
public record Location(SourceText source, int line, int column, int length) {
  public Location {
    Objects.requireNonNull(source, "source");
    if (line < 1 || column < 1) {
      throw new IllegalArgumentException("lines and columns count from 1");
    }
    length = Math.max(1, length);
  }

  /** The same place in the same text, of which its line is never shown. */
  public Location concealed() {
    return isConcealed()
        ? this
        : new Location(source.concealing(List.of(line)), line, column, length);
  }

  /** Whether its line must not be shown, whatever is wrong with it. */
  public boolean isConcealed() {
    return source.isConcealed(line);
  }

  /** The file and the line, as {@code tokens.yaml:15}. */
  public String fileAndLine() {
    return source.name() + ":" + line;
  }

  /** The file, the line and the column, as {@code tokens.yaml:15:3}. */
  @Override
  public String toString() {
    return fileAndLine() + ":" + column;
  }
}
