package io.tokenform.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A digest of texts in their order, as {@code sha256:} and 64 hexadecimal digits. */
public final class Sha256 {
  /** Stands for a digest that is not known yet; it has the length of one. */
  public static final String ZERO = "sha256:" + "0".repeat(64);

  private static final String NAME = "sha256:";

  private static final byte[] COLON = {':'};

  private final MessageDigest digest;

  /** What was added and not yet given to the digest: a call for each short text takes longer. */
  private final byte[] waiting = new byte[1 << 12];

  private int size;

  /** The digest of nothing so far. */
  public Sha256() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** Whether a text has the form of a digest. */
  public static boolean isDigest(String text) {
    if (text.length() != ZERO.length() || !text.startsWith(NAME)) {
      return false;
    }
    for (int i = NAME.length(); i < text.length(); i++) {
      char digit = text.charAt(i);
      if ((digit < '0' || digit > '9') && (digit < 'a' || digit > 'f')) {
        return false;
      }
    }
    return true;
  }

  /** The digest of some bytes as they are. */
  public static String of(byte[] bytes) {
    Sha256 sha256 = new Sha256();
    sha256.digest.update(bytes);
    return sha256.text();
  }

  /** Adds a text and its length, so that no two lists of texts look alike. */
  public void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(Integer.toString(bytes.length).getBytes(StandardCharsets.US_ASCII));
    add(COLON);
    add(bytes);
  }

  private void add(byte[] bytes) {
    if (bytes.length > waiting.length - size) {
      digest.update(waiting, 0, size);
      size = 0;
    }
    if (bytes.length > waiting.length) {
      digest.update(bytes);
    } else {
      System.arraycopy(bytes, 0, waiting, size, bytes.length);
      size += bytes.length;
    }
  }

  /** The digest of what was added; it starts anew then. */
  public String text() {
    digest.update(waiting, 0, size);
    size = 0;
    return NAME + HexFormat.of().formatHex(digest.digest());
  }
}
