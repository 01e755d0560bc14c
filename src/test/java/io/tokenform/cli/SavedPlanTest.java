package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import io.tokenform.access.Permission;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** The way of a plan from plan --out through review to apply. */
class SavedPlanTest extends CommandTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema PLAN_SCHEMA = FixturesTest.schema("plan");
  private static final Schema DIAGNOSTICS_SCHEMA = FixturesTest.schema("diagnostics");

  private String save() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().run("plan", "--out", "plan.json")).exited(0).complained("plan.json");
    requests.clear();
    return JSON.readTree(folder.resolve("plan.json").toFile()).path("digest").asText();
  }

  @Test
  void aSavedPlanIsAppliedAsItIs() throws IOException {
    String digest = save();
    Files.delete(folder.resolve("tokens.yaml"));

    assertThat(cli().run("apply", "plan.json", "--auto-approve", "--expect-digest", digest))
        .exited(0)
        .printed("Plan: 2 to update", "Apply complete: 2 applied, 0 failed, 0 not attempted.");
    Assertions.assertThat(writes()).containsExactly("PATCH " + GRAFANA, "PATCH " + TELEGRAF);
    Assertions.assertThat(permissions(TELEGRAF))
        .isEqualTo(permissions(Permission.write("metrics")));
  }

  @Test
  void aPlanMayWarnOfATokenThatItIsNotAbout() throws IOException {
    policyForSandbox(
        TOKENS
            + """
              odd: {id: 99999999-9999-4999-8999-999999999999, description: "gr\u0430fana"}
            """);
    assertThat(cli().run("plan", "--exclude", "odd", "--out", "plan.json"))
        .exited(0)
        .complained("warning[mixed-scripts]");

    assertThat(cli().run("apply", "plan.json", "--auto-approve")).exited(0);
  }

  @Test
  void itIsShownWithoutAClusterAsItWasPlanned() throws IOException {
    policyForSandbox(TOKENS);
    Cli.Run plan = cli().run("plan", "--out", "plan.json");
    requests.clear();

    assertThat(Cli.in(folder).run("show", "plan.json")).exited(0).printedExactly(plan.out());
    assertThat(Cli.in(folder).run("show", "plan.json", "--format", "json"))
        .exited(0)
        .printedExactly(Files.readString(folder.resolve("plan.json")));
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void itIsShownInEveryFormAsItWasPlanned() throws IOException {
    policyForSandbox(TOKENS);
    for (String format : List.of("text", "json", "markdown", "diff", "github")) {
      Cli.Run plan =
          cli().run("plan", "--out=plan.json", "--format=" + format, "--format=" + format + "=a");
      assertThat(plan).exited(0).printedExactly(Files.readString(folder.resolve("a")));
      Assertions.assertThat(plan.out()).isNotEmpty();
      assertThat(
              Cli.in(folder)
                  .run("show", "plan.json", "--format=" + format, "--format=" + format + "=b"))
          .exited(0)
          .printedExactly(plan.out());
      Assertions.assertThat(folder.resolve("b")).hasSameTextualContentAs(folder.resolve("a"));
    }
  }

  @Test
  void aPlanThatWasTamperedWithIsRefused() throws IOException {
    save();
    String text = Files.readString(folder.resolve("plan.json"));
    Files.writeString(folder.resolve("plan.json"), text.replaceFirst("metrics", "metricz"));

    for (String[] line :
        new String[][] {{"apply", "plan.json", "--auto-approve"}, {"show", "plan.json"}}) {
      assertThat(cli().run(line))
          .exited(1)
          .printedNothing()
          .complained(
              "the plan plan.json cannot be used: it has been changed since it was written");
    }
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void driftInATokenOfThePlanStopsItAndDriftElsewhereDoesNot() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().run("plan", "--target", "grafana", "--out", "plan.json")).exited(0);
    policyForSandbox("tokens: {t: {id: %s, permissions: {write: [logs]}}}".formatted(TELEGRAF));
    assertThat(cli().run("apply", "--auto-approve")).exited(0);
    requests.clear();

    assertThat(cli().run("apply", "plan.json", "--auto-approve")).exited(0);
    Assertions.assertThat(writes()).containsExactly("PATCH " + GRAFANA);
    requests.clear();

    StringBuilder both = new StringBuilder();
    assertThat(cli().readBy(both::append).run("apply", "plan.json", "--auto-approve"))
        .exited(4)
        .complained("Drift since the plan was made", "+ read  logs", "nothing was sent");
    Assertions.assertThat(both.toString())
        .contains("\n\nDrift since the plan was made:\n  grafana  " + GRAFANA)
        .doesNotContain("\n\n\n");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void anyPlanButTheExpectedOneIsRefused() throws IOException {
    save();
    String other = "sha256:" + "0".repeat(64);

    for (String source : List.of("plan.json", "-ftokens.yaml")) {
      assertThat(cli().run("apply", source, "--auto-approve", "--expect-digest", other))
          .exited(source.equals("plan.json") ? 1 : 4)
          .complained("and not the expected one; nothing was sent");
    }
    assertThat(cli().run("apply", "--auto-approve", "--expect-digest", other))
        .complained(
            "--target, --exclude, --order, --due, --allow, the guardrails and the expectations; review");
    assertThat(cli().run("apply", "plan.json", "--auto-approve", "--expect-digest", "abc"))
        .exited(64)
        .complained("\"abc\" is not a digest");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void thePlanMadeAgainHasTheSameDigest() throws IOException {
    String digest = save();

    assertThat(cli().run("apply", "--auto-approve", "--expect-digest", digest)).exited(0);
  }

  @Test
  void aPlanForAnotherClusterIsRefused() throws IOException {
    save();
    String other = "99999999-0000-4000-8000-000000000001";

    assertThat(cli().run("apply", "plan.json", "--auto-approve", "--cluster", other))
        .exited(1)
        .complained(
            "the plan plan.json is for the cluster " + sandbox.clusterId() + " of the account ",
            " and the options name the cluster " + other)
        .neverShowed("overrides");
    String elsewhere = "http://localhost:" + sandbox.url().getPort();
    assertThat(cli().run("apply", "plan.json", "--auto-approve", "--url", elsewhere))
        .exited(1)
        .complained(
            " at " + sandbox.url() + ", and the options name the cluster " + sandbox.clusterId(),
            " at " + elsewhere);
    assertThat(
            cli().with("INFLUX_DB_CLUSTER_ID", other).run("apply", "plan.json", "--auto-approve"))
        .exited(1)
        .complained("INFLUX_DB_CLUSTER_ID names", "(plan.json)");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void whatBelongsToPlanningHasNoUseBesideAPlan() throws IOException {
    save();

    for (String option :
        List.of(
            "-f=tokens.yaml",
            "--target=a",
            "--exclude=a",
            "--order=revoke-first",
            "--allow=lockout")) {
      assertThat(cli().run("apply", "plan.json", "--auto-approve", option))
          .exited(64)
          .complained("cannot be used with a saved plan");
    }
    assertThat(cli().run("apply", "tokens.yaml", "--auto-approve"))
        .exited(1)
        .complained("did you mean -f tokens.yaml?");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aPlanWithErrorsIsSavedAndShownAndNotApplied() throws IOException {
    policyForSandbox(
        "tokens: {a: {description: nobody, permissions: {read: [logs]}, deliver: nowhere}, b: {id: %s, permissions: {}}}"
            .formatted(GRAFANA));

    assertThat(cli().run("plan", "--out", "plan.json", "--allow", "lockout"))
        .exited(1)
        .printed("~ b  ", "This plan has errors and cannot be applied.\n")
        .complained("unknown-sink");
    assertThat(cli().run("apply", "plan.json", "--auto-approve"))
        .exited(1)
        .complained("error[unknown-sink]");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void aDeniedPlanIsSavedAndShownAndNotApplied() throws IOException {
    policyForSandbox("tokens: {b: {id: %s, permissions: {}}}".formatted(GRAFANA));

    assertThat(cli().run("plan", "--out", "plan.json")).exited(3).printed("loses all its access");
    assertThat(cli().run("show", "plan.json")).exited(0).complained("denied[lockout]");
    assertThat(cli().run("apply", "plan.json", "--auto-approve"))
        .exited(3)
        .complained(
            "a guardrail denies this plan; nothing was sent\n  hint: change the policy, or allow it"
                + " once: plan again with --out and the --allow shown above");
    Assertions.assertThat(writes()).isEmpty();
    assertThat(cli().run("plan", "--out", "plan.json", "--allow", "lockout:b")).exited(0);
    Assertions.assertThat(Files.readString(folder.resolve("plan.json"))).contains("\"lockout:b\"");
    assertThat(cli().run("apply", "plan.json", "--auto-approve")).exited(0);
  }

  @Test
  void jsonIsOneDocumentWhateverHappens() throws IOException {
    policyForSandbox(TOKENS);
    Assertions.assertThat(json(cli().run("plan", "--format", "json")).path("changes")).hasSize(2);
    Assertions.assertThat(error(Cli.in(folder).run("plan", "--format", "json")))
        .isEqualTo("there is no management token");
    policy("version: 2");
    Cli.Run invalid = cli().run("plan", "--format", "json");
    Assertions.assertThat(error(invalid)).isEqualTo("the policy has errors");
    Assertions.assertThat(json(invalid).path("findings").path(0).path("code").asText())
        .isEqualTo("unsupported-version");
    Assertions.assertThat(error(cli().run("show", "nothing", "--format", "json")))
        .contains("there is no such file");
    policyForSandbox(TOKENS);
    sandbox.close();
    Assertions.assertThat(error(cli().run("plan", "--format", "json"))).contains("nothing answers");
  }

  /** Secrets stand wherever text may stand in a listing, pasted into the wrong field. */
  @Test
  void noSecretOfTheClusterIsInAPlan() throws IOException {
    String management = "opaque-management-token-1";
    String other = "apiv1_" + "A1b2C3d4".repeat(5);
    String databases =
        """
        [{"name": "metrics"}, {"name": "%s"}, {"name": "%s"}]"""
            .formatted(management, other);
    String token =
        """
        {"id": "%%s", "description": "%1$s %2$s", "permissions": [
          {"action": "read", "resource": "%1$s"}, {"action": "%1$s", "resource": "%2$s"}]}"""
            .formatted(management, other);
    String tokens = "[" + token.formatted(GRAFANA) + ", " + token.formatted(TELEGRAF) + "]";
    String changed =
        """
        {"id": "%s", "description": "%s", "permissions": [{"action": "read", "resource": "metrics"}]}"""
            .formatted(GRAFANA, management);
    ScriptedServer.Script script =
        (number, request, wire) ->
            wire.send(
                ScriptedServer.json(
                    200,
                    request.line().contains("/databases")
                        ? databases
                        : request.line().startsWith("PATCH") ? changed : tokens));
    try (ScriptedServer server = ScriptedServer.playing(script)) {
      policy(
          """
          version: 1
          cluster: {product: clustered, url: "%s"}
          tokens: {grafana: {id: %s, permissions: {read: [metrics]}}}
          """
              .formatted(server.url(), GRAFANA));
      Cli cli =
          Cli.in(folder)
              .with(SecretVariables.MANAGEMENT_TOKEN, management)
              .with("INFLUX_DB_INSTANCE_URL", server.url().toString());
      for (String format : List.of("text", "json", "markdown", "diff", "github")) {
        assertThat(
                cli.run(
                    "plan",
                    "--out=plan.json",
                    "--format=" + format,
                    "--format=" + format + "=copy"))
            .exited(0)
            .neverShowed(management)
            .neverShowed("apiv1_");
        for (String file : List.of("plan.json", "copy")) {
          Assertions.assertThat(folder.resolve(file))
              .content()
              .isNotEmpty()
              .doesNotContain(management, "apiv1_");
        }
      }
      // What is printed is what is saved: no mask came over it afterwards.
      assertThat(cli.run("plan", "--format=json"))
          .printedExactly(Files.readString(folder.resolve("plan.json")));
      // It can be applied: live is as it was, and what is sent has no secret in it.
      assertThat(cli.run("apply", "plan.json", "--auto-approve")).exited(0);
      Assertions.assertThat(server.requests().get(server.requests().size() - 1).body())
          .isEqualTo("{\"permissions\":[{\"action\":\"read\",\"resource\":\"metrics\"}]}");
    }
  }

  @Test
  void noManagementTokenInAPolicyGetsIntoAPlan() throws IOException {
    policyForSandbox(
        "tokens:\n  grafana:\n    id: %s\n    description: my opaque-management-token-1\n"
            .formatted(GRAFANA));
    Cli.Run plan =
        cli()
            .with(SecretVariables.MANAGEMENT_TOKEN, "opaque-management-token-1")
            .run("plan", "--out", "plan.json", "--format", "json");
    assertThat(plan)
        .exited(1)
        .complained("tokens.yaml:10:21: error[secret-in-policy]: this is the management token")
        .neverShowed("opaque");
    Assertions.assertThat(folder.resolve("plan.json"))
        .content()
        .contains("the policy has errors")
        .doesNotContain("opaque");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void wrongUsageIsToldInJsonToo() throws IOException {
    policyForSandbox(TOKENS);
    for (String line :
        List.of(
            "plan --format json --tagret a",
            "plan --format=json --target nobody",
            "plan --format json --allow lockout:nobody",
            "plan --format json --format text",
            "plan --format json --timeout soon",
            "validate --format json --nothing",
            "show --format json")) {
      Cli.Run run = cli().run(line.split(" ", -1));
      assertThat(run)
          .exited(64)
          .complained("error: " + json(run).path("error").path("message").asText());
      Schema schema = line.startsWith("validate") ? DIAGNOSTICS_SCHEMA : PLAN_SCHEMA;
      Assertions.assertThat(schema.validate(run.out(), InputFormat.JSON)).isEmpty();
    }
    assertThat(cli().run("plan", "--format", "json=a.json", "--target", "nobody"))
        .exited(64)
        .printedNothing();
  }

  private static JsonNode json(Cli.Run run) throws IOException {
    return JSON.readTree(run.out());
  }

  private static String error(Cli.Run run) throws IOException {
    assertThat(run).exited(1);
    Assertions.assertThat(PLAN_SCHEMA.validate(run.out(), InputFormat.JSON))
        .as(run.out())
        .isEmpty();
    return json(run).path("error").path("message").asText();
  }

  @Test
  void severalFormatsAtOnceGoToFiles() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(
            cli()
                .run(
                    "plan",
                    "--format",
                    "text",
                    "--format",
                    "json=a.json",
                    "--format",
                    "text=a.txt"))
        .exited(0)
        .printed("Plan: 2 to update");
    Assertions.assertThat(folder.resolve("a.json")).isNotEmptyFile();
    Assertions.assertThat(folder.resolve("a.txt")).isNotEmptyFile();
    for (String[] line :
        new String[][] {
          {"--format", "text=a.txt", "--format", "json=a.txt"},
          {"--format", "text=plan.json", "--out", "./plan.json"}
        }) {
      assertThat(cli().run("plan", line[0], line[1], line[2], line[3]))
          .exited(64)
          .printedNothing()
          .complained("two outputs go to the file");
    }
    assertThat(cli().run("plan", "--format", "text", "--format", "jsno=a")).exited(64);
    assertThat(cli().run("plan", "--format", "json=")).exited(64);
    assertThat(cli().run("plan", "--format", "jsn")).exited(64);
    assertThat(cli().run("plan", "--out", "no/such/folder/plan.json"))
        .exited(1)
        .complained(
            "no/such/folder/plan.json cannot be written: there is no such directory",
            "hint: name a file in a folder that exists");
    Files.createDirectory(folder.resolve("folder"));
    assertThat(cli().run("plan", "--out", "folder"))
        .exited(1)
        .complained("folder cannot be written: ")
        .neverShowed("folder that exists");
  }

  @Test
  void aPlanWithNothingToDoNeedsNobodyToAsk() throws IOException {
    policyForSandbox("tokens: {g: {id: %s, permissions: {read: [metrics]}}}".formatted(GRAFANA));
    assertThat(cli().run("plan", "--out", "plan.json")).exited(0);
    assertThat(cli().run("apply", "plan.json")).exited(0).printed("Nothing to change");

    save();
    assertThat(cli().run("apply", "plan.json"))
        .exited(64)
        .printedNothing()
        .complained("apply cannot ask for approval");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void aPlanThatFailsLeavesNoEarlierOneToApply() throws IOException {
    save();
    policyForSandbox("tokens: {grafana: {idd: x}}\n");
    assertThat(cli().run("plan", "--out", "plan.json")).exited(1).printedNothing();

    String failure = Files.readString(folder.resolve("plan.json"));
    Assertions.assertThat(PLAN_SCHEMA.validate(failure, InputFormat.JSON)).isEmpty();
    assertThat(cli().run("apply", "plan.json", "--auto-approve"))
        .exited(1)
        .complained("it says why no plan could be made: the policy has errors");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void whatToDoIsToldToMachinesToo() throws IOException {
    policyForSandbox(TOKENS);
    sandbox.close();
    Cli.Run plan = cli().run("plan", "--format", "json");
    assertThat(plan).complained("hint: " + json(plan).path("error").path("hint").asText("none"));
    Cli.Run usage = cli().run("validate", "--format", "json", "--fromat=x");
    Assertions.assertThat(json(usage).path("error").path("hint").asText())
        .isEqualTo("did you mean \"--format\"?");
    Assertions.assertThat(DIAGNOSTICS_SCHEMA.validate(usage.out(), InputFormat.JSON)).isEmpty();
  }

  @Test
  void aFileIsAFile() throws IOException {
    save();
    Files.createDirectory(folder.resolve("folder"));
    for (String[] line :
        new String[][] {
          {"plan", "--out", "-", "--out saves the plan in a file, and - is not a file"},
          {"plan", "--out", "", "--out is empty"},
          {"plan", "--format", "json=-", "--format needs a file after its =, and - is not a file"},
          {"apply", "plan.json", "plan.json", "unexpected argument \"plan.json\""},
        }) {
      assertThat(cli().run(line[0], line[1], line[2]))
          .exited(64)
          .printedNothing()
          .complained(line[3])
          .neverShowed("did you mean");
    }
    assertThat(cli().run("show", "-"))
        .exited(1)
        .complained("hint: name a file that plan --out wrote");
    assertThat(cli().run("show", "folder"))
        .exited(1)
        .complained("there is no fleet.json in it, so it holds no plan of a fleet");
    assertThat(cli().run("show", "nothing")).complained("hint: save one with plan --out nothing");
    Assertions.assertThat(folder.resolve("-")).doesNotExist();
  }

  @Test
  void theTextSaysWhatTheReviewerHasToKnow() throws IOException {
    policyForSandbox("tokens: {b: {id: %s, permissions: {write: ['*']}}}".formatted(GRAFANA));
    assertThat(cli().run("plan", "--out", "plan.json", "--format", "text=plan.txt")).exited(3);
    String digest = JSON.readTree(folder.resolve("plan.json").toFile()).path("digest").asText();

    assertThat(Cli.in(folder).run("show", "plan.json"))
        .exited(0)
        .printed(
            "widens and narrows 1.\n"
                + "Denied by wildcard-write: it cannot be applied as it stands.\n"
                + "Digest: "
                + digest
                + "\n");
    Assertions.assertThat(folder.resolve("plan.txt"))
        .content()
        .contains("Digest: ", "\ntokens.yaml:7:10: denied[wildcard-write]: \"b\" would get");

    assertThat(cli().run("plan", "--allow", "wildcard-write:b"))
        .exited(0)
        .printed("\nAllowed once: wildcard-write:b.\nDigest: sha256:");
    policyForSandbox("tokens: {}");
    assertThat(cli().run("plan")).exited(0).neverShowed("Digest");
  }
}
