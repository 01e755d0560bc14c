package io.tokenform.finding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SuggestionsTest {
  private static final List<String> WORDS = List.of("metrics", "logs", "Logs", "orders");

  @Test
  void theFewestEditsWinAndTheFirstOfEquals() {
    Suggestions suggestions = new Suggestions(WORDS);
    assertThat(suggestions.to("METRICS")).contains("metrics");
    assertThat(suggestions.to("LOGS")).contains("logs");
    assertThat(suggestions.to("logz")).contains("logs");
    assertThat(suggestions.to("traces")).isEmpty();
    assertThat(suggestions.to("")).isEmpty();
    assertThat(suggestions.hint("oders")).contains("did you mean \"orders\"?");
  }

  @Test
  void manyWordsGetWhatTheyGetOneByOne() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      List<String> candidates = words(random, 30);
      Suggestions suggestions = new Suggestions(candidates);
      for (String word : words(random, 30)) {
        assertThat(suggestions.to(word))
            .as("%s among %s", word, candidates)
            .isEqualTo(Nearest.to(word, candidates));
      }
    }
  }

  private static List<String> words(Random random, int count) {
    List<String> words = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      StringBuilder word = new StringBuilder();
      for (int length = random.nextInt(8); length >= 0; length--) {
        word.append("abAB".charAt(random.nextInt(4)));
      }
      words.add(word.toString());
    }
    return words;
  }

  @Test
  void theWorkOfAllSuggestionsIsBounded() {
    List<String> known = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      known.add("role-of-a-team-%05d".formatted(i));
    }
    Suggestions suggestions = new Suggestions(known);
    assertThat(suggestions.to("role-of-a-teem-00007")).contains("role-of-a-team-00007");
    for (int i = 0; i < 20_000; i++) {
      suggestions.to("rule-of-a-team-%05d".formatted(i));
    }
    assertThat(suggestions.work()).isEqualTo(Suggestions.MOST_WORK);
    assertThat(suggestions.to("ROLE-of-a-team-00009")).contains("role-of-a-team-00009");
  }

  @Test
  void aLongWordIsNotCompared() {
    String word = "x".repeat(1_000_000);
    Suggestions suggestions = new Suggestions(List.of(word + "y"));
    assertThat(suggestions.to(word)).isEmpty();
    assertThat(suggestions.work()).isZero();
    assertThat(Nearest.to(word, List.of(word + "y"))).isEmpty();
  }
}
