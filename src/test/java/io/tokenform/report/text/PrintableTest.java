package io.tokenform.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "plain text, with \"quotes\" and \\ and {braces}",
        "Gr\u00fc\u00dfe \u00a1\u00bf\u20ac",
        "e\u0301 combining",
        "\u0928\u092e\u0938\u094d\u0924\u0947",
        "\u6f22\u5b57 \u304b\u306a \ud55c\uae00",
        "\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd",
        "\u041f\u0440\u0438\u0432\u0435\u0442",
        "\ud83d\ude00 \ud83d\ude80",
        "\ud842\udfb7",
        "\u0e2a\u0e27\u0e31\u0e2a\u0e14\u0e35",
      })
  void ordinaryTextOfAnyLanguageIsUntouched(String text) {
    assertThat(Printable.line(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "0000, \\u0000",
    "0007, \\u0007",
    "0008, \\u0008",
    "0009, \\t",
    "000A, \\n",
    "000B, \\u000b",
    "000D, \\r",
    "001B, \\u001b",
    "007F, \\u007f",
    "0080, \\u0080",
    "0085, \\u0085",
    "009B, \\u009b",
    "009F, \\u009f",
    "00A0, \\u00a0",
    "00AD, \\u00ad",
    "034F, \\u034f",
    "061C, \\u061c",
    "115F, \\u115f",
    "1160, \\u1160",
    "17B4, \\u17b4",
    "180B, \\u180b",
    "180E, \\u180e",
    "2003, \\u2003",
    "200B, \\u200b",
    "200D, \\u200d",
    "200E, \\u200e",
    "2028, \\u2028",
    "2029, \\u2029",
    "202A, \\u202a",
    "202E, \\u202e",
    "2060, \\u2060",
    "2066, \\u2066",
    "2069, \\u2069",
    "2800, \\u2800",
    "3000, \\u3000",
    "3164, \\u3164",
    "D800, \\ud800",
    "DFFF, \\udfff",
    "E000, \\ue000",
    "FDD0, \\ufdd0",
    "FE0F, \\ufe0f",
    "FEFF, \\ufeff",
    "FFA0, \\uffa0",
    "FFF9, \\ufff9",
    "FFFE, \\ufffe",
    "FFFF, \\uffff",
    "E0001, \\udb40\\udc01",
    "E0041, \\udb40\\udc41",
    "E0100, \\udb40\\udd00",
    "F0000, \\udb80\\udc00",
    "10FFFF, \\udbff\\udfff",
  })
  void whatATerminalObeysOrNobodySeesIsShownAsAnEscape(String hex, String escape) {
    String text = codePoint(hex);
    assertThat(Printable.line("a" + text + "b")).isEqualTo("a" + escape + "b");
    assertThat(Printable.quoted("a" + text + "b")).isEqualTo("\"a" + escape + "b\"");
    assertThat(Printable.name("a" + text + "b")).isEqualTo("\"a" + escape + "b\"");
    assertThat(Printable.name(text)).isEqualTo("\"" + escape + "\"");
  }

  @Test
  void noControlOrFormatCharacterComesThroughOfAllThatThereAre() {
    for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
      String shown = Printable.line(Character.toString(c));
      int type = Character.getType(c);
      if (type == Character.CONTROL || type == Character.FORMAT || type == Character.SURROGATE) {
        assertThat(shown).as("U+%04X", c).matches("\\\\[nrt]|(\\\\u[0-9a-f]{4}){1,2}");
      } else if (Character.isLetterOrDigit(c)) {
        assertThat(Printable.line(shown)).as("U+%04X", c).isEqualTo(shown);
      }
    }
  }

  @Test
  void quotesAndBackslashesAreEscapedInQuotesOnly() {
    assertThat(Printable.line("say \"hi\" \\ there")).isEqualTo("say \"hi\" \\ there");
    assertThat(Printable.quoted("say \"hi\" \\ there")).isEqualTo("\"say \\\"hi\\\" \\\\ there\"");
    assertThat(Printable.quoted("\n\\n")).isEqualTo("\"\\n\\\\n\"");
    assertThat(Printable.quoted("")).isEqualTo("\"\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"metrics", "*", "a-b_c.d:e/f@g+h", "2024", "\u6f22\u5b57", "Gr\u00fc\u00dfe"})
  void aPlainNameNeedsNoQuotes(String name) {
    assertThat(Printable.name(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "a b", " a", "a,b", "a\"b", "(all)", "[secret]", "->", "a\u0301"})
  void aNameThatCouldBeMistakenIsQuoted(String name) {
    assertThat(Printable.name(name)).isEqualTo(Printable.quoted(name)).startsWith("\"");
  }

  @Test
  void secretsAreMaskedEverywhere() {
    String secret = "apiv1_" + "A1b2C3d4".repeat(4);
    assertThat(Printable.line("x " + secret)).isEqualTo("x [secret]");
    assertThat(Printable.line("\u001b" + secret)).isEqualTo("\\u001b[secret]");
    assertThat(Printable.quoted(secret)).isEqualTo("\"[secret]\"");
    assertThat(Printable.name(secret)).isEqualTo("[secret]");
    assertThat(Printable.name("x " + secret)).isEqualTo("\"x [secret]\"");
  }

  private static String codePoint(String hex) {
    return Character.toString(Integer.parseInt(hex, 16));
  }

  @Test
  void aCommandOfGithubsRunnerIsBrokenAnywhere() {
    assertThat(Printable.line("a ##[error]b ###[group]"))
        .isEqualTo("a ##\\u005berror]b ###\\u005bgroup]");
    assertThat(Printable.quoted("##[error]\n##[")).isEqualTo("\"##\\u005berror]\\n##\\u005b\"");
    assertThat(Printable.line("# [a] #[b]")).isEqualTo("# [a] #[b]");
  }

  @Test
  void twoColonsThatCouldStartALineAreBroken() {
    assertThat(Printable.line("::error::x")).isEqualTo("\\u003a:error::x");
    assertThat(Printable.line("  ::error::x")).isEqualTo("  \\u003a:error::x");
    assertThat(Printable.line(":::x")).isEqualTo("\\u003a::x");
    assertThat(Printable.line("a ::b:: :")).isEqualTo("a ::b:: :");
    assertThat(Printable.line(": a")).isEqualTo(": a");
    assertThat(Printable.name("::error::x")).isEqualTo("\"\\u003a:error::x\"");
    assertThat(Printable.name(":a")).isEqualTo("\":a\"");
    assertThat(Printable.name("a::b")).isEqualTo("a::b");
  }

  @Test
  void marksThatPileUpAreShownAsEscapes() {
    String two = "e\u0323\u0302";
    assertThat(Printable.line(two + two)).isEqualTo(two + two);
    assertThat(Printable.line(two + "\u0301\u0488x")).isEqualTo(two + "\\u0301\\u0488x");
    assertThat(Printable.quoted("\u0301\u0302\u0303e\u0301"))
        .isEqualTo("\"\\u0301\\u0302\\u0303e\u0301\"");
    assertThat(YamlText.quoted(two + "\ud804\udc01")).isEqualTo("\"" + two + "\\U00011001\"");
  }

  @ParameterizedTest
  @CsvSource({
    "gr\u0430fana, '\"gr\\u0430fana\" (mixes Cyrillic and Latin)'",
    "\u0441\u043a\u043b\u0430\u0434-x, '\"\u0441\u043a\u043b\u0430\u0434-x\" (mixes Cyrillic and Latin)'",
    "\u0441\u043a\u043b\u0430\u0434, \u0441\u043a\u043b\u0430\u0434",
    "\u76e3\u8996prod, \u76e3\u8996prod",
  })
  void aNameThatMixesScriptsIsMarked(String name, String shown) {
    assertThat(Printable.name(name)).isEqualTo(shown);
  }

  @Test
  void lettersThatPretendToBeOthersAreEscapes() {
    assertThat(Printable.line("see Gr\u0430fana")).isEqualTo("see Gr\\u0430fana");
    assertThat(Printable.quoted("\u0441\u043e\u0440\u0443 of x"))
        .isEqualTo("\"\\u0441\\u043e\\u0440\\u0443 of x\"");
    assertThat(YamlText.name("gr\u0430fana")).isEqualTo("\"gr\\u0430fana\"");
  }
}
