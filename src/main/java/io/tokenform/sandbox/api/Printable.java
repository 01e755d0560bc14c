package io.tokenform.sandbox.api;

import java.util.HexFormat;

/** Text from outside, made fit for a line of a log or of a message. */
public final class Printable {
  private Printable() {}

  /** The text with everything but printable ASCII written as a Java escape. */
  public static String of(String text) {
    StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= ' ' && c <= '~') {
        out.append(c);
      } else {
        out.append("\\u" + HexFormat.of().toHexDigits(c));
      }
    }
    return out.toString();
  }
}
