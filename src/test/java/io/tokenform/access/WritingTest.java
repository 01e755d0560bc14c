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
}
