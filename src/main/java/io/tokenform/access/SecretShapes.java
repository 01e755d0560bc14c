package io.tokenform.access;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Recognizes strings that are shaped like a database token's secret ({@code apiv1_...}), like a
 * JSON Web Token, or like a user and a password in a URL, so that they can be refused and are never
 * echoed. A secret of another shape looks like any word, and is not recognized.
 */
public final class SecretShapes {
  private static final String DATABASE_TOKEN = "apiv1_[0-9A-Za-z_+/=-]{16,}+";

  // The look ahead, once for each run of letters, keeps a text full of "eyJ" from going quadratic.
  private static final String JSON_WEB_TOKEN =
      "(?<![\\w-])(?=[\\w-]{13,}+\\.[\\w-]{10,}+\\.)[\\w-]*?eyJ[\\w-]{10,}+\\.[\\w-]++\\.[\\w-]*+";

  // Up to the last @ of the host's part; what no URL holds there ends it, such as a JSON quote.
  // A user alone is no secret, such as git; a long one may be the token of a service.
  private static final String OF_HOST = "[^\\s/\"'<>,{}\\[\\]()?#\\\\";

  private static final String CREDENTIALS_IN_URL =
      "(?<=://)(?:"
          + (OF_HOST + ":]*:" + OF_HOST + "]*" + OF_HOST + "@]")
          + ("|" + OF_HOST + ":@]{20,}")
          + ")@";

  private static final Pattern SHAPE =
      Pattern.compile(DATABASE_TOKEN + "|" + JSON_WEB_TOKEN + "|" + CREDENTIALS_IN_URL);

  /** What stands in the place of a secret. */
  public static final String MASK = "[secret]";

  private SecretShapes() {}

  /** Whether the text may have one: a cheap look, since nearly no text has. */
  public static boolean mayBeIn(String text) {
    return text.contains("apiv1_") || text.contains("eyJ") || text.contains("://");
  }

  /** Whether a text has a secret, or had one that was masked. */
  public static boolean hasOrHad(String text) {
    return text.contains(MASK) || (mayBeIn(text) && matcher(text).find());
  }

  /** A matcher over {@code text} that finds each secret in turn. */
  public static Matcher matcher(CharSequence text) {
    return SHAPE.matcher(text);
  }

  /** Whether there was a secret where the text has {@code [secret]} now. */
  public static boolean isMasked(String text) {
    return text.contains(MASK);
  }

  /** The text with every secret in it replaced by {@code [secret]}. */
  public static String mask(String text) {
    return mayBeIn(text) ? matcher(text).replaceAll(Matcher.quoteReplacement(MASK)) : text;
  }
}
