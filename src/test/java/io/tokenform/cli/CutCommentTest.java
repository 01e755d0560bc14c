package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.report.CommentOptions;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a comment on a pull request shows of a plan that is too large for it. */
class CutCommentTest {
  private static final int TOKENS = 700;
  private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

  @TempDir Path folder;

  @TempDir Path configuration;

  private String seed() {
    StringBuilder seed = new StringBuilder("{\"databases\": [\"a\", \"b\", \"zpayments\"],");
    seed.append(" \"tokens\": [");
    for (int i = 0; i < TOKENS; i++) {
      seed.append(i == 0 ? "" : ",")
          .append("{\"id\": \"")
          .append(id(i))
          .append("\", \"description\": \"Token \\u0444 ")
          .append(i)
          .append("\", \"permissions\": [{\"action\": \"read\", \"resource\": \"a\"},")
          .append("{\"action\": \"read\", \"resource\": \"b\"}]}");
    }
    return seed.append("]}").toString();
  }

  private static String id(int number) {
    return "00000000-0000-4000-8000-%012d".formatted(number);
  }

  /** A policy in which all tokens change, and those from this number on gain write access. */
  private void policy(Sandbox sandbox, int firstGain) throws IOException {
    StringBuilder policy = new StringBuilder("version: 1\nguardrails: {lockout: off}\n");
    policy
        .append("cluster: {product: cloud-dedicated, accountId: ")
        .append(sandbox.accountId())
        .append(", clusterId: ")
        .append(sandbox.clusterId())
        .append(", url: '")
        .append(sandbox.url())
        .append("'}\ntokens:\n");
    for (int i = 0; i < TOKENS; i++) {
      policy.append("  token-%04d: {id: %s, permissions: ".formatted(i, id(i)));
      policy.append(i < firstGain ? "{read: [a]}}\n" : "{read: [a], write: [zpayments]}}\n");
    }
    Files.writeString(folder.resolve("tokens.yaml"), policy);
  }

  private Cli cli(Sandbox sandbox) {
    return Cli.in(folder).withManagementToken().agreedTo(configuration, sandbox.url());
  }

  private Sandbox sandbox() {
    return Sandbox.start(SandboxOptions.builder().seedJson(seed()).build());
  }

  @Test
  void theOneChangeThatGainsAccessIsNotHiddenAmongHundreds() throws IOException {
    try (Sandbox sandbox = sandbox()) {
      policy(sandbox, TOKENS - 1);
      Cli.Run plan = cli(sandbox).run("plan", "--format", "markdown", "--commit", COMMIT);
      assertThat(plan).exited(0);
      String rows = plan.out().substring(plan.out().indexOf("| --- |"));
      Assertions.assertThat(rows.lines().skip(1).findFirst().orElseThrow())
          .isEqualTo(
              "| `token-0699`<br>`%s`<br>`\"Token \u0444 699\"` | widens and narrows |"
                      .formatted(id(TOKENS - 1))
                  + " adds write `zpayments`<br>removes read `b` | `tokens.yaml:704` |");
      Assertions.assertThat(plan.out())
          .contains("| `zpayments` | `token-0699` write |  |", "changes shown, what gains write")
          .contains(", commit `" + COMMIT + "`.\n", "\nCommit `" + COMMIT + "`. ")
          .hasSizeLessThanOrEqualTo(CommentOptions.DEFAULT_LIMIT)
          .hasSizeGreaterThan(CommentOptions.DEFAULT_LIMIT - 2_000);

      Cli.Run annotations = cli(sandbox).run("plan", "--format", "github");
      Assertions.assertThat(
              annotations.out().lines().filter(l -> l.startsWith("::notice")).toList())
          .hasSize(10)
          .element(1)
          .asString()
          .contains("token-0699", "adds write zpayments");
      Assertions.assertThat(annotations.out())
          .contains("::notice title=By database::zpayments: token-0699 gains write%0A")
          .contains("::notice title=More::692 more are not shown: tokenform plan shows all");
    }
  }

  @Test
  void aPlanWhoseGainsDoNotFitIsDenied() throws IOException {
    try (Sandbox sandbox = sandbox()) {
      policy(sandbox, 0);
      assertThat(cli(sandbox).run("plan", "--out", "unasked.json")).exited(0);
      Cli.Run plan = cli(sandbox).run("plan", "--format", "markdown=plan.md", "--out", "plan.json");
      assertThat(plan)
          .exited(3)
          .complained(
              "denied[cut-comment]: a comment of at most 65536 characters has no room for",
              "changes that gain access",
              "allow it once with --allow cut-comment");
      Assertions.assertThat(Files.readString(folder.resolve("plan.md")))
          .contains("**A guardrail denies this plan", "changes that gain access not shown**")
          .hasSizeLessThanOrEqualTo(CommentOptions.DEFAULT_LIMIT);
      assertThat(cli(sandbox).run("apply", "plan.json", "--auto-approve")).exited(3);

      // A saved plan of which nobody asked for Markdown, shown as such.
      assertThat(cli(sandbox).run("show", "unasked.json", "--format", "markdown=shown.md"))
          .exited(3)
          .complained("the Markdown has no room for every gain of access of this plan");
      Assertions.assertThat(Files.readString(folder.resolve("shown.md")))
          .contains(
              "**Do not approve this plan on the basis of this comment: it does not show every"
                  + " gain.**")
          .doesNotContain("--expect-digest");

      // Another host takes more.
      assertThat(cli(sandbox).run("plan", "--format=markdown=all.md", "--markdown-limit=400000"))
          .exited(0);
      Assertions.assertThat(Files.readString(folder.resolve("all.md")))
          .contains("token-0000", "token-0699")
          .doesNotContain("not shown");
    }
  }

  @Test
  void anAllowanceIsRecordedAndCovered() throws IOException {
    try (Sandbox sandbox = sandbox()) {
      policy(sandbox, 0);
      assertThat(
              cli(sandbox)
                  .run(
                      "plan",
                      "--format=markdown=plan.md",
                      "--allow=cut-comment",
                      "--out=plan.json"))
          .exited(0)
          .complained("allowed once with --allow cut-comment");
      JsonNode saved = new ObjectMapper().readTree(folder.resolve("plan.json").toFile());
      Assertions.assertThat(saved.path("allowed").toString()).isEqualTo("[\"cut-comment\"]");
      JsonNode finding = saved.path("findings").get(0);
      Assertions.assertThat(finding.path("rule").asText()).isEqualTo("cut-comment");
      Assertions.assertThat(finding.path("allowed").asBoolean()).isTrue();
      Assertions.assertThat(finding.path("allowance").asText()).isEqualTo("cut-comment");
      // Who applies from the policy asks for no comment, and for the same plan.
      assertThat(
              cli(sandbox)
                  .run(
                      "apply",
                      "--dry-run",
                      "--allow=cut-comment",
                      "--expect-digest=" + saved.path("digest").asText()))
          .exited(0);
      assertThat(
              cli(sandbox)
                  .run("apply", "--dry-run", "--expect-digest=" + saved.path("digest").asText()))
          .exited(4);
      policy(sandbox, 0);
      Files.writeString(
          folder.resolve("platform.yaml"), "version: 1\nguardrails: {cut-comment: warn}\n");
      assertThat(
              cli(sandbox)
                  .run("plan", "--format", "markdown=plan.md", "--platform", "platform.yaml"))
          .exited(0)
          .complained("warning[cut-comment]");
      Files.writeString(
          folder.resolve("tokens.yaml"),
          Files.readString(folder.resolve("tokens.yaml"))
              .replace("{lockout: off}", "{cut-comment: off}"));
      assertThat(cli(sandbox).run("plan", "--format", "markdown=plan.md"))
          .exited(1)
          .complained("tokens.yaml:2:14: error[misplaced-key]");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"--markdown-limit=4095", "--markdown-limit=1000001", "--markdown-limit=x"})
  void aLimitHasBounds(String option) {
    assertThat(Cli.in(folder).run("plan", option))
        .exited(64)
        .complained("is not a whole number from 4096 to 1000000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--commit=abc", "--commit=HEAD", "--commit=abcdefg<b>", "--commit="})
  void aCommitIsAHash(String option) {
    assertThat(Cli.in(folder).run("show", "plan.json", option))
        .exited(64)
        .complained("is not a commit, which has 7 to 64 hexadecimal digits");
  }
}
