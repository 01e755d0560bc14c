package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"validate", "plan", "apply", "explain", "sandbox"})
  void everyCommandHasHelpWithAnExample(String command) {
    assertThat(Cli.in(folder).run(command, "--help"))
        .exited(0)
        .printed("Usage: tokenform " + command, "Example", "  tokenform " + command + " ")
        .complainedOfNothing();
  }

  @Test
  void theToolItselfHasHelpWithTheExitCodes() {
    assertThat(Cli.in(folder).run("--help"))
        .exited(0)
        .printed(
            "Usage: tokenform",
            "validate",
            "plan",
            "apply",
            "explain",
            "sandbox",
            "Exit codes:",
            "64");
  }

  @Test
  void helpIsColouredOnATerminalAlone() {
    assertThat(Cli.in(folder).atTerminal("").run("--help")).printed("\u001b[");
    assertThat(Cli.in(folder).run("--help")).neverShowed("\u001b");
    assertThat(Cli.in(folder).atTerminal("").run("--help", "--no-color")).neverShowed("\u001b");
  }

  @Test
  void theVersionIsTheBuilds() {
    assertThat(Cli.in(folder).run("--version"))
        .exited(0)
        .printed("tokenform 0.", "Java " + System.getProperty("java.version"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                        | a command is missing",
        "plam                      | did you mean plan or explain or apply",
        "plan --foo                | Unknown option: '--foo'",
        "plan extra                | Unmatched argument at index 1: 'extra'",
        "plan --timeout soon       | is not a number of seconds",
        "plan --timeout -1         | is not a number of seconds",
        "plan --timeout NaN        | is not a number of seconds",
        "plan --account 1234       | is not a UUID",
        "plan --url ftp://a        | it starts with neither https:// nor http://",
        "plan --url http://a.com   | would cross the network unencrypted",
        "plan --order random       | there is no order \"random\"",
        "validate --format xml     | there is no format \"xml\"; the formats are text, json and github",
        "plan -f                   | Missing required parameter for option '--file'",
        "sandbox --listen 1.2.3.4:1| is not HOST:PORT of this machine",
        "sandbox --listen 8086     | is not HOST:PORT of this machine",
        "sandbox --listen localhost:99999 | is not HOST:PORT of this machine",
      })
  void wrongUsageIsOneMessageAndExit64(String line, String message) {
    String[] args = line.isEmpty() ? new String[0] : line.split(" ", -1);
    assertThat(Cli.in(folder).run(args))
        .exited(64)
        .printedNothing()
        .complained("error: ", message, "--help")
        .neverShowed("\tat ");
  }

  @Test
  void aStackTraceIsShownOnlyWhenAskedFor() {
    assertThat(Cli.in(folder).run("validate")).exited(1).neverShowed("\tat ");
    assertThat(Cli.in(folder).run("validate", "--debug")).exited(1).complained("\tat ");
  }
}
