package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Sha256Test {
  private static final String DIGITS =
      "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

  /** The digest of "abc", from FIPS 180-2, appendix B.1. */
  @Test
  void theDigestOfBytesIsThatOfTheStandard() {
    assertThat(Sha256.of("abc".getBytes(StandardCharsets.US_ASCII)))
        .isEqualTo("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        .matches(Sha256::isDigest);
  }

  @Test
  void sixtyFourDigitsInSmallLettersAreADigest() {
    assertThat(Sha256.isDigest("sha256:" + DIGITS)).isTrue();
    assertThat(Sha256.isDigest(Sha256.ZERO)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "sha256:",
        DIGITS,
        "SHA256:" + DIGITS,
        "sha256:" + DIGITS + "0",
        "sha256:" + DIGITS + "\n",
        "sha256: 123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeF",
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdeg",
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcd\u0660",
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde/",
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde:",
        "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde`",
        "xsha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde"
      })
  void nothingElseIs(String text) {
    assertThat(Sha256.isDigest(text)).isFalse();
  }

  @Test
  void textsAreToldApartFromTheirSum() {
    assertThat(of("ab", "c")).isNotEqualTo(of("a", "bc")).isEqualTo(of("ab", "c"));
  }

  private static String of(String... texts) {
    Sha256 digest = new Sha256();
    for (String text : texts) {
      digest.add(text);
    }
    return digest.text();
  }
}
