package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Labels at the end of live descriptions. */
class LabelTest {
  private static final Instant AT = Instant.parse("2026-01-02T03:04:05Z");

  static Stream<Label> labels() {
    return Stream.of(
        new Label.Pending(new Nonce("3f9a1c3f9a1c")),
        new Label.Retiring(AT),
        new Label.Retired(AT),
        new Label.Parked(AT, "INC-42: leaked (in a log)"));
  }

  @ParameterizedTest
  @MethodSource("labels")
  void aLabelIsReadAsItWasWritten(Label label) {
    String description = LiveDescription.of("Checkout (production)", label).toString();

    LiveDescription read = LiveDescription.parse(description);

    assertThat(read).isEqualTo(LiveDescription.of("Checkout (production)", label));
    assertThat(read).hasToString(description);
    assertThat(label.text()).startsWith(label.word() + " ");
  }

  @Test
  void theFormsAreThoseOfTheManual() {
    assertThat(labels().map(Label::text))
        .containsExactly(
            "pending 3f9a1c3f9a1c",
            "retiring until 2026-01-02T03:04:05Z",
            "retired until 2026-01-02T03:04:05Z",
            "parked 2026-01-02T03:04:05Z INC-42: leaked (in a log)");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Checkout",
        "",
        "Checkout (tokenform: )",
        "Checkout (tokenform: pending)",
        "Checkout (tokenform: pending 3f9a1c)",
        "Checkout (tokenform: pending 3F9A1C3F9A1C)",
        "Checkout (tokenform: retiring 2026-01-02T03:04:05Z)",
        "Checkout (tokenform: retiring until tomorrow)",
        "Checkout (tokenform: retiring until 2026-01-02T03:04:05.000Z)",
        "Checkout (tokenform: retiring until 2026-01-02T03:04:05Z) ",
        "Checkout (tokenform: parked 2026-01-02T03:04:05Z)",
        "Checkout (tokenform: parked 2026-01-02T03:04:05Z )",
        "Checkout (tokenform: lost 2026-01-02T03:04:05Z)",
        "Checkout(tokenform: pending 3f9a1c3f9a1c)",
      })
  void whatTokenformWouldNotWriteIsAPartOfTheText(String description) {
    assertThat(LiveDescription.parse(description)).isEqualTo(LiveDescription.of(description));
  }

  @Test
  void theLastLabelCounts() {
    String twice =
        "Edge (tokenform: pending 3f9a1c3f9a1c) (tokenform: retired until 2026-01-02T03:04:05Z)";

    assertThat(LiveDescription.parse(twice))
        .isEqualTo(
            LiveDescription.of("Edge (tokenform: pending 3f9a1c3f9a1c)", new Label.Retired(AT)));
  }

  @Test
  void instantsAreKeptToTheSecond() {
    assertThat(new Label.Retiring(AT.plusMillis(999)).until()).isEqualTo(AT);
    assertThat(new Label.Retired(AT.plusMillis(999)).until()).isEqualTo(AT);
    assertThat(new Label.Parked(AT.plusMillis(999), "x").at()).isEqualTo(AT);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "  ",
        "a\nb",
        "a\u2028b",
        "a\u0007b",
        "x (tokenform: pending y)",
        "(tokenform: y"
      })
  void aReasonIsOnePlainLine(String reason) {
    assertThatThrownBy(() -> new Label.Parked(AT, reason))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aReasonHasItsBound() {
    assertThat(new Label.Parked(AT, " " + "x".repeat(Label.LONGEST_REASON)).reason())
        .hasSize(Label.LONGEST_REASON);
    assertThatThrownBy(() -> new Label.Parked(AT, "x".repeat(Label.LONGEST_REASON + 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNonceHasTwelveHexadecimalDigits() {
    assertThat(Nonce.of(() -> 0xabcdef12)).hasToString("cdef12cdef12");
    assertThat(Nonce.of(() -> 1)).hasToString("000001000001");
    for (String text :
        new String[] {"", "3f9a1c3f9a1", "3f9a1c3f9a1cc", "3F9A1C3F9A1C", "3f9a1c3f9a1g"}) {
      assertThatThrownBy(() -> new Nonce(text)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
