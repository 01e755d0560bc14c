package io.tokenform.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class WrappingTest {
  @Test
  void withoutAWidthEverythingStays() {
    String text = "word ".repeat(100) + "\n";
    assertThat(Wrapping.of(text, OptionalInt.empty())).isEqualTo(text);
  }

  @Test
  void linesAreBrokenBetweenWordsAndGoOnIndented() {
    assertThat(wrapped("  one two three four five\nshort\n", 16))
        .isEqualTo("  one two three\n      four five\nshort\n");
  }

  @Test
  void betweenCellsIsBetterThanBetweenWords() {
    assertThat(wrapped("  ~ name  one two  widens and narrows\n", 30))
        .isEqualTo("  ~ name  one two\n      widens and narrows\n");
  }

  @Test
  void whatStandsInQuotationMarksStaysTogether() {
    assertThat(wrapped("now run \"tokenform plan -f x.yaml\" again\n", 32))
        .isEqualTo("now run\n    \"tokenform plan -f x.yaml\"\n    again\n");
  }

  @Test
  void aWordThatFitsInNoLineIsLeftAlone() {
    assertThat(wrapped("Digest: sha256:0123456789abcdef\n", 20))
        .isEqualTo("Digest: sha256:0123456789abcdef\n");
  }

  @Test
  void coloursTakeNoRoom() {
    String line = Style.COLOURED.red("one") + " " + Style.COLOURED.green("two") + "\n";
    assertThat(wrapped(line, 7)).isEqualTo(line);
    assertThat(wrapped(line, 6))
        .isEqualTo(Style.COLOURED.red("one") + "\n   " + Style.COLOURED.green("two") + "\n");
  }

  @Test
  void wideLettersTakeTwoColumnsAndMarksNone() {
    assertThat(wrapped("\u6f22\u5b57 \u6f22\u5b57\n", 9)).isEqualTo("\u6f22\u5b57 \u6f22\u5b57\n");
    assertThat(wrapped("\u6f22\u5b57 \u6f22\u5b57\n", 8))
        .isEqualTo("\u6f22\u5b57\n    \u6f22\u5b57\n");
    assertThat(wrapped("e\u0301e\u0301 e\u0301e\u0301\n", 5)).doesNotContain("\n ");
  }

  private static String wrapped(String text, int width) {
    return Wrapping.of(text, OptionalInt.of(width));
  }
}
