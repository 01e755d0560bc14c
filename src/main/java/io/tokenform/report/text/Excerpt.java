package io.tokenform.report.text;

import io.tokenform.access.SecretShapes;

/**
 * A text without secrets, or of a long one the part that is shown.
 *
 * @param text what is shown
 * @param from how many characters of the text stand before it
 * @param size how many characters the whole text has
 */
public record Excerpt(String text, int from, int size) {
  /** How much of a long description is shown, in characters. */
  public static final int DESCRIPTION = 200;

  /** How much of a long name is shown, in characters. A policy's names are never that long. */
  public static final int NAME = 128;

  /** What is shown before the place that matters. */
  private static final int BEFORE = 40;

  /** The beginning of a text. */
  public static Excerpt of(String text, int longest) {
    return of(text, longest, 0);
  }

  /** One of two texts, with the place where the other begins to differ. */
  public static Excerpt of(String text, int longest, String other) {
    String masked = SecretShapes.mask(text);
    return of(masked, longest, difference(masked, SecretShapes.mask(other)));
  }

  /**
   * The part of a text around a place.
   *
   * @param place how many characters stand before it
   */
  private static Excerpt of(String text, int longest, int place) {
    // Masked first: a cut could leave the part of a secret that no mask knows.
    String masked = SecretShapes.mask(text);
    int size = masked.codePointCount(0, masked.length());
    int from = Math.max(0, Math.min(place - BEFORE, size - longest));
    int start = masked.offsetByCodePoints(0, from);
    int end = masked.offsetByCodePoints(start, Math.min(longest, size - from));
    return new Excerpt(masked.substring(start, end), from, size);
  }

  /** How many characters two texts have in common at their beginning. */
  private static int difference(String one, String other) {
    int same = 0;
    int index = 0;
    while (index < Math.min(one.length(), other.length())
        && one.codePointAt(index) == other.codePointAt(index)) {
      index = one.offsetByCodePoints(index, 1);
      same++;
    }
    return same;
  }

  public boolean isWhole() {
    return text.codePointCount(0, text.length()) == size;
  }

  /** The text as it may be shown, with the part that it is where it is not the whole. */
  public String withPlace(String shown) {
    return isWhole() ? shown : shown + " (" + place() + ")";
  }

  /** Which part it is, as in {@code characters 1 to 200 of 10,000}. */
  public String place() {
    return "characters "
        + Counts.number(from + 1)
        + " to "
        + Counts.number(from + text.codePointCount(0, text.length()))
        + " of "
        + Counts.number(size);
  }
}
