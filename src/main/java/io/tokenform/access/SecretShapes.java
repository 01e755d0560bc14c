package io.tokenform.access;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes strings that are shaped like a database token's secret ({@code apiv1_...}) or like a
 * JSON Web Token, so that they can be refused and are never echoed.
 */
public final class SecretShapes {
  private static final Pattern SHAPE =
      Pattern.compile(
          "apiv1_[0-9A-Za-z_+/=-]{16,}|eyJ[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]{10,}\\.[0-9A-Za-z_-]*");

  private static final String MASK = "[secret]";

  private SecretShapes() {}

  /** A matcher over {@code text} that finds each secret in turn. */
  public static Matcher matcher(CharSequence text) {
    return SHAPE.matcher(text);
  }

  /** The text with every secret in it replaced by {@code [secret]}. */
  public static String mask(String text) {
    // The cheap look first: nearly no text has one.
    return text.contains("apiv1_") || text.contains("eyJ")
        ? matcher(text).replaceAll(Matcher.quoteReplacement(MASK))
        : text;
  }
}
