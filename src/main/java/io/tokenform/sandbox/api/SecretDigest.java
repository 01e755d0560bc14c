package io.tokenform.sandbox.api;

import io.tokenform.access.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What the sandbox remembers of a token's secret: enough to know it again, too little to use it.
 *
 * <p>It is one plain SHA-256, without salt and without repetition. Those make guessing dear, and
 * the secrets that the sandbox makes cannot be guessed: each has 384 random bits. A seed's are
 * known to whoever reads the seed.
 *
 * @param hex 64 digits in lower case
 */
public record SecretDigest(String hex) {
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

  /**
   * @throws IllegalArgumentException if it is not a SHA-256 in hexadecimal, in lower case
   */
  public SecretDigest {
    if (!FORM.matcher(hex).matches()) {
      throw new IllegalArgumentException("not a SHA-256 in hexadecimal");
    }
  }

  public static SecretDigest of(Secret secret) {
    try {
      return new SecretDigest(
          HexFormat.of()
              .formatHex(
                  MessageDigest.getInstance("SHA-256")
                      .digest(secret.reveal().getBytes(StandardCharsets.UTF_8))));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  @Override
  public String toString() {
    return hex;
  }
}
