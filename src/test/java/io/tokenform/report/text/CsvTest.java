package io.tokenform.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
  @Test
  void linesEndAndFieldsAreQuotedAsTheStandardSays() {
    assertThat(new Csv().row("a", "b, c", "d \"e\"", "f\ng", "").row("h"))
        .hasToString("a,\"b, c\",\"d \"\"e\"\"\",\"f\ng\",\r\nh\r\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=HYPERLINK(1)",
        "+1",
        "-1",
        "@SUM",
        "'quoted",
        "\tx",
        "\rx",
        "\nx",
        "\uff1dx",
        "\uff0bx"
      })
  void aFormulaGetsAnApostropheThatCanBeTakenAway(String text) {
    String field = new Csv().row(text).toString().strip().replace("\"", "");
    assertThat(field).isEqualTo("'" + text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a=1", " =1", "1-2", "x'y", "*", "(=1)"})
  void nothingElseGetsOne(String text) {
    assertThat(new Csv().row(text)).hasToString(text + "\r\n");
  }
}
