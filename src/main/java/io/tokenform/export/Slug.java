package io.tokenform.export;

import java.text.Normalizer;

/** Makes names of texts: lower-case ASCII letters and digits, with single hyphens between. */
public final class Slug {
  /** A longer one is cut, at a hyphen where there is one. */
  static final int MAX_LENGTH = 48;

  /** More of a text than this makes no difference to its slug, or none that matters. */
  private static final int MOST_TEXT = 1_000;

  private Slug() {}

  /** The slug of a text, or an empty string where it has neither letters nor digits of ASCII. */
  public static String of(String text) {
    return of(text, MAX_LENGTH);
  }

  /** The same with another length at which a slug is cut. */
  public static String of(String text, int longest) {
    String whole = whole(text);
    if (whole.length() <= longest) {
      return whole;
    }
    int end = whole.lastIndexOf('-', longest);
    return whole.substring(0, end > 0 ? end : longest);
  }

  /** The same without the cut. Accents are dropped: they stand beside their letters then. */
  static String whole(String text) {
    String start = text.substring(0, Math.min(text.length(), MOST_TEXT));
    StringBuilder slug = new StringBuilder();
    boolean between = false;
    for (char c : Normalizer.normalize(start, Normalizer.Form.NFKD).toCharArray()) {
      char lower = c < 0x80 ? Character.toLowerCase(c) : c;
      if ((lower >= 'a' && lower <= 'z') || (lower >= '0' && lower <= '9')) {
        slug.append(between && slug.length() > 0 ? "-" : "").append(lower);
        between = false;
      } else if (Character.getType(c) != Character.NON_SPACING_MARK && c != '\'' && c != '\u2019') {
        between = true;
      }
    }
    return slug.toString();
  }
}
