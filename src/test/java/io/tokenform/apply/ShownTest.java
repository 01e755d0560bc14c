package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShownTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          `A b`         | `Ab`       | "A b"
          `A b `        | `A b`      | "A b\u2423"
          ` A  b`       | `A b`      | "\u2423A\u2423\u2423b"
          ` `           | ``         | "\u2423"
          ``            | ` `        | ""
          `A\u00a0b`    | `A b`      | "A\\u00a0b"
          `Cafe\u0301`  | `Caf\u00e9`| "Cafe\\u0301"
          `Caf\u00e9`   | `Cafe\u0301`| "Caf\\u00e9"
          `Caf\u00e9`   | `Tea`      | "Caf\u00e9"
          """)
  void theDifferenceCanBeSeen(String text, String other, String shown) {
    assertThat(Shown.beside(text, other)).isEqualTo(shown);
  }

  @Test
  void aLongTextIsShownWhereItDiffers() {
    String same = "x".repeat(1000);

    assertThat(Shown.beside(same + " ", same)).isEqualTo("\"..." + "x".repeat(20) + "\u2423\"");
    assertThat(Shown.beside(same, same + " ")).isEqualTo("\"..." + "x".repeat(20) + "\"");
    assertThat(Shown.beside(same, "y" + same)).isEqualTo("\"" + "x".repeat(80) + "...\"");
  }
}
