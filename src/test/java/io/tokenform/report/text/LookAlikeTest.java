package io.tokenform.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import org.junit.jupiter.api.Test;

class LookAlikeTest {
  @Test
  void theCharactersAreToldInWhichTextsDifferThatLookTheSame() {
    String composed = "Caf\u00e9 Lyon";
    String apart = Normalizer.normalize(composed, Normalizer.Form.NFD);

    assertThat(LookAlike.difference(composed, apart)).hasValue("U+00E9 becomes U+0065 U+0301");
    assertThat(LookAlike.difference(apart, composed)).hasValue("U+0065 U+0301 becomes U+00E9");
    assertThat(LookAlike.difference("a b", "a\u00a0b")).hasValue("U+0020 becomes U+00A0");
    assertThat(LookAlike.difference("\u00e9\u00e8\u00e9\u00e8", "e\u0301e\u0300e\u0301e\u0300"))
        .hasValue("U+00E9 U+00E8 U+00E9 ... becomes U+0065 U+0301 U+0065 ...");
  }

  @Test
  void whatPeopleSeeIsNotTold() {
    assertThat(LookAlike.difference("a", "a")).isEmpty();
    assertThat(LookAlike.difference("Cafe", "Caf\u00e9")).isEmpty();
    assertThat(LookAlike.difference("", "x")).isEmpty();
  }
}
