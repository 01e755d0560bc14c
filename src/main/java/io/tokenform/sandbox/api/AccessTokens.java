package io.tokenform.sandbox.api;

import io.tokenform.access.Secret;
import java.security.SecureRandom;
import java.util.Base64;

/** New access tokens: each is told once, to whom created it; nothing keeps more than its digest. */
final class AccessTokens {
  private static final String PREFIX = "apiv1_";
  // 64 characters of Base64, the length of those in the vendor's examples.
  private static final int RANDOM_BYTES = 48;

  // Made when this class is first used: most runs create no token, and opening it takes time.
  private static final SecureRandom RANDOM = new SecureRandom();

  private AccessTokens() {}

  static Secret next() {
    byte[] bytes = new byte[RANDOM_BYTES];
    RANDOM.nextBytes(bytes);
    return Secret.of(PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }
}
