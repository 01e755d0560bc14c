package io.tokenform.access;

import java.nio.charset.StandardCharsets;

/**
 * A checksum that stands in the document that it is about: the digest of all its bytes with zeros
 * in the place of the checksum. It tells a cut or a slip, and proves nothing about who wrote it.
 *
 * @param field what stands before its value, once in the document's last lines
 */
public record Checksum(String field) {
  /** The document with its checksum, where it has a place for one. */
  public String sealed(String text) {
    int from = start(text);
    return from < 0 ? text : with(text, from, Sha256.of(bytes(with(text, from, Sha256.ZERO))));
  }

  /** Whether it has a checksum, and each byte is as it was when the checksum was made. */
  public boolean isIntact(String text) {
    return start(text) >= 0 && sealed(text).equals(text);
  }

  private int start(String text) {
    int at = text.lastIndexOf(field);
    int from = at + field.length();
    return at < 0 || from + Sha256.ZERO.length() > text.length() ? -1 : from;
  }

  private static String with(String text, int from, String checksum) {
    return text.substring(0, from) + checksum + text.substring(from + checksum.length());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
