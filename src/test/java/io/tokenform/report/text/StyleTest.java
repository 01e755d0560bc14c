package io.tokenform.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StyleTest {
  @Test
  void plainAddsNothing() {
    Style plain = Style.coloured(false);
    assertThat(plain.bold("a") + plain.faint("b") + plain.green("c")).isEqualTo("abc");
    assertThat(plain.red("d") + plain.yellow("e")).isEqualTo("de");
  }

  @Test
  void everyColourEndsWhereItsTextEnds() {
    Style coloured = Style.coloured(true);
    assertThat(coloured.bold("a")).isEqualTo("\u001b[1ma\u001b[0m");
    assertThat(coloured.faint("a")).isEqualTo("\u001b[2ma\u001b[0m");
    assertThat(coloured.red("a")).isEqualTo("\u001b[31ma\u001b[0m");
    assertThat(coloured.green("a")).isEqualTo("\u001b[32ma\u001b[0m");
    assertThat(coloured.yellow("a")).isEqualTo("\u001b[33ma\u001b[0m");
  }
}
