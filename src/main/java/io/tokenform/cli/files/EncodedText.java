package io.tokenform.cli.files;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A text whose file does not say how it is written. It is UTF-8, except where its first bytes tell
 * that a program of Windows wrote it: {@code >} of PowerShell makes UTF-16, and editors begin a
 * text with a byte order mark.
 */
public final class EncodedText {
  private static final char BYTE_ORDER_MARK = '\ufeff';

  private EncodedText() {}

  /** The text without a byte order mark. */
  public static String decode(byte[] bytes) {
    return unmarked(new String(bytes, charset(bytes)));
  }

  /** A text that was decoded already, without its byte order mark. */
  public static String unmarked(String text) {
    return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
  }

  private static Charset charset(byte[] bytes) {
    if (bytes.length < 2) {
      return StandardCharsets.UTF_8;
    }
    int first = Byte.toUnsignedInt(bytes[0]);
    int second = Byte.toUnsignedInt(bytes[1]);
    // Without a mark: plain letters have a zero on one side, and no text in UTF-8 has any.
    if ((first == 0xff && second == 0xfe) || (first != 0 && second == 0)) {
      return StandardCharsets.UTF_16LE;
    }
    if ((first == 0xfe && second == 0xff) || (first == 0 && second != 0)) {
      return StandardCharsets.UTF_16BE;
    }
    return StandardCharsets.UTF_8;
  }
}
