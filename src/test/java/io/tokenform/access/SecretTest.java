package io.tokenform.access;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.MatchResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretTest {
  private static final String DATABASE_TOKEN = "apiv1_" + "A1b2C3d4".repeat(5) + "+/=_-";
  private static final String WEB_TOKEN =
      "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N-XgL0";

  @Test
  void aSecretCannotPrintItself() {
    Secret secret = Secret.of(DATABASE_TOKEN);
    assertThat(secret).hasToString("[secret]");
    assertThat(String.format("%s %s", secret, List.of(secret))).doesNotContain("apiv1");
    assertThat(secret.reveal()).isEqualTo(DATABASE_TOKEN);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "11111111-1111-4111-8111-111111111111",
        "apiv1_11111111-1111-4111-8111-111111111111x",
        "checkout-service-of-prod",
        "Checkout-Service-Of-Prod",
        "20261126173049000123",
        "2026-11-26 17:30:49Z",
        "[1/2] applied  grafana (widens)",
        "metrics-2026",
        "\u043f\u0430\u0440\u043e\u043b\u044c-0123456789",
        "",
      })
  void whatIsAnIdOrAWordIsWeak(String text) {
    assertThat(Secret.of(text).weakness()).isPresent();
  }

  @Test
  void whatAClusterMakesIsNot() {
    for (String text :
        List.of(DATABASE_TOKEN, WEB_TOKEN, "opaque-Tweety-0123456789", "a".repeat(64))) {
      assertThat(Secret.of(text).weakness()).isEmpty();
    }
  }

  @Test
  void aSecretIsMaskedWhereverItStandsUnlessItIsAsShortAsAWord() {
    assertThat(Secret.of("opaque-1").mask("opaque-1, opaque-1opaque"))
        .isEqualTo("[secret], [secret]opaque");
    assertThat(Secret.of("opaque-1").indexIn("an opaque-1")).hasValue(3);
    for (String word : List.of("", "a", "metrics")) {
      assertThat(Secret.of(word).mask("a metrics reader")).isEqualTo("a metrics reader");
      assertThat(Secret.of(word).indexIn("a metrics reader")).isEmpty();
    }
  }

  @Test
  void everySecretInATextIsMaskedAndTheRestIsKept() {
    assertThat(SecretShapes.mask("a " + DATABASE_TOKEN + ", b \"" + WEB_TOKEN + "\" c"))
        .isEqualTo("a [secret], b \"[secret]\" c");
    assertThat(SecretShapes.mask(DATABASE_TOKEN + " " + DATABASE_TOKEN))
        .isEqualTo("[secret] [secret]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "x_", "id=", "Token:", ".", "a.b.", "\u00e9", "\u6f22"})
  void aSecretIsSeenBehindAnything(String before) {
    assertThat(SecretShapes.mask(before + DATABASE_TOKEN)).isEqualTo(before + "[secret]");
    assertThat(SecretShapes.mask(before + WEB_TOKEN))
        .endsWith("[secret]")
        .doesNotContain("eyJ", "dozj");
  }

  @Test
  void theSignatureOfAWebTokenMayBeMissing() {
    assertThat(SecretShapes.mask("eyJhbGciOiJub25lIn0.eyJzdWIiOiIxMjM0NTY3ODkwIn0. x"))
        .isEqualTo("[secret] x");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "apiv1",
        "apiv1_",
        "apiv1_short",
        "apiv1_fifteen_letter",
        "metrics",
        "eyJ",
        "eyJhbGciOiJIUzI1NiJ9",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0",
        "55555555-5555-4555-8555-555555555555",
        "$1 \\ apiv1_ eyJ",
      })
  void whatIsNoSecretIsKept(String text) {
    assertThat(SecretShapes.mask(text)).isEqualTo(text);
  }

  @Test
  void theMatcherFindsEachSecretInTurn() {
    assertThat(SecretShapes.matcher(DATABASE_TOKEN + "\n" + WEB_TOKEN).results())
        .extracting(MatchResult::group)
        .containsExactly(DATABASE_TOKEN, WEB_TOKEN);
  }

  @ParameterizedTest
  @CsvSource({
    "a metric, false, false",
    "apiv1_short, false, false",
    "eyJ, false, false",
    "https://host, false, false",
    "https://me:pw@host, true, false",
    "id apiv1_0123456789abcdefg, true, false",
    "id [secret], true, true",
    "https://[secret]host, true, true",
  })
  void aTextHasOrHadASecret(String text, boolean hasOrHad, boolean isMasked) {
    assertThat(SecretShapes.hasOrHad(text)).isEqualTo(hasOrHad);
    assertThat(SecretShapes.isMasked(text)).isEqualTo(isMasked);
  }

  @ParameterizedTest
  @ValueSource(strings = {"eyJ", "eyJ.", "apiv1_", "apiv1_.", "a", "eyJaaaaaaaaaaa."})
  @Timeout(value = 900, unit = SECONDS)
  void aHostileTextCostsLittleTime(String piece) {
    String text = piece.repeat(100_000);
    assertThat(SecretShapes.mask(text)).isNotNull();
    assertThat(SecretShapes.mask(text + ".eyJ")).isNotNull();
    assertThat(SecretShapes.mask(text + "." + text)).isNotNull();
  }

  @Test
  void thePasswordOfAUrlIsASecretAndItsHostIsNot() {
    assertThat(SecretShapes.mask("https://admin:hunter2@cluster.example.com/a"))
        .isEqualTo("https://[secret]cluster.example.com/a");
    assertThat(SecretShapes.mask("https://cluster.example.com:8443/a@b"))
        .isEqualTo("https://cluster.example.com:8443/a@b");
  }
}
