package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What can stand in the label of a parked token. */
class LabelTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @ParameterizedTest
  @ValueSource(strings = {"(tokenform: x", "x (tokenform: y)", "(tokenform: parked z)"})
  void aReasonThatLooksLikeALabelIsRefused(String reason) {
    assertThatThrownBy(() -> new Label.Parked(NOW, reason))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the reason must not contain \"(tokenform:\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"INC-42", "(see INC-42)", "(tokenform", "a (b) c"})
  void everyOtherReasonIsReadBack(String reason) {
    Label label = new Label.Parked(NOW, reason);
    assertThat(LiveDescription.parse(LiveDescription.of("Checkout", label).toString()))
        .isEqualTo(LiveDescription.of("Checkout", label));
  }

  @Test
  void theInstantIsToTheSecond() {
    assertThat(new Label.Parked(NOW.plusMillis(5), "x").at()).isEqualTo(NOW);
  }
}
