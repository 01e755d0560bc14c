package io.tokenform.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/**
 * Recognizes the page that a proxy, a login or a wrong host gives in the place of an API's answer.
 */
final class HtmlPage {
  private static final int LOOK_AHEAD = 64;

  private HtmlPage() {}

  /**
   * Whether a body is an HTML page, by its content type or its first character.
   *
   * @param contentType the header's value, or null
   * @param body a stream that supports marks; it is left where it was
   */
  static boolean is(String contentType, InputStream body) throws IOException {
    if (contentType != null && contentType.toLowerCase(Locale.ROOT).contains("html")) {
      return true;
    }
    body.mark(LOOK_AHEAD);
    int first = ' ';
    for (int i = 0; i < LOOK_AHEAD && Character.isWhitespace(first); i++) {
      first = body.read();
    }
    body.reset();
    return first == '<';
  }
}
