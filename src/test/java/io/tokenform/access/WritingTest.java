package io.tokenform.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WritingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "grafana",
        "caf\u00e9 \u00fcber",
        "\u043c\u043e\u043d\u0438\u0442\u043e\u0440\u0438\u043d\u0433",
        "\u03b1\u03c0\u03bf\u03b8\u03ae\u03ba\u03b7",
        "\u76e3\u8996\u30b5\u30fc\u30d0\u30fc\u306e\u30c8\u30fc\u30af\u30f3 prod",
        "\u5317\u4eac-\u3105\u3106-a",
        "\uc11c\ubc84 \u6f22\u5b57 server",
        "\u0627\u0644\u0645\u0631\u0627\u0642\u0628\u0629-2",
        "10 \u00b5s",
        "\ud83d\ude80 launch",
      })
  void aScriptAloneOrAMixtureOfALanguageIsFine(String name) {
    assertThat(Writing.mixture(name)).isEmpty();
    assertThat(Writing.deceptive(name).isEmpty()).isTrue();
    assertThat(Writing.hidden(name)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "gr\u0430fana, Cyrillic and Latin, 2",
    "\u0391dmin, Greek and Latin, 0",
    "h\u0585me, Armenian and Latin, 1",
    "\u0441\u03bfde, Cyrillic and Greek and Latin, 0",
  })
  void aWordThatMixesScriptsDeceives(String name, String scripts, int index) {
    assertThat(Writing.mixture(name)).contains(scripts);
    assertThat(Writing.deceptiveInWords(name).nextSetBit(0)).isEqualTo(index);
    assertThat(Writing.deceptive(name).nextSetBit(0)).isEqualTo(index);
  }

  @Test
  void wordsOfTwoLanguagesSideBySideDoNotDeceive() {
    String text = "Grafana \u0441 \u0434\u0430\u0448\u0431\u043e\u0440\u0434\u0430\u043c\u0438";
    assertThat(Writing.mixture(text)).contains("Cyrillic and Latin");
    assertThat(Writing.deceptive(text).isEmpty()).isTrue();
  }

  @Test
  void aWordOfLookAlikesAloneDeceivesBesideLatinWords() {
    String text = "\u0441\u043e\u0440\u0443 of orders";
    assertThat(Writing.deceptiveInWords(text).isEmpty()).isTrue();
    assertThat(Writing.deceptive(text).cardinality()).isEqualTo(4);
  }

  @ParameterizedTest
  @CsvSource({
    "gr\u0430fana, grafana",
    "\uff47rafana, grafana",
    "caf\u00e9, cafe\u0301",
    "gra\u200bfana, grafana",
    "\u0441\u043e\u0441\u043e, coco",
    "\u03bfrders, orders",
    "b\u0131lling, billing",
  })
  void whatLooksAlikeHasOneSkeleton(String one, String other) {
    assertThat(Writing.skeleton(one)).isEqualTo(Writing.skeleton(other));
  }

  @ParameterizedTest
  @CsvSource({"grafana, Grafana", "l1, ll", "\u00e9, e", "\u0434\u043e\u043c, \u0434\u0443\u043c"})
  void whatCanBeToldApartHasNot(String one, String other) {
    assertThat(Writing.skeleton(one)).isNotEqualTo(Writing.skeleton(other));
  }

  @ParameterizedTest
  @CsvSource({
    "a\u200bb, 1",
    "ab\u2060, 2",
    "\u202eab, 0",
    "a\u200db, 1",
    "x\ufe0f, 1",
    "a\u3164, 1",
    "a\u00ad, 1",
  })
  void whatNobodySeesIsFound(String name, int index) {
    assertThat(Writing.hidden(name)).hasValue(index);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        "\u0915\u094d\u200d\u0937",
        "\ud83d\udc69\u200d\ud83d\udcbb",
        "\u2764\ufe0f metrics",
      })
  void whatAScriptOrAnEmojiNeedsIsNot(String name) {
    assertThat(Writing.hidden(name)).isEmpty();
  }

  /** Unicode grows, and Java's tables with it: the same text says the same on each Java. */
  @Test
  void whatHonestPeopleWriteHidesAndDeceivesNobody() {
    for (String text :
        List.of(
            "\uD83E\uDEE1 salute", // an emoji that Java 17 does not know
            "\u2139\uFE0F see the wiki",
            "\uD83C\uDFF4\uDB40\uDC67\uDB40\uDC62\uDB40\uDC65\uDB40\uDC6E\uDB40\uDC67\uDB40\uDC7F England",
            "5 k\u03a9, 3 \u03bcs, \u0394t")) {
      assertThat(Writing.hidden(text)).as(text).isEmpty();
      assertThat(Writing.deceptiveInWords(text).isEmpty()).as(text).isTrue();
    }
  }

  @Test
  void oneLanguageAloneDeceivesNobody() {
    assertThat(Writing.deceptive("\u0441\u043e\u0441\u043e 42").isEmpty()).isTrue();
    assertThat(Writing.mixture("\u0434\u043e\u043c\u3164")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\u0301", "\u20dd", "\u0903", "\u200d"})
  void aMarkOrAHiddenCharacterDoesNotEndAWord(String mark) {
    assertThat(Writing.deceptiveInWords("cafe" + mark + "\u0430").nextSetBit(0)).isEqualTo(5);
    assertThat(Writing.deceptiveInWords("cafe-\u0430").isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\ud83d\udc69\ud83c\udffd\u200d\ud83d\udcbb", // a woman with a skin colour at a computer
        "\u2764\ufe0f\u200d\ud83d\udd25", // a heart on fire
        "\ud83c\udff4\udb40\udc20\udb40\udc7f\udb40\udc7f", // a flag that is spelt with tags
        "\u845b\udb40\udd00", // variants of a Chinese character
        "\u845b\udb40\uddef",
        "~",
      })
  void partsOfAnEmojiAndVariantsOfALetterAreNotHidden(String text) {
    assertThat(Writing.hidden(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "a\udb40\udc67, 1",
    "a\udb40\udc20, 1",
    "a\udb40\udd00, 1",
    "\u845b\udb40\udd00\udb40\udc41, 3",
    "a\udb40\uddef, 1",
    "\ufe0fa, 0",
    "\u200da, 0",
    "\u2139\ufe0fx\ufe0e, 3",
    "a\u2028b, 1",
    "a\u2029b, 1",
    "\ud83d\ude80\u00e9\u200b, 3",
  })
  void whatBelongsToNoCharacterBeforeItIsHidden(String text, int index) {
    assertThat(Writing.hidden(text)).hasValue(index);
  }

  @ParameterizedTest
  @ValueSource(
      ints = {
        0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180B, 0x180F, 0x2800, 0x3164, 0xFE00, 0xFE0F,
        0xFFA0, 0xE0100, 0xE01EF
      })
  void someLettersAndMarksLookLikeNothing(int c) {
    assertThat(Writing.isBlank(c)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {'a', ' ', 0x180A, 0x1810, 0xFDFF, 0xFE10, 0xE00FF, 0xE01F0})
  void theirNeighboursDoNot(int c) {
    assertThat(Writing.isBlank(c)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0x2029, false",
    "0x202A, true",
    "0x202E, true",
    "0x202F, false",
    "0x2065, false",
    "0x2066, true",
    "0x2069, true",
    "0x206A, false",
  })
  void embeddingsOverridesAndIsolatesReorder(String number, boolean reorders) {
    assertThat(Writing.reorders(Integer.decode(number))).isEqualTo(reorders);
  }

  @Test
  void aCharacterIsDescribedByItsNumberAndItsName() {
    assertThat(Writing.described(0x200B)).isEqualTo("U+200B (ZERO WIDTH SPACE)");
    assertThat(Writing.described('a')).isEqualTo("U+0061 (LATIN SMALL LETTER A)");
    assertThat(Writing.described(0xFFFF)).isEqualTo("U+FFFF");
  }

  @Test
  void asciiIsSeenAsSuch() {
    assertThat(Writing.isAscii(" a~\t")).isTrue();
    assertThat(Writing.isAscii("a\u007f")).isFalse();
    assertThat(Writing.isAscii("\u00e9")).isFalse();
  }
}
