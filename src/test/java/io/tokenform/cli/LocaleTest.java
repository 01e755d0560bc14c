package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.io.IOException;
import java.util.Locale;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is printed and written is the same in every language of the user. */
class LocaleTest extends CommandTest {
  private static final Locale USUAL = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(USUAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ar-EG", "fa-IR", "th-TH-u-nu-thai", "tr-TR"})
  void digitsAndLettersAreTheUsualOnes(String language) throws IOException {
    policyForSandbox(TOKENS);
    Locale.setDefault(Locale.forLanguageTag(language));

    assertThat(cli().run("apply", "--auto-approve"))
        .exited(0)
        .printed("[1/2] applied  grafana (widens)\\n".replace("\\n", "\n"), "Effects: widens 1");
    Assertions.assertThat(journals().get(0).getFileName().toString())
        .startsWith("20260101T000000Z-");
    for (String line :
        new String[] {"journal list", "journal show", "token list", "plan", "explain", "--help"}) {
      Cli.Run run = cli().run(line.split(" "));
      assertThat(run).exited(0);
      Assertions.assertThat(run.out() + run.err())
          .as(line)
          .matches(text -> text.chars().noneMatch(c -> c > '9' && Character.isDigit(c)), "digits");
    }
  }
}
