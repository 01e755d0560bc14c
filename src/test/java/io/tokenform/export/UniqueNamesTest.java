package io.tokenform.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UniqueNamesTest {
  @Test
  void onlyWhoWantsANameAloneGetsIt() {
    assertThat(
            given(
                "grafana 1f0c7a5200004000",
                "grafana 2b9d4e1800004000",
                "telegraf 3e7f1c8600004000"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "1f0c7a5200004000", "grafana-1f0c7a52",
                "2b9d4e1800004000", "grafana-2b9d4e18",
                "3e7f1c8600004000", "telegraf"));
  }

  @Test
  void aSuffixIsAsLongAsItHasToBe() {
    assertThat(given("a 1111111122", "a 1111111133", "a 1111111134"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "1111111122", "a-11111111",
                "1111111133", "a-111111113",
                "1111111134", "a-1111111134"));
  }

  @Test
  void aNameThatSomebodyElseWantsIsLeftToThem() {
    assertThat(given("a 11111111", "a 22222222", "a-11111111 33333333", "a-11111111-2 44444444"))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "11111111", "a-11111111-3",
                "22222222", "a-22222222",
                "33333333", "a-11111111",
                "44444444", "a-11111111-2"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Grafana dashboards                     | grafana-dashboards",
        "  Anna's   test -- please, DELETE!     | annas-test-please-delete",
        "\u00c9cole na\u00efve \u00dcber              | ecole-naive-uber",
        "2024                                   | 2024",
        "\u6f22\u5b57                               | ''",
        "''                                     | ''",
        "\ud83d\ude00 smile                          | smile",
        "one two three four five six seven eight nine ten eleven | one-two-three-four-five-six-seven-eight-nine-ten",
      })
  void aSlugIsLowerCaseAsciiAndShort(String text, String slug) {
    assertThat(Slug.of(text)).isEqualTo(slug);
  }

  @Test
  void oneLongWordIsCutWhereItMustBe() {
    assertThat(Slug.of("x".repeat(10_000))).isEqualTo("x".repeat(Slug.MAX_LENGTH));
  }

  private static Map<String, String> given(String... wishes) {
    UniqueNames names = new UniqueNames();
    for (String wish : wishes) {
      names.want(wish.split(" ", 2)[0], wish.split(" ", 2)[1]);
    }
    return names.give();
  }
}
