package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.cli.console.TestClock;
import java.io.IOException;
import java.nio.file.Files;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The variable that moves the clock, for sandboxes alone. */
class TestClockCommandTest extends CommandTest {
  private static final String EXPIRING =
      """
      {"databases": ["metrics"], "tokens": [
        {"id": "11111111-0000-4000-8000-000000000001", "description": "Grafana",
         "permissions": [{"action": "read", "resource": "metrics"}],
         "createdAt": "2026-01-01T00:00:00Z", "expiresAt": "2026-03-01T00:00:00Z"}]}
      """;

  @Test
  void timePassesForTheEmbeddedSandbox() throws IOException {
    Files.createDirectories(folder.resolve(".tokenform"));
    Files.writeString(folder.resolve(".tokenform/sandbox.json"), EXPIRING);

    assertThat(embedded("").run("token", "list")).exited(0).printed(" active ");
    assertThat(embedded("+58d").run("token", "list")).exited(0).printed(" active ");
    assertThat(embedded("+59d").run("token", "list")).exited(0).printed(" expired ");
    assertThat(embedded("2026-03-01T00:00:00Z").run("token", "list"))
        .exited(0)
        .printed(" expired ")
        .complainedOfNothing();
  }

  @Test
  void aSandboxOfThisMachineMayBeNamed() {
    assertThat(
            clock("+1d")
                .with("INFLUX_DB_PRODUCT_TYPE", "sandbox")
                .run("token", "list", "--url", sandbox.url().toString()))
        .exited(0)
        .printed("Grafana");
  }

  @Test
  void aSandboxOfAnotherMachineIsRefused() {
    assertThat(
            clock("+1d")
                .with("INFLUX_DB_PRODUCT_TYPE", "sandbox")
                .run("token", "list", "--url", "https://sandbox.example.com"))
        .exited(1)
        .printedNothing()
        .complained(
            "error: TOKENFORM_TEST_CLOCK moves the clock, which is for sandboxes on this machine"
                + " only; https://sandbox.example.com is on another machine\n"
                + "  hint: unset TOKENFORM_TEST_CLOCK\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "apply --dry-run"})
  void anyOtherClusterIsRefusedAndHearsNothing(String command) throws IOException {
    policyForSandbox(TOKENS);

    assertThat(clock("+0s").run(command.split(" ")))
        .exited(1)
        .complained(
            "TOKENFORM_TEST_CLOCK moves the clock, which is for sandboxes on this machine only; "
                + sandbox.url()
                + " is no sandbox\n",
            "unset TOKENFORM_TEST_CLOCK\n");
    Assertions.assertThat(requests).isEmpty();
    assertThat(clock("").run("plan")).exited(0);
  }

  @Test
  void doctorSaysSoToo() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(clock("+0s").run("doctor"))
        .exited(1)
        .printed(
            "FAIL  settings  TOKENFORM_TEST_CLOCK moves the clock", "unset TOKENFORM_TEST_CLOCK");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aSavedPlanAndItsRollbackAreRefusedToo() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().run("plan", "--out", "plan.json")).exited(0);
    assertThat(clock("+1d").run("apply", "plan.json", "--auto-approve"))
        .exited(1)
        .complained("unset TOKENFORM_TEST_CLOCK");
    assertThat(cli().run("apply", "plan.json", "--auto-approve")).exited(0);
    assertThat(clock("+1d").run("rollback", "latest", "--auto-approve"))
        .exited(1)
        .complained("unset TOKENFORM_TEST_CLOCK");
  }

  @Test
  void anInvalidValueIsWrongUsageAndNotRepeated() {
    assertThat(clock("canary0123").run("token", "list"))
        .exited(64)
        .printedNothing()
        .complained(
            "error: the value of TOKENFORM_TEST_CLOCK is neither a duration with its sign nor an"
                + " instant\n"
                + "  hint: write TOKENFORM_TEST_CLOCK=+91d, -30m or 2030-01-01T00:00:00Z; or unset"
                + " TOKENFORM_TEST_CLOCK\n")
        .neverShowed("canary");
    assertThat(clock("91d").run("plan", "--format", "json"))
        .exited(64)
        .printed("{", "TOKENFORM_TEST_CLOCK");
  }

  private Cli clock(String value) {
    return cli().with(TestClock.VARIABLE, value);
  }

  private Cli embedded(String value) {
    return Cli.in(folder).with("INFLUX_DB_PRODUCT_TYPE", "sandbox").with(TestClock.VARIABLE, value);
  }
}
