package io.tokenform.cli.complete;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BashLineTest {
  private static final String BREAKS = " \t\n\"'@><=;|&(:";

  private static List<String> words(String line) {
    BashLine parsed = BashLine.parse(line, BREAKS);
    List<String> words = new ArrayList<>(parsed.before());
    words.add(parsed.begun());
    return words;
  }

  @Test
  void quotesArePartOfNoWord() {
    assertThat(words("t")).containsExactly("t");
    assertThat(words("t ")).containsExactly("t", "");
    assertThat(words("t  a\tb")).containsExactly("t", "a", "b");
    assertThat(words("t 'a b' \"c 'd'\" e\\ f g")).containsExactly("t", "a b", "c 'd'", "e f", "g");
    assertThat(words("t '' \"\" x")).containsExactly("t", "", "", "x");
    assertThat(words("t a'b'\"c\"\\d x")).containsExactly("t", "abcd", "x");
    assertThat(words("t \"\\$a \\n \\\\\" x")).containsExactly("t", "$a \\n \\", "x");
    assertThat(words("t a\\\nb x")).containsExactly("t", "ab", "x");
  }

  @Test
  void aWordMayEndInTheMiddleOfAQuote() {
    assertThat(words("t 'a b")).containsExactly("t", "a b");
    assertThat(words("t \"a b")).containsExactly("t", "a b");
    assertThat(words("t a\\")).containsExactly("t", "a");
    assertThat(words("t \"a\\")).containsExactly("t", "a\\");
  }

  @Test
  void redirectionsAreNoneOfTheCommandsWords() {
    assertThat(words("t >out a <in b")).containsExactly("t", "a", "b");
    assertThat(words("t 2> out a")).containsExactly("t", "2", "a");
    assertThat(BashLine.parse("t > ou", BREAKS).isRedirection()).isTrue();
    assertThat(BashLine.parse("t >ou", BREAKS).isRedirection()).isTrue();
    assertThat(BashLine.parse("t >out ", BREAKS).isRedirection()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "t a          | a b!         | a\\ b\\!",
        "t a          | a'\"\\$`*?   | a\\'\\\"\\\\\\$\\`\\*\\?",
        "t 'a         | a b!'c       | a b!'\\''c",
        "t \"a        | a b\"\\$`    | a b\\\"\\\\\\$\\`",
        "t \"a        | a!b          | a\"'!'\"b",
        "t a:         | a:b          | b",
        "t a\\:       | a:b          | a:b",
        "t --x=       | --x=a=b      | a=b",
        "t --x='a     | --x=a=b      | a=b",
        "t 'it'\\''s  | it's me      | s me",
        "t 'a'        | ab           | ab",
        "t ~          | ~a           | \\~a",
      })
  void aCandidateIsPutInAsTheLineNeedsIt(String line, String candidate, String inserted) {
    assertThat(BashLine.parse(line, BREAKS).insertion(candidate)).isEqualTo(inserted);
  }
}
