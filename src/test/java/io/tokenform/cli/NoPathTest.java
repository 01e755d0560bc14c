package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is no path on the system, such as a pattern on Windows. On Unix only the character NUL makes
 * a text one.
 */
class NoPathTest extends CommandTest {
  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void aPolicyThatHasNoPathIsAnErrorAndNoDefect(String command) {
    assertThat(Cli.in(folder).run(command, "-f", "a\0b.yaml"))
        .exited(1)
        .complained(
            "error: \"a\\u0000b.yaml\" is no path on this system: Nul character not allowed")
        .complained("hint: correct it; patterns are for shells: name files and folders one by one");
  }

  @Test
  void aDocumentSaysItToo() {
    assertThat(Cli.in(folder).run("plan", "-f", "a\0b.yaml", "--format", "json"))
        .exited(1)
        .printed("Nul character not allowed");
  }
}
