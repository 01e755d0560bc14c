package io.tokenform.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.report.text.Style;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DiagnosticTextTest {
  private static final String SECRET = "apiv1_" + "A1b2C3d4".repeat(4);

  @Test
  void aFindingSaysWhatWhereAndWhatToDo() {
    SourceText source = source("version: 1\ntokens:\n  a: {idd: 5}\n  a: {}\n");
    Diagnostic finding =
        Diagnostic.error(Code.DUPLICATE_KEY, new Location(source, 4, 3, 1), "it stands twice")
            .alsoAt(new Location(source, 3, 7, 3))
            .hint("remove one");
    assertThat(plain(finding))
        .isEqualTo(
            """
            p.yaml:4:3: error[duplicate-key]: it stands twice
              4 |   a: {}
                |   ^
              see also p.yaml:3:7
              3 |   a: {idd: 5}
                |       ^^^
              hint: remove one
            """);
  }

  @Test
  void aCommandOfGithubsRunnerInTheLineIsBroken() {
    SourceText source = source("a: b ##[error]c");
    Diagnostic error = Diagnostic.error(Code.SYNTAX, new Location(source, 1, 8, 1), "##[error]");
    assertThat(plain(error))
        .isEqualTo(
            """
            p.yaml:1:8: error[syntax]: ##\\u005berror]
              1 | a: b ##\\u005berror]c
                |        ^^^^^^
            """);
  }

  @Test
  void coloursMarkThePlaceTheSeverityAndTheCaretOfTheFirstPlaceOnly() {
    SourceText source = source("a: b");
    Diagnostic error = Diagnostic.error(Code.SYNTAX, new Location(source, 1, 1, 1), "no");
    assertThat(new DiagnosticText(Style.COLOURED).render(error.alsoAt(error.where())))
        .isEqualTo(
            """
            <1m>p.yaml:1:1<0m>: <31m>error[syntax]:<0m> no
              1 | a: b
                | <31m>^<0m>
              see also p.yaml:1:1
              1 | a: b
                | ^
            """
                .replaceAll("<([0-9]+m)>", "\u001b[$1"));
    Diagnostic warning = Diagnostic.warning(Code.EXPIRED_TOKEN, error.where(), "old");
    assertThat(new DiagnosticText(Style.COLOURED).render(warning))
        .contains("\u001b[33mwarning[expired-token]:\u001b[0m old");
  }

  @Test
  void tabsAreShownWideAndTheCaretStaysUnderItsPlace() {
    assertThat(excerpt("\t\"a\":\t5 # x", 7, 1))
        .isEqualTo(
            """
              1 |     "a":    5 # x
                |             ^
            """);
    assertThat(excerpt("\tx", 1, 1))
        .isEqualTo(
            """
              1 |     x
                | ^^^^
            """);
  }

  @Test
  void theCaretAllowsForWideAndCombiningCharacters() {
    assertThat(excerpt("\ud83d\ude00\u6f22: x", 5, 1))
        .isEqualTo(
            """
              1 | \ud83d\ude00\u6f22: x
                |       ^
            """);
    assertThat(excerpt("e\u0301: xy", 5, 2))
        .isEqualTo(
            """
              1 | e\u0301: xy
                |    ^^
            """);
    assertThat(excerpt("a: \ud83d\ude00", 4, 1))
        .isEqualTo(
            """
              1 | a: \ud83d\ude00
                |    ^^
            """);
  }

  @Test
  void anInvisibleCharacterIsShownAndMarkedInFull() {
    assertThat(excerpt("a: \u202eb", 4, 2))
        .isEqualTo(
            """
              1 | a: \\u202eb
                |    ^^^^^^^
            """);
  }

  @Test
  void aPlaceBehindTheLastCharacterHasItsCaretThere() {
    assertThat(excerpt("id:", 4, 1))
        .isEqualTo(
            """
              1 | id:
                |    ^
            """);
    assertThat(excerpt("id:  ", 6, 1)).isEqualTo("  1 | id:\n    |      ^\n");
  }

  @Test
  void aSpanThatIsLongerThanItsLineEndsWithIt() {
    assertThat(excerpt("abc", 2, 99))
        .isEqualTo(
            """
              1 | abc
                |  ^^
            """);
  }

  @Test
  void aPlaceOutsideOfTheTextHasNoExcerpt() {
    assertThat(excerpt("", 1, 1)).isEmpty();
    assertThat(excerpt("abc", 5, 1)).isEmpty();
    SourceText source = source("abc\n");
    assertThat(excerpt(new Location(source, 2, 1, 1))).isEmpty();
    assertThat(excerpt(new Location(source, 99, 1, 1))).isEmpty();
  }

  @Test
  void aLongLineIsCutAroundThePlace() {
    String line = "a".repeat(200) + "HERE" + "b".repeat(200);
    assertThat(excerpt(line, 201, 4))
        .isEqualTo(
            "  1 | ..."
                + "a".repeat(80)
                + "HERE"
                + "b".repeat(76)
                + "...\n    | "
                + " ".repeat(83)
                + "^^^^\n");
    assertThat(excerpt(line, 1, 2)).isEqualTo("  1 | " + "a".repeat(160) + "...\n    | ^^\n");
    assertThat(excerpt(line, 405, 1))
        .isEqualTo("  1 | ..." + "b".repeat(160) + "\n    | " + " ".repeat(163) + "^\n");
  }

  @Test
  void aLineOfTheGreatestWidthIsNotCut() {
    String line = "a".repeat(159) + "X";
    assertThat(excerpt(line, 160, 1))
        .isEqualTo("  1 | " + line + "\n    | " + " ".repeat(159) + "^\n");
    assertThat(excerpt(line, 161, 1))
        .isEqualTo("  1 | " + line + "\n    | " + " ".repeat(160) + "^\n");
    assertThat(excerpt(line + "Y", 161, 1))
        .isEqualTo("  1 | ..." + "a".repeat(158) + "XY\n    | " + " ".repeat(162) + "^\n");
  }

  @Test
  void aSecretInTheLineIsMaskedAndMovesNoCaret() {
    String line = "a: " + SECRET + ", b: 5";
    assertThat(excerpt(line, line.length(), 1))
        .isEqualTo(
            """
              1 | a: [secret], b: 5
                |                 ^
            """);
    assertThat(excerpt(line, 4, SECRET.length()))
        .isEqualTo(
            """
              1 | a: [secret], b: 5
                |    ^^^^^^^^
            """);
    assertThat(excerpt(line, 10, 1))
        .isEqualTo(
            """
              1 | a: [secret], b: 5
                |    ^^^^^^^^
            """);
  }

  @Test
  void aSecretAtTheCutIsStillMasked() {
    for (int before = 60; before < 160; before++) {
      String line = "x".repeat(before) + " " + SECRET + " " + "y".repeat(300);
      for (int column = 1; column < line.length(); column += 7) {
        assertThat(excerpt(line, column, 3)).doesNotContain("apiv1", "A1b2", "C3d4");
      }
    }
  }

  @Test
  void aSecretInNamesMessagesAndHintsIsMasked() {
    SourceText source = new SourceText(SECRET + ".yaml", "x");
    Diagnostic finding =
        Diagnostic.error(Code.BAD_UUID, new Location(source, 1, 1, 1), "\"" + SECRET + "\" is bad")
            .alsoAt(new Location(source, 1, 1, 1))
            .hint("quote it: \"" + SECRET + "\"");
    assertThat(plain(finding))
        .isEqualTo(
            """
            [secret].yaml:1:1: error[bad-uuid]: "[secret]" is bad
              1 | x
                | ^
              see also [secret].yaml:1:1
              1 | x
                | ^
              hint: quote it: "[secret]"
            """);
  }

  @ParameterizedTest
  @EnumSource(Style.class)
  void hostileTextIsHarmlessEverywhere(Style style) {
    String hostile = "\u001b[2J\u009b31m\u202e\u2066\n::error::x\r\u0007\u0000\ud800\u2028";
    SourceText source = new SourceText(hostile, "a: " + hostile.replaceAll("[\r\n]", ""));
    Diagnostic finding =
        Diagnostic.error(Code.UNKNOWN_KEY, new Location(source, 1, 4, 99), hostile)
            .alsoAt(new Location(source, 1, 1, 1))
            .hint(hostile);
    String shown = new DiagnosticText(style).render(finding);
    assertThat(shown.replaceAll("\u001b\\[(0|1|31)m", "")).matches("[ -~\n]+");
    assertThat(shown.lines()).hasSize(7).noneMatch(line -> line.startsWith("::"));
    assertThat(shown).contains("\\u001b[2J\\u009b31m\\u202e\\u2066\\n::error::x\\r\\u0007\\u0000");
  }

  private static SourceText source(String content) {
    return new SourceText("p.yaml", content);
  }

  private static String plain(Diagnostic finding) {
    return new DiagnosticText(Style.PLAIN).render(finding);
  }

  private static String excerpt(String line, int column, int length) {
    return excerpt(new Location(source(line), 1, column, length));
  }

  /** What is shown below the first line. */
  private static String excerpt(Location where) {
    String text = plain(Diagnostic.error(Code.SYNTAX, where, "no"));
    return text.substring(text.indexOf('\n') + 1);
  }
}
