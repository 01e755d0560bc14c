package io.tokenform.finding;

/**
 * Gives the places of many indexes of a text in their order: of a long line each character is
 * counted once, and not from its start each time. For one thread.
 */
public final class Places {
  private final SourceText source;
  private int line;
  private int index;
  private int counted;

  public Places(SourceText source) {
    this.source = source;
  }

  /** The same as {@link SourceText#locate}; quick if the index is not before the last one. */
  public Location locate(int next, int length) {
    int number = source.lineOf(next);
    if (number == line && next >= index) {
      counted += source.codePoints(index, next);
    } else {
      counted = source.codePoints(source.lineStart(number), next);
    }
    line = number;
    index = next;
    return new Location(source, number, counted + 1, length);
  }
}
