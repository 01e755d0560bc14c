package io.tokenform.apply;

import java.text.Normalizer;
import java.util.Locale;

/** Texts for people who have to see in what they differ, blanks included. */
final class Shown {
  /** Stands for a blank that is easily overlooked. */
  private static final char VISIBLE_BLANK = '\u2423';

  /** Where texts are long, only the part in which they differ is shown. */
  private static final int LONGEST = 80;

  private static final int BEFORE_THE_DIFFERENCE = 20;

  private Shown() {}

  /**
   * A text in quotation marks, as it differs from another one: blanks at its ends and beside each
   * other can be seen, and so can characters that look alike.
   */
  static String beside(String text, String other) {
    boolean lookAlike =
        Normalizer.normalize(text, Normalizer.Form.NFKC)
            .equals(Normalizer.normalize(other, Normalizer.Form.NFKC));
    int[] points = text.codePoints().toArray();
    int start = start(points, other.codePoints().toArray());
    int end = Math.min(points.length, start + LONGEST);
    StringBuilder out = new StringBuilder("\"").append(start > 0 ? "..." : "");
    for (int i = start; i < end; i++) {
      int point = points[i];
      if (point == ' ') {
        out.append(isOverlooked(points, i) ? VISIBLE_BLANK : ' ');
      } else if (isBlank(point) || (lookAlike && point > 0x7e)) {
        out.append(String.format(Locale.ROOT, "\\u%04x", point));
      } else {
        out.appendCodePoint(point);
      }
    }
    return out.append(end < points.length ? "..." : "").append('"').toString();
  }

  /** Where to begin, so that the first difference is in what is shown. */
  private static int start(int[] text, int[] other) {
    if (text.length <= LONGEST) {
      return 0;
    }
    int same = 0;
    while (same < text.length && same < other.length && text[same] == other[same]) {
      same++;
    }
    return Math.max(0, same - BEFORE_THE_DIFFERENCE);
  }

  private static boolean isOverlooked(int[] text, int i) {
    return i == 0 || i == text.length - 1 || isBlank(text[i - 1]) || isBlank(text[i + 1]);
  }

  private static boolean isBlank(int point) {
    return Character.isWhitespace(point) || Character.isSpaceChar(point);
  }
}
