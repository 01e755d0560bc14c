package io.tokenform.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class TableTest {
  private static final String ID = "55555555-5555-4555-8555-555555555555";

  @Test
  void withoutAWidthNothingIsShortened() {
    assertThat(rendered(OptionalInt.empty()))
        .isEqualTo(
            """
            ID                                    TEXT                     LIST               DAY         BLANK
            55555555-5555-4555-8555-555555555555  a text of some 23 signs  metrics, logs, ab  2026-01-01
            x                                     short                                       2026-01-02
            """);
  }

  @Test
  void whatIsBlankGoesFirstAndThenTheWidestAreShortened() {
    assertThat(rendered(OptionalInt.of(84)))
        .isEqualTo(
            """
            ID                                    TEXT              LIST              DAY
            55555555-5555-4555-8555-555555555555  a text of som...  metrics, ...      2026-01-01
            x                                     short                               2026-01-02
            """);
  }

  @Test
  void aColumnIsLeftOutBeforeOthersBecomeTooNarrow() {
    assertThat(rendered(OptionalInt.of(73)))
        .isEqualTo(
            """
            ID                                    TEXT               LIST
            55555555-5555-4555-8555-555555555555  a text of some...  metrics, ...
            x                                     short
            """);
  }

  @Test
  void whereColumnsWouldSayNothingTheCellsStandBelowEachOther() {
    assertThat(rendered(OptionalInt.of(54)))
        .isEqualTo(
            """
            55555555-5555-4555-8555-555555555555
                text a text of some 23 signs; list metrics, logs,
                    ab; day 2026-01-01
            x
                text short; day 2026-01-02
            """
                .indent(0));
  }

  @Test
  void anIdIsWholeHoweverNarrowItIs() {
    assertThat(rendered(OptionalInt.of(20))).startsWith(ID + "\n    text");
  }

  @Test
  void aCellOfAMegabyteDoesNotPadTheOtherRows() {
    Table table = new Table().column("A", Table.Fit.TEXT).column("B", Table.Fit.WHOLE);
    table.row("x".repeat(1 << 20), "b");
    table.row("short", "c");
    assertThat(table.render(Style.PLAIN, OptionalInt.empty()))
        .startsWith("A      B\n")
        .endsWith("x  b\nshort  c\n");
    assertThat(table.render(Style.PLAIN, OptionalInt.of(40)).lines())
        .allSatisfy(line -> assertThat(Columns.width(line)).isLessThanOrEqualTo(40));
  }

  @Test
  void wideCharactersTakeTwoColumns() {
    Table table = new Table().column("A", Table.Fit.TEXT).column("B", Table.Fit.WHOLE);
    table.row("\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57\u6f22\u5b57", "b");
    assertThat(table.render(Style.PLAIN, OptionalInt.of(15)))
        .isEqualTo("A             B\n\u6f22\u5b57\u6f22\u5b57...   b\n");
  }

  @Test
  void headingsStandOutOnATerminal() {
    assertThat(new Table().column("A", Table.Fit.WHOLE).render(Style.COLOURED, OptionalInt.empty()))
        .isEqualTo("\u001b[1mA\u001b[0m\n");
  }

  private static String rendered(OptionalInt width) {
    Table table =
        new Table()
            .column("ID", Table.Fit.WHOLE)
            .column("TEXT", Table.Fit.TEXT)
            .column("LIST", Table.Fit.LIST)
            .column("DAY", Table.Fit.OPTIONAL)
            .column("BLANK", Table.Fit.OPTIONAL);
    table.row(ID, "a text of some 23 signs", "metrics, logs, ab", "2026-01-01", "");
    table.row("x", "short", "", "2026-01-02", "");
    return table.render(Style.PLAIN, width);
  }
}
