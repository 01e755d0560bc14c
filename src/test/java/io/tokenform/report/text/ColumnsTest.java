package io.tokenform.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnsTest {
  @Test
  void cellsOfAColumnStartBelowEachOther() {
    Columns columns = new Columns("  ", "  ");
    columns.row("grafana", "widens", "tokens.yaml:15");
    columns.row("a", "narrows", "tokens.yaml:1");
    columns.row("telegraf");
    assertThat(columns.lines())
        .containsExactly(
            "  grafana   widens   tokens.yaml:15", //
            "  a         narrows  tokens.yaml:1",
            "  telegraf");
  }

  @Test
  void aVeryLongCellPushesOutItsOwnLineOnly() {
    Columns columns = new Columns("", " ");
    columns.row("x".repeat(41), "b");
    columns.row("a", "b");
    assertThat(columns.lines()).containsExactly("x".repeat(41) + " b", "a b");
  }

  @Test
  void linesHaveNoTrailingSpaces() {
    Columns columns = new Columns("  ", "  ");
    columns.row("a", "");
    columns.row("", "");
    assertThat(columns.lines()).containsExactly("  a", "");
  }

  @Test
  void noRowsAreNoLines() {
    assertThat(new Columns("", "").lines()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'', 0",
    "abc, 3",
    "Gr\u00fc\u00dfe, 5",
    "e\u0301, 1",
    "\u6f22\u5b57, 4",
    "\ud55c\uae00, 4",
    "\uff21, 2",
    "\uff71, 1",
    "\ud83d\ude00, 2",
    "\ud842\udfb7, 2",
    "\u041f\u0440, 2",
  })
  void textIsMeasuredAsTerminalsShowIt(String text, int width) {
    assertThat(Columns.width(text)).isEqualTo(width);
  }

  @Test
  void aTextIsCutByTheColumnsThatItTakes() {
    assertThat(Columns.cut("abcdef", 6)).isEqualTo("abcdef");
    assertThat(Columns.cut("abcdefg", 6)).isEqualTo("abc...");
    assertThat(Columns.cut("\u6f22\u5b57\u6f22\u5b57", 7)).isEqualTo("\u6f22\u5b57...");
    assertThat(Columns.cut("\u6f22\u5b57\u6f22\u5b57", 6)).isEqualTo("\u6f22...");
    // A mark takes no column, and stays on its letter.
    assertThat(Columns.cut("e\u0301e\u0301e\u0301e\u0301e\u0301", 4)).isEqualTo("e\u0301...");
  }
}
