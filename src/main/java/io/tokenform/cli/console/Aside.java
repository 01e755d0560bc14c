package io.tokenform.cli.console;

import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What a part of a run has said and nobody has heard yet: parts that work at the same time are told
 * one after another. May be used on any thread.
 */
public final class Aside {
  private final String part;
  private final List<Piece> pieces = new ArrayList<>();

  /**
   * @param part which part of the run speaks, for what cannot wait for its turn
   */
  public Aside(String part) {
    this.part = Objects.requireNonNull(part, "part");
  }

  String part() {
    return part;
  }

  /** A text for one of the two streams. */
  private record Piece(boolean isError, String text) {}

  /** A writer of what goes to standard output, or to standard error. */
  Writer writer(boolean isError) {
    return new Writer() {
      @Override
      public void write(char[] characters, int from, int count) {
        add(new Piece(isError, new String(characters, from, count)));
      }

      @Override
      public void flush() {
        // It is all there.
      }

      @Override
      public void close() {
        // There is nothing to end.
      }
    };
  }

  private synchronized void add(Piece piece) {
    pieces.add(piece);
  }

  /** Says it all, in the order in which it came, and forgets it. */
  synchronized void tell(Console console) {
    for (Piece piece : pieces) {
      if (piece.isError()) {
        console.printError(piece.text());
      } else {
        console.print(piece.text());
      }
    }
    pieces.clear();
  }
}
