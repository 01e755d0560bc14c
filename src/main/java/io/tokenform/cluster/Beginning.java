package io.tokenform.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;

/** What a body is, as far as its type and its first bytes tell. */
enum Beginning {
  /** The page that a proxy, a login or a wrong host gives in the place of an API's answer. */
  PAGE,

  /** Something that was compressed, by somebody who did not say so. */
  GZIP,

  /** Anything else. */
  OTHER;

  private static final int LOOK_AHEAD = 64;

  /**
   * Looks at a body.
   *
   * @param contentType the header's value, or null
   * @param body a stream that supports marks; it is left where it was
   */
  static Beginning of(String contentType, InputStream body) throws IOException {
    if (contentType != null && contentType.toLowerCase(Locale.ROOT).contains("html")) {
      return PAGE;
    }
    body.mark(LOOK_AHEAD);
    try {
      int first = body.read();
      if (first == 0x1f) {
        return body.read() == 0x8b ? GZIP : OTHER;
      }
      for (int i = 1; i < LOOK_AHEAD && isSkipped(first); i++) {
        first = body.read();
      }
      return first == '<' ? PAGE : OTHER;
    } finally {
      body.reset();
    }
  }

  /** White space, and the marks that some programs put at the beginning of a text. */
  private static boolean isSkipped(int first) {
    return Character.isWhitespace(first)
        || first == 0xef
        || first == 0xbb
        || first == 0xbf
        || first == 0xfe
        || first == 0xff
        || first == 0;
  }
}
