package io.tokenform.cli;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tokenform.access.TokenId;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The steps of the GitHub actions, run by a shell as a runner would, against a sandbox. */
class GithubActionsIT {
  private static final Path ACTIONS = Path.of(".github", "actions").toAbsolutePath();
  private static final TokenId GRAFANA = TokenId.parse("11111111-0000-4000-8000-000000000001");

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();
  private Sandbox sandbox;
  private FakeGithub github;

  private record Run(int exit, String out) {}

  @BeforeEach
  void startSandbox() throws Exception {
    for (String program : List.of("bash", "jq", "git")) {
      assumeTrue(isInstalled(program), program + ", as every runner has");
    }
    restartSandbox(
        """
        {"databases": ["metrics", "logs"], "tokens": [{"id": "%s",
         "description": "Grafana ::error::x", "permissions": []}]}
        """
            .formatted(GRAFANA));
    policy("[metrics]");
    environment.put(
        "TOKENFORM", Path.of("target/tokenform/bin/tokenform").toAbsolutePath().toString());
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("RUNNER_TEMP", folder.resolve("temp").toString());
    environment.put("GITHUB_OUTPUT", folder.resolve("output").toString());
    environment.put("GITHUB_STEP_SUMMARY", folder.resolve("summary").toString());
    environment.put("GITHUB_WORKSPACE", folder.toString());
    environment.put("GITHUB_REPOSITORY", "example/tokens");
    environment.put("GITHUB_RUN_ID", "4711");
    environment.put("NAME", "tokenform");
    environment.put("POLICY", "tokens\n");
    environment.put("INFLUX_DB_MANAGEMENT_TOKEN", "sandbox-management-token");
    github = FakeGithub.in(Files.createDirectory(folder.resolve("github")));
    environment.putAll(github.environment());
    Files.writeString(folder.resolve(".gitignore"), "*\n!tokens/\n!tokens/*\n");
    git("init", "--quiet", "--initial-branch=main");
    environment.put("GITHUB_SHA", commit());
    environment.put("GITHUB_REF", "refs/heads/main");
    environment.put("GITHUB_REF_NAME", "main");
  }

  /** Takes another sandbox, if there is one already. */
  private void restartSandbox(String seed) {
    stopSandbox();
    sandbox = Sandbox.start(SandboxOptions.builder().seedJson(seed).build());
    environment.put("API_URL", sandbox.url().toString());
  }

  /** What a shell says to a command of git's. */
  private String git(String... arguments) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("git", "-c", "user.name=test", "-c", "user.email=test@example.com"));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).directory(folder.toFile()).start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(command.toString()).isZero();
    return out.strip();
  }

  /** Commits the policy. */
  private String commit() throws Exception {
    git("add", "--all", "--force", "tokens");
    git("commit", "--quiet", "--allow-empty", "--message=policy");
    return git("rev-parse", "HEAD");
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
    return run(script, folder);
  }

  private Run run(String script, Path directory) throws Exception {
    Files.deleteIfExists(folder.resolve("output"));
    Files.deleteIfExists(folder.resolve("summary"));
    ProcessBuilder builder =
        new ProcessBuilder("bash", ACTIONS.resolve(script).toString())
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().keySet().removeIf(name -> name.startsWith("INFLUX_DB_"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(15, TimeUnit.MINUTES)).isTrue();
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
    assertThat(other.exit()).as(other.out()).isEqualTo(4);
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

    Run plan = run("plan/plan.sh");

    assertThat(plan.exit()).as(plan.out()).isEqualTo(1);
    assertThat(plan.out()).contains("::error file=tokens/all.yaml,line=4,col=");
    Path markdown = folder.resolve("temp/tokenform-plan-tokenform/plan.md");
    assertThat(output("markdown")).isEqualTo(markdown.toString());
    assertThat(output("digest")).isEmpty();
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
    assertThat(folder.resolve("temp/tokenform-plan-tokenform/plan.md"))
        .content()
        .contains("**There is no plan:** the log of the job says why.")
        .contains("Commit " + git("rev-parse", "HEAD"));
    assertThat(output("markdown")).endsWith("plan.md");
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
    assertThat(apply.exit()).as(apply.out()).isEqualTo(4);
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

  @Test
  void aPullRequestLeavesOutWhatFallsDueAndTheNightlyJobMakesNothingElse() throws Exception {
    Files.createDirectory(
        folder.resolve("secrets"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nsinks: {files: {directory: secrets}}\n");
    environment.put("PLATFORM", "platform.yaml");
    restartSandbox(
        """
        {"databases": ["metrics", "logs"], "tokens": [
          {"id": "%s", "description": "Grafana",
           "permissions": [{"action": "read", "resource": "metrics"}]},
          {"id": "22222222-0000-4000-8000-000000000002", "description": "Checkout",
           "permissions": [{"action": "write", "resource": "logs"}],
           "createdAt": "2020-01-01T00:00:00Z"}]}
        """
            .formatted(GRAFANA));
    policy("[metrics]");
    policyText(
        policyText()
            + """
                checkout:
                  description: Checkout
                  permissions: {write: [logs]}
                  deliver: files
                  rotate: {every: 90d}
              """);

    Run plan = run("plan/plan.sh");
    assertThat(plan.exit()).as(plan.out()).isZero();
    assertThat(output("changes")).isEqualTo("0");
    environment.put("DUE", "include");
    assertThat(run("plan/plan.sh").out()).contains("1 to rotate");
    environment.remove("DUE");
    policyText(policyText().replace("[metrics]", "[metrics, logs]"));

    Run due = run("due/due.sh");

    assertThat(due.exit()).as(due.out()).isZero();
    assertThat(due.out())
        .contains("::stop-commands::", "Plan: 1 to rotate", "Apply complete: 1 applied")
        .doesNotContain(Files.readString(folder.resolve("secrets/checkout")));
    assertThat(sandbox.tokens()).hasSize(3);
    assertThat(sandbox.token(GRAFANA).permissions()).hasToString("[read metrics]");
    assertThat(output("journal")).isEqualTo(folder + "/temp/tokenform-journal-tokenform");
  }

  private String policyText() throws IOException {
    return Files.readString(folder.resolve("tokens/all.yaml"));
  }

  private void policyText(String text) throws IOException {
    Files.writeString(folder.resolve("tokens/all.yaml"), text);
  }

  @Test
  void anIncidentTakesAllAccessAtOnceAndPlansLeaveTheTokenAlone() throws Exception {
    grant();
    environment.put("TOKEN", "grafana");
    environment.put("REASON", "--help, $(id) INC-42");

    Run park = run("park/park.sh");

    assertThat(park.exit()).as(park.out()).isZero();
    assertThat(park.out())
        .contains("::stop-commands::", "read metrics", "tokenform token release grafana");
    assertThat(sandbox.token(GRAFANA).permissions().isEmpty()).isTrue();
    assertThat(sandbox.token(GRAFANA).description())
        .startsWith("Grafana (tokenform: parked ")
        .endsWith(" --help, $(id) INC-42)");
    assertThat(output("journal")).isEqualTo(folder + "/temp/tokenform-journal-tokenform");
    Run plan = run("plan/plan.sh");
    assertThat(plan.exit()).as(plan.out()).isZero();
    assertThat(plan.out()).contains("parked-token");
    assertThat(output("changes")).isEqualTo("0");
  }

  @Test
  void anIncidentNeedsATokenAndAReason() throws Exception {
    Run nothing = run("park/park.sh");
    assertThat(nothing.exit()).isEqualTo(1);
    assertThat(nothing.out()).contains("::error title=tokenform::the input token is missing");
    environment.put("TOKEN", "grafana");
    assertThat(run("park/park.sh").out()).contains("the input reason is missing");
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
            folder.resolve("temp/tokenform-plan-tokenform/plan.json"),
            folder.resolve("reviewed.json"),
            StandardCopyOption.REPLACE_EXISTING)
        .toString();
  }

  /** What the last run of a script gave to the steps after it. */
  private String output(String name) throws IOException {
    return Files.readAllLines(folder.resolve("output")).stream()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .reduce((first, last) -> last)
        .orElse("");
  }

  /** Plans the checkout for pull request 7, whose head is this commit. */
  private void planFor(String head) throws Exception {
    environment.put("PULL_REQUEST", "7");
    environment.put("PULL_REQUEST_HEAD", head);
    Run plan = run("plan/plan.sh");
    assertThat(plan.exit()).as(plan.out()).isZero();
    for (String name : List.of("markdown", "commit", "digest")) {
      environment.put(name.toUpperCase(Locale.ROOT), output(name));
    }
  }

  private Path comment(String name) {
    return folder.resolve("temp/tokenform-plan-" + name + "/comment.md");
  }

  @Test
  void oneCommentIsKeptUpToDate() throws Exception {
    String head = git("rev-parse", "HEAD");
    planFor(head);
    github.answer("repos/example/tokens/pulls/7", "{\"head\": {\"sha\": \"" + head + "\"}}");
    String marker = "<!-- tokenform:tokenform -->";
    String human = comment(1, "octocat", marker + "\nNothing to change.");
    String other = comment(2, "dependabot[bot]", marker);
    String prefix = comment(3, "github-actions[bot]", "<!-- tokenform:tokenform.eu -->");
    String quoted = comment(4, "github-actions[bot]", "> " + marker);
    String own = comment(5, "github-actions[bot]", marker + "\r\nan earlier plan");

    github.answer("repos/example/tokens/issues/7/comments", pages(human, other, prefix, quoted));
    assertThat(run("plan/comment.sh").exit()).isZero();
    assertThat(github.calls())
        .containsExactly(
            "POST repos/example/tokens/issues/7/comments body=@" + comment("tokenform"));
    assertThat(Files.readString(comment("tokenform")))
        .startsWith(
            marker
                + "\n<!-- run=4711 commit="
                + head
                + " digest="
                + environment.get("DIGEST")
                + " -->\n")
        .contains(head.substring(0, 7), "adds read `metrics`")
        .doesNotContain("tokenform-plan -->");

    github.answer(
        "repos/example/tokens/issues/7/comments", pages(human, other, prefix, quoted, own));
    assertThat(run("plan/comment.sh").exit()).isZero();
    assertThat(github.calls())
        .last()
        .isEqualTo("PATCH repos/example/tokens/issues/comments/5 body=@" + comment("tokenform"));
  }

  private static String comment(int id, String login, String body) {
    return "{\"id\": %d, \"number\": %d, \"user\": {\"login\": \"%s\"}, \"body\": \"%s\"}"
        .formatted(id, id, login, body.replace("\r", "\\r").replace("\n", "\\n"));
  }

  /** As the API answers: a page each, one after another. */
  private static String pages(String... items) {
    return Stream.of(items).map(item -> "[" + item + "]").collect(joining());
  }

  @Test
  void aJobThatIsRunAgainWritesNoCommentUnderANewerHead() throws Exception {
    String harmless = git("rev-parse", "HEAD");
    policy("['*']");
    String grants = commit();
    git("checkout", "--quiet", harmless);
    planFor(harmless);
    github.answer("repos/example/tokens/pulls/7", "{\"head\": {\"sha\": \"" + grants + "\"}}");
    github.answer("repos/example/tokens/issues/7/comments", "[]");

    Run comment = run("plan/comment.sh");

    assertThat(comment.exit()).as(comment.out()).isEqualTo(1);
    assertThat(comment.out())
        .contains(
            "::error title=tokenform::no comment: this is a plan of "
                + harmless
                + ", and the head of pull request 7 is "
                + grants);
    assertThat(github.calls()).isEmpty();
  }

  @Test
  void whatIsCheckedOutIsTheHeadOrItsMergeAndNothingElse() throws Exception {
    String base = git("rev-parse", "HEAD");
    String head = commit();
    git("checkout", "--quiet", base);
    commit();
    git("merge", "--quiet", "--no-ff", "--strategy=ours", head);
    planFor(head);
    assertThat(output("commit")).isEqualTo(head);

    environment.put("PULL_REQUEST_HEAD", base);
    Run other = run("plan/plan.sh");
    assertThat(other.exit()).as(other.out()).isEqualTo(1);
    assertThat(other.out()).contains("check out what the run is for");
    assertThat(folder.resolve("output")).doesNotExist();
  }

  @Test
  void twoNamesShareNothing() throws Exception {
    String head = git("rev-parse", "HEAD");
    planFor(head);
    environment.put("NAME", "prod.eu");
    planFor(head);
    github.answer("repos/example/tokens/pulls/7", "{\"head\": {\"sha\": \"" + head + "\"}}");
    github.answer(
        "repos/example/tokens/issues/7/comments",
        pages(comment(1, "github-actions[bot]", "<!-- tokenform:tokenform -->")));

    assertThat(run("plan/comment.sh").exit()).isZero();

    assertThat(folder.resolve("temp/tokenform-plan-tokenform/plan.json")).exists();
    assertThat(folder.resolve("temp/tokenform-plan-prod.eu/plan.json")).exists();
    assertThat(github.calls())
        .containsExactly("POST repos/example/tokens/issues/7/comments body=@" + comment("prod.eu"));
    assertThat(comment("prod.eu")).content().startsWith("<!-- tokenform:prod.eu -->\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "../x", "a/b", "x-->", "$(id)", "a\n::error::b", "\u00e9"})
  void aBadNameIsRefusedAndNotRepeated(String name) throws Exception {
    environment.put("NAME", name);
    List<String> scripts =
        List.of(
            "plan/plan.sh",
            "plan/comment.sh",
            "apply/reviewed.sh",
            "apply/apply.sh",
            "drift/drift.sh");
    for (String script : scripts) {
      Run run = run(script);
      assertThat(run.exit()).as(script + run.out()).isEqualTo(1);
      assertThat(run.out())
          .isEqualTo(
              "::error title=tokenform::the input name must be 1 to 64 letters, digits, dots,"
                  + " underscores and hyphens\n");
    }
    environment.put("NAME", "x".repeat(65));
    assertThat(run("plan/plan.sh").exit()).isEqualTo(1);
    assertThat(folder.resolve("temp")).doesNotExist();
  }

  @Test
  void withoutAUrlNothingIsAsked() throws Exception {
    environment.put("PLAN", "plan.json");
    environment.put("TOKENFORM", "/no/tokenform/is/run");
    environment.put("API_URL", "");
    for (String script : List.of("plan/plan.sh", "apply/apply.sh")) {
      Run run = run(script);
      assertThat(run.exit()).isEqualTo(1);
      assertThat(run.out()).contains("::error title=tokenform::the input url is missing");
    }
    run("plan/plan.sh");
    assertThat(Path.of(output("markdown"))).content().contains("**There is no plan:**");
  }

  @Test
  void whatACommitBringsAlongIsNotTakenForTokenformsOwn() throws Exception {
    environment.put("PLAN", "plan.json");
    environment.put("TOKENFORM", "/no/tokenform/is/run");
    Files.createDirectories(folder.resolve("tokens/.tokenform/journal"));
    for (String script : List.of("plan/plan.sh", "apply/apply.sh")) {
      Run run = run(script);
      assertThat(run.exit()).as(run.out()).isEqualTo(1);
      assertThat(run.out()).contains("tokens/.tokenform is in the checkout");
    }
  }

  @Test
  void theClusterIsPinnedFromOutside() throws Exception {
    environment.put("CLUSTER", "99999999-0000-4000-8000-000000000001");
    Run other = run("plan/plan.sh");
    assertThat(other.exit()).as(other.out()).isEqualTo(1);
    environment.put("CLUSTER", sandbox.clusterId().toString());
    environment.put("ACCOUNT", sandbox.accountId().toString());
    assertThat(run("plan/plan.sh").exit()).isZero();
  }

  @Test
  void platformAndItsOldNameMustAgree() throws Exception {
    environment.put("GUARDRAILS", "guardrails.yaml");
    environment.put("PLATFORM", "platform.yaml");
    Run run = run("plan/plan.sh");
    assertThat(run.exit()).isEqualTo(1);
    assertThat(run.out()).contains("guardrails is the old name of platform");
  }

  @Test
  void annotationsBeginAtTheRepositorysRoot() throws Exception {
    Path infra = Files.createDirectories(folder.resolve("infra"));
    Files.move(folder.resolve("tokens"), infra.resolve("tokens"));
    environment.put("POLICY", "./infra");
    assertThat(run("plan/plan.sh").out()).contains("::notice file=infra/tokens/all.yaml,line=4");
    environment.put("POLICY", "../infra/tokens");
    assertThat(run("plan/plan.sh", infra).out())
        .contains("::notice file=infra/tokens/all.yaml,line=4");
  }

  /** The pull request of the checkout is planned, commented on and merged. */
  private String merged() throws Exception {
    String head = git("rev-parse", "HEAD");
    planFor(head);
    Path artifact = Files.createDirectories(folder.resolve("github/artifacts/4711"));
    Files.createDirectory(artifact.resolve("tokenform-plan"));
    Files.copy(Path.of(output("plan")), artifact.resolve("tokenform-plan/plan.json"));
    github.answer("repos/example/tokens/pulls/7", "{\"head\": {\"sha\": \"" + head + "\"}}");
    github.answer("repos/example/tokens/issues/7/comments", "[]");
    assertThat(run("plan/comment.sh").exit()).isZero();
    answerComment(Files.readString(comment("tokenform")));
    answerRun(head, "pull_request", "success");
    String merge = "0123456789".repeat(4);
    environment.put("GITHUB_SHA", merge);
    github.answer(
        "repos/example/tokens/commits/" + merge + "/pulls",
        "[{\"number\": 7, \"merged_at\": \"2026-01-01T00:00:00Z\", \"merge_commit_sha\": \"%s\", \"head\": {\"sha\": \"%s\", \"repo\": {\"full_name\": \"Example/tokens\"}}, \"base\": {\"ref\": \"main\"}}]"
            .formatted(merge, head));
    return head;
  }

  private void answerComment(String body) throws IOException {
    github.answer(
        "repos/example/tokens/issues/7/comments",
        "["
            + comment(5, "github-actions[bot]", body.lines().limit(2).collect(joining("\n")))
            + "]");
  }

  private void answerRun(String head, String event, String conclusion) throws IOException {
    github.answer(
        "repos/example/tokens/actions/runs/4711",
        "{\"head_sha\": \"%s\", \"event\": \"%s\", \"conclusion\": \"%s\"}"
            .formatted(head, event, conclusion));
  }

  @Test
  void whatWasReviewedIsAppliedAndItsJournalIsOutsideTheCheckout() throws Exception {
    merged();
    Run reviewed = run("apply/reviewed.sh");
    assertThat(reviewed.exit()).as(reviewed.out()).isZero();
    environment.put("PLAN", output("plan"));

    Run apply = run("apply/apply.sh");

    assertThat(apply.exit()).as(apply.out()).isZero();
    assertThat(sandbox.token(GRAFANA).permissions()).hasToString("[read metrics]");
    assertThat(output("journal")).endsWith("temp/tokenform-journal-tokenform");
    assertThat(Path.of(output("journal"))).isDirectoryContaining("glob:**.jsonl");
    assertThat(folder.resolve(".tokenform")).doesNotExist();
  }

  @Test
  void aPullRequestIsPlannedFromASnapshotWithoutAnySecret() throws Exception {
    Run snapshot = run("snapshot/snapshot.sh");
    assertThat(snapshot.exit()).as(snapshot.out()).isZero();
    Path live = Files.move(Path.of(output("live")), folder.resolve("live.json"));
    environment.remove("INFLUX_DB_MANAGEMENT_TOKEN");
    String url = environment.remove("API_URL");
    environment.put("LIVE_WANTED", live.toString());
    Run none = run("plan/plan.sh");
    assertThat(none.exit()).as(none.out()).isEqualTo(1);
    assertThat(none.out()).contains("there is no snapshot to plan from");
    environment.put("LIVE", live.toString());
    environment.put("MAX_AGE", "0s");
    Run old = run("plan/plan.sh");
    assertThat(old.exit()).as(old.out()).isEqualTo(1);
    assertThat(old.out()).contains("which is longer ago than --max-age 0s allows");
    environment.put("MAX_AGE", "1h");

    Run plan = run("plan/plan.sh");

    assertThat(plan.exit()).as(plan.out()).isZero();
    assertThat(plan.out()).contains("Live as of 20", "from a snapshot that was less than a minute");
    environment.put(
        "PLAN", Files.move(Path.of(output("plan")), folder.resolve("p.json")).toString());
    environment.put("API_URL", url);
    environment.put("INFLUX_DB_MANAGEMENT_TOKEN", "sandbox-management-token");
    Run apply = run("apply/apply.sh");
    assertThat(apply.exit()).as(apply.out()).isZero();
    assertThat(sandbox.token(GRAFANA).permissions()).hasToString("[read metrics]");
  }

  /** An artifact as GitHub lists it. */
  private static String artifact(String name, int run, String branch, int repository, int hour) {
    return """
        {"name": "%s", "expired": false, "created_at": "2026-01-01T%02d:00:00Z",
         "workflow_run": {"id": %d, "head_branch": "%s", "repository_id": 1,
                          "head_repository_id": %d}}
        """
        .formatted(name, hour, run, branch, repository);
  }

  /** A run, and how its commit stands to the default branch. */
  private void answerRun(int run, String event, String commit, String status) throws IOException {
    github.answer(
        "repos/example/tokens/actions/runs/" + run,
        "{\"event\": \"%s\", \"head_sha\": \"%s\"}".formatted(event, commit));
    github.answer(
        "repos/example/tokens/compare/trunk..." + commit, "{\"status\": \"%s\"}".formatted(status));
  }

  @Test
  void theLatestSnapshotIsThatOfTheDefaultBranchAndOfNoFork() throws Exception {
    environment.put("LIVE", "latest");
    github.answer("repos/example/tokens", "{\"default_branch\": \"trunk\"}");
    String artifacts = "repos/example/tokens/actions/artifacts";
    String expired = artifact("tokenform-live", 19, "trunk", 1, 23).replace("false", "true");
    String page = "{\"artifacts\": [%s]}";
    github.answer(artifacts, page.formatted(expired));
    refused("plan/live.sh", folder, "no run on trunk has kept a snapshot named tokenform-live");
    github.answer(
        artifacts,
        page.formatted(
                String.join(
                    ",",
                    expired,
                    artifact("tokenform-live", 11, "trunk", 1, 3),
                    artifact("tokenform-live", 12, "feature", 1, 9),
                    artifact("tokenform-live", 13, "trunk", 2, 10)))
            + page.formatted(
                artifact("tokenform-live", 14, "trunk", 1, 5)
                    + ","
                    + artifact("tokenform-live", 16, "trunk", 1, 7)
                    + ","
                    + artifact("tokenform-live", 17, "trunk", 1, 8)
                    + ","
                    + artifact("prod-live", 15, "trunk", 1, 11)));
    // One of a pull request from the branch, and one of a tag with its name.
    answerRun(16, "pull_request", "a".repeat(40), "identical");
    answerRun(17, "push", "b".repeat(40), "diverged");
    answerRun(14, "schedule", "c".repeat(40), "behind");
    Path kept = Files.createDirectories(folder.resolve("github/artifacts/14/tokenform-live"));
    Files.writeString(kept.resolve("live.json"), "the newest");

    Run live = run("plan/live.sh");

    assertThat(live.exit()).as(live.out()).isZero();
    assertThat(Path.of(output("live"))).hasContent("the newest");
    environment.put("LIVE", "my/live.json");
    assertThat(run("plan/live.sh").exit()).isZero();
    assertThat(output("live")).isEqualTo("my/live.json");
  }

  @Test
  void ofAForkThePlanOfTheLastSuccessfulRunForItsHeadIsFetched() throws Exception {
    String head = merged();
    String merge = environment.get("GITHUB_SHA");
    String pulls = "repos/example/tokens/commits/" + merge + "/pulls";
    for (String repository : List.of("{\"full_name\": \"mallory/tokens\"}", "null")) {
      github.answer(
          pulls,
          "[{\"number\": 7, \"merged_at\": \"2026-01-01T00:00:00Z\", \"merge_commit_sha\": \"%s\", \"head\": {\"sha\": \"%s\", \"repo\": %s}, \"base\": {\"ref\": \"main\"}}]"
              .formatted(merge, head, repository));
      github.answer(
          "repos/example/tokens/actions/runs",
          "{\"workflow_runs\": [{\"id\": 9}, {\"id\": 4711}]}");
      github.answer("repos/example/tokens/actions/runs/9/artifacts", "{\"artifacts\": []}");
      String kept = "repos/example/tokens/actions/runs/4711/artifacts";
      github.answer(kept, "{\"artifacts\": [" + artifact("prod-plan", 4711, "x", 2, 1) + "]}");
      refused("is from a fork, and no successful run for " + head + " has kept a plan");
      github.answer(kept, "{\"artifacts\": [" + artifact("tokenform-plan", 4711, "x", 2, 1) + "]}");

      Run reviewed = run("apply/reviewed.sh");

      assertThat(reviewed.exit()).as(reviewed.out()).isZero();
      assertThat(Path.of(output("plan"))).exists();
    }
    answerRun("0".repeat(40), "pull_request", "success");
    refused("is no successful run for " + head);
  }

  @Test
  void whatTheCommentTheHeadAndTheRunDoNotAgreeOnIsNotFetched() throws Exception {
    String head = merged();
    String comment = Files.readString(comment("tokenform"));
    String digest = environment.get("DIGEST");

    answerComment(comment.replace(digest, "sha256:" + "0".repeat(64)));
    refused("the comment on pull request 7 and the plan of run 4711 do not agree");
    answerComment(comment.replace("commit=" + head, "commit=" + "0".repeat(40)));
    refused("and what was merged is " + head);
    answerComment(comment.replace("run=4711", "run=$(id)"));
    refused("has no comment with a plan named tokenform");
    github.answer(
        "repos/example/tokens/issues/7/comments",
        "[" + comment(5, "mallory", comment.lines().limit(2).collect(joining("\n"))) + "]");
    refused("has no comment with a plan named tokenform");

    answerComment(comment);
    answerRun("0".repeat(40), "pull_request", "success");
    refused("is no successful run for " + head);
    answerRun(head, "workflow_dispatch", "success");
    refused("is no successful run for " + head);
    answerRun(head, "pull_request", "failure");
    refused("is no successful run for " + head);

    environment.put("NAME", "prod");
    refused("has no comment with a plan named prod");
    environment.put("NAME", "tokenform");
    environment.put("GITHUB_SHA", "f".repeat(40));
    github.answer("repos/example/tokens/commits/" + "f".repeat(40) + "/pulls", "[]");
    refused("comes from no pull request against main, so nobody has reviewed a plan of it");
  }

  @Test
  void aPullRequestAgainstAnotherBranchIsNoReviewForThisOne() throws Exception {
    merged();
    environment.put("GITHUB_REF_NAME", "release");
    refused("comes from no pull request against release");
  }

  @Test
  void anOldJobDoesNotBringBackWhatALaterCommitTookAway() throws Exception {
    Path infra = Files.createDirectories(folder.resolve("tokens/infra"));
    Files.writeString(infra.resolve("platform.yaml"), "version: 1\n");
    environment.put("GITHUB_SHA", commit());
    environment.put("PLATFORM", "tokens/infra/platform.yaml");
    policy("[]");
    commit();
    String why = "tokens has changed on refs/heads/main since " + environment.get("GITHUB_SHA");
    refused("apply/current.sh", folder, why);
    environment.put("POLICY", "../all.yaml");
    refused("apply/current.sh", infra, "../all.yaml has changed on refs/heads/main");
    environment.put("POLICY", folder + "\n");
    refused("apply/current.sh", folder, folder + " has changed");

    // Changed back, it is what the branch says: the same job may go on.
    policy("[metrics]");
    commit();
    environment.put("POLICY", "-\ntokens\n/elsewhere/tokens\n");
    Run same = run("apply/current.sh");
    assertThat(same.exit()).as(same.out()).isZero();

    Files.writeString(infra.resolve("platform.yaml"), "version: 1\nguardrails: {}\n");
    commit();
    environment.put("POLICY", "tokens/all.yaml");
    refused("apply/current.sh", folder, "tokens/infra/platform.yaml has changed");
    environment.put("POLICY", "no-such.yaml");
    refused("apply/current.sh", folder, "no-such.yaml is not in " + environment.get("GITHUB_SHA"));
  }

  private void refused(String why) throws Exception {
    refused("apply/reviewed.sh", folder, why);
  }

  private void refused(String script, Path directory, String why) throws Exception {
    Run run = run(script, directory);
    assertThat(run.exit()).as(run.out()).isEqualTo(1);
    assertThat(run.out()).startsWith("::error title=tokenform::").contains(why);
    assertThat(folder.resolve("output")).doesNotExist();
  }

  @Test
  void aDriftIsAnIssueUntilItIsGone() throws Exception {
    String issues = "repos/example/tokens/issues";
    github.answer(issues, "[]");
    Path body = folder.resolve("temp/tokenform-drift-tokenform.md");

    assertThat(run("drift/drift.sh").exit()).isZero();
    assertThat(github.calls())
        .containsExactly(
            "label create token-drift",
            "POST repos/example/tokens/issues title=Database tokens have drifted from the policy"
                + " (tokenform) body=@"
                + body
                + " labels[]=token-drift");
    String text = Files.readString(body);
    assertThat(text)
        .startsWith("<!-- tokenform:tokenform -->\n<!-- sha256=")
        .contains("Live differs from the policy.", "adds read `metrics`");

    // What is open says the same already; those of other names and other people are not touched.
    String open = comment(12, "github-actions[bot]", text.lines().limit(3).collect(joining("\n")));
    String others =
        comment(10, "mallory", "<!-- tokenform:tokenform -->")
            + ","
            + comment(11, "github-actions[bot]", "<!-- tokenform:prod -->");
    github.answer(issues, "[" + others + "][" + open + "]");
    assertThat(run("drift/drift.sh").exit()).isZero();
    assertThat(github.calls()).hasSize(2);

    policy("[logs]");
    assertThat(run("drift/drift.sh").exit()).isZero();
    assertThat(github.calls())
        .last()
        .isEqualTo(
            "POST repos/example/tokens/issues/12/comments"
                + " body=This has changed; the description above is of now.");
    assertThat(github.calls()).contains("PATCH repos/example/tokens/issues/12 body=@" + body);

    policy("[metrics]");
    grant();
    assertThat(run("drift/drift.sh").exit()).isZero();
    assertThat(github.calls())
        .endsWith(
            "POST repos/example/tokens/issues/12/comments body=Live is as the policy says again.",
            "PATCH repos/example/tokens/issues/12 state=closed");
  }

  @Test
  void aDriftThatAGuardrailDeniesIsAnIssueToo() throws Exception {
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nguardrails: {widening: deny}\n");
    environment.put("PLATFORM", "platform.yaml");
    github.answer("repos/example/tokens/issues", "[]");
    assertThat(run("drift/drift.sh").exit()).isZero();
    assertThat(folder.resolve("temp/tokenform-drift-tokenform.md")).content().contains("widening");
    assertThat(github.calls()).hasSize(2);
  }

  private void revokeByHand() throws Exception {
    URI token =
        URI.create(
            "%s/api/v0/accounts/%s/clusters/%s/tokens/%s"
                .formatted(sandbox.url(), sandbox.accountId(), sandbox.clusterId(), GRAFANA));
    HttpRequest delete =
        HttpRequest.newBuilder(token)
            .DELETE()
            .header("Authorization", "Bearer sandbox-management-token")
            .build();
    assertThat(HttpClient.newHttpClient().send(delete, BodyHandlers.discarding()).statusCode())
        .isEqualTo(204);
  }

  @Test
  void aTokenThatWasRevokedByHandIsAnIssueToo() throws Exception {
    revokeByHand();
    github.answer("repos/example/tokens/issues", "[]");

    Run drift = run("drift/drift.sh");

    // An error of the plan fails the job besides; what a guardrail denies does not.
    assertThat(drift.exit()).as(drift.out()).isIn(0, 1);
    assertThat(github.calls()).hasSize(2).last().asString().startsWith("POST ");
    assertThat(folder.resolve("temp/tokenform-drift-tokenform.md"))
        .content()
        .startsWith("<!-- tokenform:tokenform -->\n")
        .contains("grafana", "revoked");
  }

  @Test
  void aClusterThatDoesNotAnswerFailsTheJobAndIsAnIssue() throws Exception {
    environment.put("INFLUX_DB_MANAGEMENT_TOKEN", "wrong");
    github.answer("repos/example/tokens/issues", "[]");
    Run drift = run("drift/drift.sh");
    assertThat(drift.exit()).as(drift.out()).isEqualTo(1);
    assertThat(folder.resolve("temp/tokenform-drift-tokenform.md"))
        .content()
        .contains(
            "Live could not be read, or the policy does not fit it: tokenform ended with 1.",
            "401");
    assertThat(github.calls()).hasSize(2);
  }

  @Test
  void whatIsTooLargeForACommentSaysWhereItIs() throws Exception {
    String head = git("rev-parse", "HEAD");
    planFor(head);
    Files.writeString(Path.of(environment.get("MARKDOWN")), "x".repeat(65_500));
    github.answer("repos/example/tokens/pulls/7", "{\"head\": {\"sha\": \"" + head + "\"}}");
    github.answer("repos/example/tokens/issues/7/comments", "[]");
    assertThat(run("plan/comment.sh").exit()).isZero();
    assertThat(comment("tokenform"))
        .content()
        .startsWith("<!-- tokenform:tokenform -->\n<!-- run=4711 commit=" + head)
        .contains("Read it in the summary of run 4711")
        .hasSizeLessThan(1_000);
  }
}
