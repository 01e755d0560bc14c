package io.tokenform.access;

import java.util.HexFormat;
import java.util.UUID;

/** Reads UUIDs strictly: the JDK's own parser also takes {@code 1-1-1-1-1}. */
public final class Uuids {
  private static final int LENGTH = 36;

  private Uuids() {}

  /**
   * Reads a UUID in the canonical form of 8-4-4-4-12 hexadecimal digits, in either case.
   *
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static UUID parse(String text) {
    if (!isUuid(text)) {
      throw new IllegalArgumentException("not a UUID of the form 8-4-4-4-12");
    }
    return UUID.fromString(text);
  }

  /** Whether one in that form stands somewhere in the text. */
  static boolean isIn(String text) {
    for (int i = 0; i + LENGTH <= text.length(); i++) {
      if (isUuid(text.substring(i, i + LENGTH))) {
        return true;
      }
    }
    return false;
  }

  /** Whether it is one in that form. */
  public static boolean isUuid(String text) {
    if (text.length() != LENGTH) {
      return false;
    }
    for (int i = 0; i < LENGTH; i++) {
      boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
      if (hyphen ? text.charAt(i) != '-' : !HexFormat.isHexDigit(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }
}
