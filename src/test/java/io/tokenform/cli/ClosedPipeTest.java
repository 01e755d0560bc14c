package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.Permission;
import java.io.IOException;
import java.nio.file.Files;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The program that reads what is printed, such as head or less, may end before everything is. */
class ClosedPipeTest extends CommandTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "plan --format json",
        "plan --format markdown",
        "plan --format diff",
        "plan --format github",
        "token list",
        "token list --format json",
        "token list --format csv",
        "who-can read metrics",
        "export",
        "doctor",
        "validate --format json",
        "journal list",
        "explain",
        "plan --help",
      })
  void nobodyComplains(String line) throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().readAsFarAs(0).run(line.split(" ")))
        .exited(0)
        .printedNothing()
        .complainedOfNothing();
  }

  @Test
  void theExitCodeStillTellsOfChangesAndOfDenials() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().readAsFarAs(0).run("plan", "--detailed-exitcode"))
        .exited(2)
        .complainedOfNothing();
  }

  @Test
  void whatWasApprovedBeforehandIsDoneToItsEndAndIsInTheJournal() throws IOException {
    policyForSandbox(TOKENS);
    for (int characters : new int[] {0, 700}) {
      restartSandbox();
      policyForSandbox(TOKENS);
      assertThat(cli().readAsFarAs(characters).run("apply", "--auto-approve"))
          .exited(0)
          .complainedOfNothing();
      Assertions.assertThat(permissions(TELEGRAF))
          .isEqualTo(permissions(Permission.write("metrics")));
      Assertions.assertThat(Files.readString(journals().get(journals().size() - 1)))
          .contains("\"event\":\"ended\"", "\"applied\":2");
    }
  }

  @Test
  void nobodyIsAskedAboutAPlanThatNobodyReads() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().atTerminal("yes\n").readAsFarAs(0).run("apply")).exited(141).printedNothing();
    Assertions.assertThat(writes()).isEmpty();
    Assertions.assertThat(journals()).isEmpty();
  }

  @Test
  void anAnswerInAFileIsNotLost() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().readAsFarAs(0).run("plan", "--format", "text", "--format", "json=plan.json"))
        .exited(0)
        .complainedOfNothing();
    Assertions.assertThat(folder.resolve("plan.json")).content().contains("\"digest\"");
  }

  @Test
  void aFullDiskIsStillTold() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().withFullDisk().run("plan"))
        .exited(1)
        .complained("error: standard output cannot be written", "hint: is the disk full");
  }
}
