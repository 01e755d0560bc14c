package io.tokenform.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlTextTest {
  /** Escaping one alone can make a placeholder of its neighbour. */
  @ParameterizedTest
  @CsvSource({
    "@DB@__DB__, \\u0040DB\\u0040\\u005f\\u005fDB\\u005f\\u005f",
    "${A}${B}, \\u0024\\u007bA}\\u0024\\u007bB}",
    "@DB@\u200b, \\u0040DB\\u0040\\u200b",
    "costs $5 at a_b, costs $5 at a_b",
  })
  void whatATemplateWouldReplaceIsSpelled(String text, String written) {
    assertThat(YamlText.quoted(text)).isEqualTo('"' + written + '"');
  }
}
