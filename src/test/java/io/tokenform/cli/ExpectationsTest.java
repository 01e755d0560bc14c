package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** Expectations from a policy or a platform file to an exit code. */
class ExpectationsTest extends CommandTest {
  private static final String STRAY = "33333333-0000-4000-8000-000000000003";

  private static final ObjectMapper JSON = new ObjectMapper();

  /** A policy for the sandbox that expects this of the two tokens. */
  private void expecting(String... expectations) throws IOException {
    write("tokens.yaml", policyText() + expect(expectations));
  }

  private String policyText() {
    return "version: 1\ncluster: {product: cloud-dedicated, accountId: %s, clusterId: %s, url: %s}\n%s"
        .formatted(sandbox.accountId(), sandbox.clusterId(), sandbox.url(), TOKENS);
  }

  private static String expect(String... expectations) {
    return expectations.length == 0
        ? ""
        : "expect:\n  - " + String.join("\n  - ", expectations) + "\n";
  }

  private void platform(String... expectations) throws IOException {
    write(
        "platform.yaml",
        "version: 1\n" + (expectations.length == 0 ? "guardrails: {}\n" : expect(expectations)));
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(folder.resolve(file), text);
  }

  private void strayToken() {
    restartSandboxWith(
        "{\"id\": \"%s\", \"description\": \"Stray\", \"permissions\": [{\"action\": \"write\", \"resource\": \"logs\"}]}"
            .formatted(STRAY));
  }

  @Test
  void whatHoldsAfterwardsIsNoReasonToRefuse() throws IOException {
    // It does not hold yet: telegraf has the wildcard until the plan is applied.
    expecting(
        "{never: {write: \"*\"}}", "{token: grafana, can: {read: [logs]}, cannot: {write: any}}");
    assertThat(cli().run("validate"))
        .exited(0)
        .printed("tokens.yaml: valid, 2 tokens, 2 expectations\n");
    assertThat(cli().run("plan")).exited(0).printed("Expectations: 2 hold.\n");
    assertThat(cli().run("apply", "--auto-approve")).exited(0);
    assertThat(cli().run("plan")).exited(0).printed("Expectations: 2 hold.\n", "Nothing to change");
  }

  @Test
  void aFailureDeniesAndNothingAllowsIt() throws IOException {
    expecting("{database: metrics, writers: []}");
    for (String command : new String[] {"plan", "apply --auto-approve", "apply --dry-run"}) {
      assertThat(cli().run(command.split(" ")))
          .exited(3)
          .complained(
              "denied[expectation]: \"telegraf\" can write metrics, and nobody may: its own"
                  + " permission (tokens.yaml:",
              "error: an expectation fails after this plan",
              "no option allows what an expectation forbids");
    }
    Assertions.assertThat(requests).allMatch(request -> request.method().equals("GET"));
    assertThat(cli().run("plan", "--allow", "expectation"))
        .exited(64)
        .complained("an expectation cannot be allowed to fail; change the policy, or the expec");
    assertThat(cli().run("validate")).exited(3);
  }

  @Test
  void aTokenThatIsNotSelectedCountsAsItIs() throws IOException {
    expecting("{never: {write: \"*\"}}");
    assertThat(cli().run("plan", "--exclude", "telegraf"))
        .exited(3)
        .complained("\"telegraf\" can write *, and nobody may write all databases: live, and not");
    assertThat(cli().run("plan", "--target", "telegraf")).exited(0);
  }

  @Test
  void anUnmanagedTokenIsNamedByItsId() throws IOException {
    strayToken();
    expecting("{database: logs, writers: []}");
    assertThat(cli().run("validate")).exited(0);
    assertThat(cli().run("plan"))
        .exited(3)
        .complained("the unmanaged token " + STRAY + " (\"Stray\") can write logs, and nobody may");
    expecting("{database: logs, writers: [" + STRAY + "]}");
    assertThat(cli().run("plan")).exited(0);
  }

  @Test
  void thePlatformsHoldWhateverThePolicySays() throws IOException {
    expecting();
    platform("{token: telegraf, cannot: {write: any}}");
    assertThat(cli().run("plan", "--platform", "platform.yaml"))
        .exited(3)
        .complained(
            "platform.yaml:3:32: denied[expectation]: \"telegraf\" can write metrics",
            "see also tokens.yaml:");
  }

  @Test
  void theyCanBeCheckedWithoutACluster() throws IOException {
    expecting();
    platform("{never: {read: [metrics]}}");

    assertThat(cli().run("validate")).exited(0);
    assertThat(cli().run("validate", "--platform", "platform.yaml"))
        .exited(3)
        .complained("platform.yaml:", "denied[expectation]", "can read metrics");
    platform("{nonsense: 1}");
    assertThat(cli().run("validate", "--platform", "platform.yaml"))
        .exited(1)
        .complained("platform.yaml:");
  }

  @Test
  void aSavedPlanHasToBeHeldAgainstThePlatformsExpectations() throws IOException {
    expecting();
    platform("{never: {write: \"*\"}}");
    assertThat(cli().run("plan", "--out", "plan.json")).exited(0);
    assertThat(cli().run("apply", "plan.json", "--auto-approve", "--platform", "platform.yaml"))
        .exited(1)
        .complained(
            "the plan plan.json was not checked against the expectation {never: {write: [\"*\"]}}"
                + " (platform.yaml:3:6)");
    // The policy's own is not the platform's.
    expecting("{never: {write: \"*\"}}");
    assertThat(cli().run("plan", "--out", "plan.json")).exited(0);
    assertThat(cli().run("apply", "plan.json", "--auto-approve", "--platform", "platform.yaml"))
        .exited(1);
    Assertions.assertThat(requests).allMatch(request -> request.method().equals("GET"));

    expecting();
    assertThat(cli().run("plan", "--platform", "platform.yaml", "--out", "plan.json")).exited(0);
    assertThat(cli().run("apply", "plan.json", "--auto-approve", "--platform", "platform.yaml"))
        .exited(0);
  }

  /** The saved plan says by which access an expectation fails, and shows the same. */
  @Test
  void theChangeThatMakesAnExpectationFailIsMarkedAndNoOther() throws IOException {
    // Grafana gains read logs; its read metrics stands as it is.
    for (String kept : new String[] {"metrics", "logs"}) {
      expecting("{token: grafana, cannot: {read: [" + kept + "]}}");
      assertThat(cli().run("plan", "--format", "markdown", "--out", "plan.json")).exited(3);
      String markdown = cli().run("show", "plan.json", "--format", "markdown").out();
      Assertions.assertThat(markdown).contains("- **denied** expectation at");
      Assertions.assertThat(markdown.contains("<br>**denied**")).isEqualTo(kept.equals("logs"));
    }
  }

  @Test
  void aSavedPlanThatFailsIsNotApplied() throws IOException {
    expecting("{database: metrics, writers: []}");
    assertThat(cli().run("plan", "--out", "plan.json")).exited(3);
    assertThat(cli().run("show", "plan.json"))
        .exited(0)
        .printed("Expectations: 0 of 1 hold.\n", "Denied by expectation");
    assertThat(cli().run("apply", "plan.json", "--auto-approve"))
        .exited(3)
        .complained(
            "an expectation fails after this plan; nothing was sent", "make the plan again");
    Assertions.assertThat(requests).allMatch(request -> request.method().equals("GET"));
  }

  @Test
  void aDigestThatWasReviewedWithAnExpectationIsAnotherWithoutIt() throws IOException {
    expecting("{never: {write: \"*\"}}");
    String digest =
        JSON.readTree(cli().run("plan", "--format", "json").out()).path("digest").asText();
    expecting();
    assertThat(cli().run("apply", "--auto-approve", "--expect-digest", digest))
        .exited(4)
        .complained("not the expected one; nothing was sent");
  }

  @Test
  void machinesGetThemAsData() throws IOException {
    expecting("{database: metrics, writers: []}", "{never: {write: \"*\"}}");
    JsonNode plan = JSON.readTree(cli().run("plan", "--format", "json").out());
    Assertions.assertThat(plan.path("expectations")).hasSize(2);
    Assertions.assertThat(plan.path("expectations").get(0).path("text").asText())
        .isEqualTo("{database: metrics, writers: []}");
    Assertions.assertThat(plan.path("expectations").get(0).path("holds").asBoolean()).isFalse();
    Assertions.assertThat(plan.path("expectations").get(1).path("holds").asBoolean()).isTrue();
    JsonNode finding = plan.path("findings").get(0);
    Assertions.assertThat(finding.path("code").asText()).isEqualTo("expectation");
    Assertions.assertThat(finding.path("token").asText()).isEqualTo("telegraf");
    Assertions.assertThat(finding.path("id").asText()).isEqualTo(TELEGRAF.toString());
    Assertions.assertThat(finding.path("database").asText()).isEqualTo("metrics");
    assertThat(cli().run("plan", "--format", "markdown"))
        .exited(3)
        .printed(
            "**An expectation fails after this plan: it cannot be applied as it stands.**",
            "Expectations: 1 of 2 hold.",
            "- **denied** expectation at `tokens.yaml:");
    assertThat(cli().run("plan", "--format", "github"))
        .exited(3)
        .printed("title=expectation::\"telegraf\" can write metrics, and nobody may");
    JsonNode checked = JSON.readTree(cli().run("validate", "--format", "json").out());
    Assertions.assertThat(checked.path("valid").asBoolean()).isFalse();
    Assertions.assertThat(checked.path("errors").asInt()).isZero();
    Assertions.assertThat(checked.path("denied").asInt()).isEqualTo(1);
  }

  @Test
  void whoCanTakesAnExpectationToo() throws IOException {
    strayToken();
    expecting();
    assertThat(cli().run("who-can", "write", "logs", "--expect", "telegraf"))
        .exited(3)
        .printed("2 active tokens can write logs")
        .complained(
            "the unmanaged token " + STRAY + " (\"Stray\") can write logs, and only \"telegraf\"",
            "error: the expectation fails");
    assertThat(cli().run("who-can", "write", "logs", "--expect", "telegraf, " + STRAY)).exited(0);
    assertThat(cli().run("who-can", "write", "logs", "--expect", "tele*," + STRAY)).exited(0);
    assertThat(cli().run("who-can", "read", "metrics", "--expect", "grafana")).exited(0);
    assertThat(cli().run("who-can", "read", "metrics", "--expect", ""))
        .exited(3)
        .complained("\"grafana\" can read metrics, and nobody may");
    assertThat(cli().run("who-can", "read", "logs", "--expect", "grafana"))
        .exited(3)
        .complained("\"grafana\" cannot read logs, and is expected to");
    assertThat(cli().run("who-can", "read", "metrics", "--expect", "grafana,grafanna"))
        .exited(3)
        .complained("did you mean \"grafana\"?");
  }

  @Test
  void whatWhoCanFindsHasAHintThatHelpsThere() throws IOException {
    strayToken();
    expecting();
    patch(
        GRAFANA.toString(), "{\"permissions\": [{\"action\": \"write\", \"resource\": \"logs\"}]}");
    Cli.Run run =
        cli().run("who-can", "write", "logs", "-f", "tokens.yaml", "--expect", "telegraf");
    assertThat(run)
        .exited(3)
        .complained(
            "otherwise add it to the policy, or its id to --expect\n",
            "  hint: apply takes it away: tokenform apply -f tokens.yaml --target grafana\n")
        .neverShowed("or its id to writers");
    assertThat(cli().run("who-can", "read", "metrics", "--expect", "grafana"))
        .exited(3)
        .complained("  hint: apply gives it that: tokenform apply --target grafana\n");
    assertThat(cli().run("apply", "-f", "tokens.yaml", "--target", "grafana", "--auto-approve"))
        .exited(0);
    assertThat(cli().run("who-can", "read", "metrics", "--expect", "grafana")).exited(0);
  }

  @Test
  void whatWhoCanFindsHasItsPlacesAndItsHintAsJson() throws IOException {
    expecting();
    Cli.Run run = cli().run("who-can", "read", "metrics", "--expect", "", "--format", "json");
    assertThat(run).exited(3).complained("  hint: take it away there, or add it to --expect\n");
    JsonNode finding = JSON.readTree(run.out()).path("expectation").path("findings").get(0);
    Assertions.assertThat(finding.path("file").asText()).isEqualTo("--expect");
    Assertions.assertThat(finding.path("line").asInt()).isEqualTo(1);
    Assertions.assertThat(finding.path("column").asInt()).isEqualTo(1);
    Assertions.assertThat(finding.has("length")).isTrue();
    Assertions.assertThat(finding.path("other").path("file").asText()).isEqualTo("tokens.yaml");
    Assertions.assertThat(finding.path("other").path("line").asInt()).isEqualTo(6);
    Assertions.assertThat(finding.path("hint").asText())
        .isEqualTo("take it away there, or add it to --expect");
  }

  @Test
  void whoCanSaysOfAnAdditiveTokenThatItsPolicyTakesNothingAway() throws IOException {
    policyForSandbox(
        "tokens: {telegraf: {id: %s, mode: additive, permissions: {read: [logs]}}}"
            .formatted(TELEGRAF));
    assertThat(cli().run("who-can", "write", "logs", "--expect", ""))
        .exited(3)
        .complained(
            "  hint: state its permissions in the policy without mode: additive, and apply that:"
                + " tokenform apply --target telegraf\n");
    policyForSandbox(
        "tokens: {telegraf: {id: %s, permissions: {write: [logs]}}}".formatted(TELEGRAF));
    assertThat(cli().run("who-can", "write", "logs", "--expect", ""))
        .exited(3)
        .complained("  hint: the policy gives it a part of that: take it away there, or add it to");
  }

  @Test
  void whoCanWriteAllDatabasesIsAboutThePermissionItself() throws IOException {
    expecting();
    assertThat(cli().run("who-can", "write", "*", "--expect", "telegraf")).exited(0);
    assertThat(cli().run("who-can", "write", "*", "--expect", ""))
        .exited(3)
        .complained("\"telegraf\" can write *, and nobody may write all databases");
    assertThat(cli().run("who-can", "write", "*", "--expect", "telegraf,grafana"))
        .exited(3)
        .complained("\"grafana\" cannot write *, and must be able to");
    JsonNode answer =
        JSON.readTree(
            cli().run("who-can", "write", "*", "--expect", "grafana", "--format", "json").out());
    Assertions.assertThat(answer.path("expectation").path("holds").asBoolean()).isFalse();
    Assertions.assertThat(answer.path("expectation").path("findings")).hasSize(2);
  }

  @Test
  void namesWithoutAPolicyAreWrongUsage() {
    assertThat(
            cli()
                .with("INFLUX_DB_PRODUCT_TYPE", "clustered")
                .run(
                    "who-can", "write", "logs", "--url", sandbox.url().toString(), "--expect", "a"))
        .exited(64)
        .complained("no policy says whose it is", "name the policy with -f");
  }
}
