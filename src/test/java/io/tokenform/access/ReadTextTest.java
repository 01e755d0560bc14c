package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.ReadText.Escapes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadTextTest {
  private static final String SHELL_QUOTE = "'\\''";

  @Test
  void aPlainTextIsInSmallLettersAndInItsPlaces() {
    ReadText part = ReadText.plain("xx AZ\u00c4@[x", 3, 8);
    assertThat(shown(part)).isEqualTo("az\u00c4@[");
    assertThat(part.start(0)).isEqualTo(3);
    assertThat(part.end(0)).isEqualTo(4);
    assertThat(part.start(4)).isEqualTo(7);
    assertThat(part.end(4)).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\\", "%a", "&", "a\nb", "\r", "\u001b[1m", "it's"})
  void whatMayStandForSomethingElseIsWritten(String text) {
    assertThat(plain(text).isWritten()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "metrics", "a/b \t\"{}[]#+-|>", "\u00e9"})
  void whatStandsForItselfIsNot(String text) {
    assertThat(plain(text).isWritten()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\\%, true",
        "a&b\\, true",
        "'\\, true",
        "\\\\n, false",
        "%&', false",
        "plain, false",
      })
  void aTextIsMixedIfItHasBackslashesAndOtherEscapes(String text, boolean isMixed) {
    assertThat(plain(text).isMixed()).isEqualTo(isMixed);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        // JSON, Markdown and shells
        "[\\u0041] [a]",
        "[\\u00e4] [\u00e4]",
        "[\\x41] [a]",
        "[\\\"] [\"]",
        "[\\\\] [\\]",
        "[\\!\\~] [!~]",
        "[\\a\\7] [\\a\\7]",
        "[\\u00g1] [\\u00g1]",
        "\\u004 \\u004",
        "\\x4 \\x4",
        "[\\] []",
        "a\\ a\\",
        // URLs
        "[%41%7A] [az]",
        "[%2541] [%41]",
        "[%4g] [%4g]",
        "[%] [%]",
        "a%4 a%4",
        // HTML
        "[&amp;&lt;&gt;&quot;&apos;] [&<>\"']",
        "[&#65;&#x41;&#X41;] [aaa]",
        "[&#0000065;] [a]",
        "[&#00000065;] [a]",
        "[&#000000065;] [&#000000065;]",
        "[&#65534;] [\ufffe]",
        "[&#65535;] [&#65535;]",
        "[&#x1f600;] [&#x1f600;]",
        "[&#99999999;] [&#99999999;]",
        "[&#;&#x;&;] [&#;&#x;&;]",
        "[&copy;] [&copy;]",
        "[&amp] [&amp]",
        "a&amp a&amp",
        "a& a&",
      })
  void anEscapeIsReadAsWhatItStandsFor(String written, String read) {
    assertThat(read(written, Escapes.ALL)).isEqualTo(read);
  }

  @Test
  void aBlankThatAShellEscapesIsABlank() {
    assertThat(read("a\\ b", Escapes.ALL)).isEqualTo("a b");
    assertThat(read("a\\ b", Escapes.OTHERS)).isEqualTo("a\\ b");
  }

  @Test
  void aQuoteWithinQuotesOfAShellIsOneQuote() {
    assertThat(read("it" + SHELL_QUOTE + "s", Escapes.ALL)).isEqualTo("it's");
    assertThat(read("it's '\\' x", Escapes.ALL)).isEqualTo("it's '' x");
    assertThat(read("'\\'", Escapes.OTHERS)).isEqualTo("'\\'");
    assertThat(read("'\\x'", Escapes.OTHERS)).isEqualTo("'\\x'");
    assertThat(read("'x''", Escapes.OTHERS)).isEqualTo("'x''");
  }

  @Test
  void escapesOfOneLanguageAreReadAlone() {
    String text = "\\u0041 %41 &#65; " + SHELL_QUOTE;
    assertThat(read(text, Escapes.BACKSLASHES)).isEqualTo("a %41 &#65; '''");
    assertThat(read(text, Escapes.OTHERS)).isEqualTo("\\u0041 a a '");
    assertThat(read(text, Escapes.ALL)).isEqualTo("a a a '");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ab\ncd",
        "ab\rcd",
        "ab\r\ncd",
        "ab \t\n\t cd",
        "ab\\\n  cd",
        "ab\\\rcd",
        "ab\\ncd",
        "ab\\r\\n  cd",
        "ab%0acd",
        "ab%0D%0Acd",
        "ab&#10;cd",
        "ab\\u000acd",
        "ab\n+ cd",
        "ab\n-\tcd",
        "ab\n # cd",
        "ab\n> cd",
        "ab\n| cd",
        "ab\n 7 | cd",
        "ab\n12345678 |  cd",
      })
  void aLineBreakIsNothingNorIsWhatStandsBeforeTheNextLine(String text) {
    assertThat(read(text, Escapes.ALL)).isEqualTo("abcd");
  }

  @ParameterizedTest
  @CsvSource({
    "'+cd', ab+cd",
    "'* cd', ab* cd",
    "'+', ab+",
    "'7 cd', ab7 cd",
    "'7 + cd', ab7 + cd",
    "'7 |cd', ab7 |cd",
    "'123456789 | cd', ab123456789 | cd",
    "'', ab",
  })
  void whatBelongsToTheNextLineIsKept(String line, String read) {
    assertThat(read("ab\n" + line, Escapes.ALL)).isEqualTo(read);
  }

  @ParameterizedTest
  @CsvSource({
    "ab\u001b[31mcd, abcd",
    "ab\u001b[1;31mcd, abcd",
    "ab\u001b[mcd, abcd",
    "ab\u001bcd, abcd",
    "ab\u001b, ab",
    "ab\u001b[, ab",
    "ab\u001b[31, ab",
  })
  void aColourIsNothing(String text, String read) {
    assertThat(read(text, Escapes.ALL)).isEqualTo(read);
  }

  @Test
  void aCharacterThatWasReadStandsWhereItsEscapeDoes() {
    ReadText read = ReadText.plain("__x%2541y", 2, 9).read(Escapes.ALL);
    assertThat(shown(read)).isEqualTo("x%41y");
    assertThat(read.start(1)).isEqualTo(3);
    assertThat(read.end(1)).isEqualTo(6);

    ReadText again = read.read(Escapes.ALL);
    assertThat(shown(again)).isEqualTo("xay");
    assertThat(again.start(1)).isEqualTo(3);
    assertThat(again.end(1)).isEqualTo(8);
    assertThat(again.start(2)).isEqualTo(8);
  }

  @ParameterizedTest
  @CsvSource({
    "a\\u0041b, 0, 0, 0",
    "a\\u0041b, 1, 1, 1",
    "a\\u0041b, 2, 1, 7",
    "a\\u0041b, 6, 1, 7",
    "a\\u0041b, 7, 7, 7",
    "\\nb, 1, 0, 2",
    "\\nb, 2, 2, 2",
    "\\\\nb, 1, 0, 2",
    "\\\\nb, 2, 2, 2",
    "\\\\\\nb, 3, 2, 4",
    "\\u00g1, 3, 0, 4",
    "\\u00g1, 4, 4, 4",
    "\\u00, 3, 0, 4",
    "abcdefgh, 6, 6, 6",
  })
  void aPlaceInsideOfAnEscapeHasItsBeginningAndItsEnd(String text, int place, int start, int end) {
    assertThat(ReadText.startOfEscape(text, place)).isEqualTo(start);
    assertThat(ReadText.endOfEscape(text, place)).isEqualTo(end);
  }

  private static ReadText plain(String text) {
    return ReadText.plain(text, 0, text.length());
  }

  private static String read(String text, Escapes escapes) {
    return shown(plain(text).read(escapes));
  }

  private static String shown(ReadText text) {
    return new String(text.characters(), 0, text.length());
  }
}
