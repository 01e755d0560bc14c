package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the JVM makes of an argument that is not in the locale's encoding. */
class LostCharactersTest extends CommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"plan", "apply", "validate", "report"})
  void aFileWhoseNameIsNotReadIsNotLookedFor(String command) {
    assertThat(Cli.in(folder).run(command, "-f", "gr\uFFFD\uFFFDe.yaml"))
        .exited(64)
        .complained("error: word 3 after \"tokenform\" has characters that this locale cannot read")
        .complained("LC_ALL=C.UTF-8");
  }

  @Test
  void aReasonDoesNotGetIntoTheJournalWithoutThem() throws Exception {
    policyForSandbox(TOKENS);

    assertThat(cli().run("apply", "--auto-approve", "--reason=gr\uFFFDe"))
        .exited(64)
        .complained("word 3");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aDocumentSaysItToo() {
    assertThat(Cli.in(folder).run("plan", "-f", "\uFFFD", "--format", "json"))
        .exited(64)
        .printed("this locale cannot read");
  }

  @Test
  void itDoesNotRepeatTheWord() {
    assertThat(Cli.in(folder).run("plan", "--management-token-command", "echo 0123456789 # \uFFFD"))
        .exited(64)
        .neverShowed("0123456789");
  }
}
