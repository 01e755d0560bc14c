package io.tokenform.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenform.access.TokenId;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The steps of the GitHub actions, run by a shell as a runner would, against a sandbox. */
class GithubActionsIT {
  private static final Path ACTIONS = Path.of(".github", "actions").toAbsolutePath();
  private static final TokenId GRAFANA = TokenId.parse("11111111-0000-4000-8000-000000000001");

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private Sandbox sandbox;

  private record Run(int exit, String out) {}

  @BeforeEach
  void startSandbox() throws IOException {
    assumeTrue(isInstalled("bash") && isInstalled("jq"), "bash and jq, as every runner has");
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(
                    """
                    {"databases": ["metrics", "logs"], "tokens": [{"id": "%s",
                     "description": "Grafana ::error::x", "permissions": []}]}
                    """
                        .formatted(GRAFANA))
                .build());
    policy("[metrics]");
    environment.put(
        "TOKENFORM", Path.of("target/tokenform/bin/tokenform").toAbsolutePath().toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("RUNNER_TEMP", folder.resolve("temp").toString());
    environment.put("GITHUB_OUTPUT", folder.resolve("output").toString());
    environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
    environment.put("POLICY", "tokens\n");
    environment.put("API_URL", sandbox.url().toString());
    environment.put("INFLUX_DB_MANAGEMENT_TOKEN", "sandbox-management-token");
  }

  @AfterEach
  void stopSandbox() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private static boolean isInstalled(String program) throws IOException {
    for (String path : System.getenv("PATH").split(":", -1)) {
      if (Files.isExecutable(Path.of(path, program))) {
        return true;
      }
    }
    return false;
  }

  private void policy(String databases) throws IOException {
    Files.createDirectories(folder.resolve("tokens"));
    Files.writeString(
        folder.resolve("tokens/all.yaml"),
        """
        version: 1
        cluster: {product: cloud-dedicated, accountId: %s, clusterId: %s, url: "%s"}
        tokens:
          grafana: {id: %s, description: Grafana, permissions: {read: %s}}
        """
            .formatted(
                sandbox.accountId(), sandbox.clusterId(), sandbox.url(), GRAFANA, databases));
  }

  private Run run(String script) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder("bash", ACTIONS.resolve(script).toString())
            .directory(folder.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("INFLUX_DB_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return new Run(process.exitValue(), out);
  }

  @Test
  void aPlanIsAnnotatedSummedUpSavedAndAppliedAsReviewed() throws Exception {
    Run plan = run("plan/plan.sh");
    assertThat(plan.exit()).as(plan.out()).isZero();
    assertThat(plan.out())
        .contains("::notice file=tokens/all.yaml,line=4", "Plan: 1 to update", "::stop-commands::");
    assertThat(Files.readString(folder.resolve("summary"))).startsWith("<!-- tokenform-plan -->");
    assertThat(Files.readString(folder.resolve("output")))
        .contains("digest=sha256:", "changes=1", "plan=", "markdown=");

    environment.put("PLAN", reviewed());
    policy("[metrics, logs]");
    Run other = run("apply/apply.sh");
    assertThat(other.exit()).as(other.out()).isEqualTo(1);
    assertThat(other.out()).contains("and not the expected one; nothing was sent");
    assertThat(sandbox.token(GRAFANA).permissions().isEmpty()).isTrue();

    policy("[metrics]");
    Run apply = run("apply/apply.sh");
    assertThat(apply.exit()).as(apply.out()).isZero();
    assertThat(apply.out()).contains("Apply complete: 1 applied");
    assertThat(sandbox.token(GRAFANA).permissions()).hasToString("[read metrics]");
  }

  @Test
  void aDeniedPlanFailsAndIsShownAllTheSame() throws Exception {
    Files.writeString(
        folder.resolve("guardrails.yaml"), "version: 1\nguardrails: {widening: deny}\n");
    environment.put("GUARDRAILS", "guardrails.yaml");

    Run plan = run("plan/plan.sh");

    assertThat(plan.exit()).as(plan.out()).isEqualTo(3);
    assertThat(plan.out()).contains("::error file=tokens/all.yaml,line=4", "Plan: 1 to update");
    assertThat(Files.readString(folder.resolve("summary"))).contains("widening");
  }

  @Test
  void aBadPolicyIsAnnotatedAndTakesThePlaceOfTheEarlierPlan() throws Exception {
    assertThat(run("plan/plan.sh").exit()).isZero();
    policy("metrics");
    Files.delete(folder.resolve("output"));
    Files.delete(folder.resolve("summary"));

    Run plan = run("plan/plan.sh");

    assertThat(plan.exit()).as(plan.out()).isEqualTo(1);
    assertThat(plan.out()).contains("::error file=tokens/all.yaml,line=4,col=");
    Path markdown = folder.resolve("temp/tokenform-plan/plan.md");
    assertThat(Files.readString(folder.resolve("output"))).isEqualTo("markdown=" + markdown + "\n");
    assertThat(markdown)
        .content()
        .startsWith("<!-- tokenform-plan -->\n")
        .contains("**There is no plan:** the policy has errors", "wrong-type");
    assertThat(folder.resolve("summary")).hasSameTextualContentAs(markdown);
  }

  @Test
  void evenARunThatNeverPlansTakesThePlaceOfTheEarlierPlan() throws Exception {
    environment.put("ALLOW", "no-such-rule\n");

    Run plan = run("plan/plan.sh");

    assertThat(plan.exit()).as(plan.out()).isEqualTo(64);
    assertThat(folder.resolve("temp/tokenform-plan/plan.md"))
        .content()
        .startsWith("<!-- tokenform-plan -->\n")
        .contains("**There is no plan:** tokenform ended with 64.");
    assertThat(folder.resolve("output")).content().startsWith("markdown=");
  }

  @Test
  void whatIsAllowedIsSaidToTheActionAndNotByThePlan() throws Exception {
    grant();
    policy("[]");
    assertThat(run("plan/plan.sh").exit()).isEqualTo(3);
    environment.put("ALLOW", "\nlockout:grafana\n");
    Run plan = run("plan/plan.sh");
    assertThat(plan.exit()).as(plan.out()).isZero();
    environment.put("PLAN", reviewed());

    environment.remove("ALLOW");
    Run apply = run("apply/apply.sh");
    assertThat(apply.exit()).as(apply.out()).isNotZero();
    assertThat(apply.out()).contains("nothing was sent");
    assertThat(sandbox.token(GRAFANA).permissions().isEmpty()).isFalse();

    environment.put("ALLOW", "lockout:grafana");
    Run allowed = run("apply/apply.sh");
    assertThat(allowed.exit()).as(allowed.out()).isZero();
    assertThat(sandbox.token(GRAFANA).permissions().isEmpty()).isTrue();
  }

  @Test
  void aDeniedPlanIsNotApplied() throws Exception {
    grant();
    policy("[]");
    assertThat(run("plan/plan.sh").exit()).isEqualTo(3);
    environment.put("PLAN", reviewed());

    Run apply = run("apply/apply.sh");

    assertThat(apply.exit()).as(apply.out()).isEqualTo(3);
    assertThat(apply.out()).contains("denied[lockout]", "a guardrail denies this plan");
    assertThat(sandbox.token(GRAFANA).permissions().isEmpty()).isFalse();
  }

  @Test
  void whereLiveHasDriftedSinceTheReviewNothingIsSent() throws Exception {
    assertThat(run("plan/plan.sh").exit()).isZero();
    Path reviewed = Files.move(Path.of(reviewed()), folder.resolve("before-the-drift.json"));
    policy("[logs]");
    grant();
    policy("[metrics]");
    environment.put("PLAN", reviewed.toString());

    Run apply = run("apply/apply.sh");

    // Planned anew, it is another plan, so the digest tells before there is anything to send.
    assertThat(apply.exit()).as(apply.out()).isEqualTo(1);
    assertThat(apply.out())
        .contains("The plan that was reviewed:", "+ read  metrics")
        .contains("and not the expected one; nothing was sent");
    assertThat(sandbox.token(GRAFANA).permissions()).hasToString("[read logs]");
  }

  @Test
  void aPlanThatWasChangedIsRefused() throws Exception {
    assertThat(run("plan/plan.sh").exit()).isZero();
    Path reviewed = Path.of(reviewed());
    Files.writeString(reviewed, Files.readString(reviewed).replace("Grafana", "Grafane"));
    environment.put("PLAN", reviewed.toString());

    Run apply = run("apply/apply.sh");

    assertThat(apply.exit()).as(apply.out()).isEqualTo(1);
    assertThat(apply.out()).contains("it has been changed since it was written");
    assertThat(sandbox.token(GRAFANA).permissions().isEmpty()).isTrue();
  }

  /** Makes live what the policy says. */
  private void grant() throws Exception {
    assertThat(run("plan/plan.sh").exit()).isZero();
    environment.put("PLAN", reviewed());
    Run apply = run("apply/apply.sh");
    assertThat(apply.exit()).as(apply.out()).isZero();
  }

  /** The plan of the last run, where no other run replaces it. */
  private String reviewed() throws IOException {
    return Files.copy(
            folder.resolve("temp/tokenform-plan/plan.json"),
            folder.resolve("reviewed.json"),
            StandardCopyOption.REPLACE_EXISTING)
        .toString();
  }

  @Test
  void oneCommentIsKeptUpToDate() throws Exception {
    Path bin = Files.createDirectories(folder.resolve("bin"));
    Path gh = bin.resolve("gh");
    // Answers as the API would, filter included, and notes what it is asked to do.
    Files.writeString(
        gh,
        """
        #!/usr/bin/env bash
        case "$*" in
          *--paginate*)
            while [ "$1" != --jq ]; do shift; done
            jq -r "$2" "$COMMENTS" ;;
          *) echo "$*" >> "$CALLS" ;;
        esac
        """);
    assertThat(gh.toFile().setExecutable(true)).isTrue();
    environment.put("PATH", bin + ":" + System.getenv("PATH"));
    environment.put("COMMENTS", folder.resolve("comments.json").toString());
    environment.put("CALLS", folder.resolve("calls").toString());
    environment.put("GITHUB_REPOSITORY", "example/tokens");
    environment.put("PULL_REQUEST", "7");
    environment.put("MARKDOWN", "plan.md");
    String human =
        "{\"id\": 1, \"user\": {\"type\": \"User\"}, \"body\": \"<!-- tokenform-plan -->\"}";
    String bot =
        "{\"id\": 2, \"user\": {\"type\": \"Bot\"}, \"body\": \"<!-- tokenform-plan -->\"}";

    Files.writeString(folder.resolve("comments.json"), "[" + human + "]");
    assertThat(run("plan/comment.sh").exit()).isZero();
    Files.writeString(folder.resolve("comments.json"), "[" + human + "," + bot + "]");
    assertThat(run("plan/comment.sh").exit()).isZero();

    assertThat(Files.readAllLines(folder.resolve("calls")))
        .containsExactly(
            "api --method POST repos/example/tokens/issues/7/comments --field body=@plan.md --silent",
            "api --method PATCH repos/example/tokens/issues/comments/2 --field body=@plan.md --silent");
  }
}
