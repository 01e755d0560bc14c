package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.cli.manual.ManPages;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class NextCommandTest extends CommandTest {
  /** The command that comes next, which the real command line reads. */
  private static Optional<String> next(Cli.Run run) {
    Optional<String> next =
        run.err()
            .lines()
            .filter(line -> line.startsWith("next: "))
            .map(line -> line.substring("next: ".length()))
            .findFirst();
    next.ifPresent(
        command -> ManPages.tree().parseArgs(words(command.substring("tokenform ".length()))));
    return next;
  }

  /** As a shell takes them apart, for what ShellWord writes. */
  static String[] words(String command) {
    return List.of(command.split(" (?=(?:[^']*'[^']*')*[^']*$)")).stream()
        .map(word -> word.replace("'", ""))
        .toArray(String[]::new);
  }

  @Test
  void aPlanIsAppliedWithTheSameOptions() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().run("plan")).exited(0).complained("next: tokenform apply\n");

    Cli.Run run =
        cli()
            .run(
                "plan",
                "-f",
                "tokens.yaml",
                "--target=graf*",
                "--timeout",
                "9",
                "--no-color",
                "--order=revoke-first",
                "--detailed-exitcode",
                "--format",
                "diff");

    Assertions.assertThat(next(run))
        .contains(
            "tokenform apply -f tokens.yaml --target 'graf*' --timeout 9 --order revoke-first");
  }

  @Test
  void aPlanFromASnapshotIsAppliedToTheCluster() throws IOException {
    policyForSandbox(TOKENS);
    cli().run("snapshot", "--out", "live.json");

    assertThat(cli().run("plan", "--live", "live.json", "--max-age", "400d"))
        .exited(0)
        .complained("next: tokenform apply --url " + sandbox.url() + "\n");
  }

  @Test
  void afterASnapshotTheHostIsNamedWhereAFileAloneWouldNameIt() throws IOException {
    String url = sandbox.url().toString();
    policy("version: 1\ncluster: {product: clustered, url: '" + url + "'}\n" + TOKENS);
    Cli alone = Cli.in(folder).withManagementToken();
    assertThat(alone.run("snapshot", "--url", url, "--out", "live.json")).exited(0);
    Cli.Run run = alone.run("plan", "--live", "live.json", "--out", "plan.json");

    Assertions.assertThat(next(run)).contains("tokenform apply plan.json --url " + url);
    Assertions.assertThat(
            next(alone.run("plan", "--live", "live.json", "--out", "plan.json", "--url", url)))
        .contains("tokenform apply plan.json --url " + url);
    assertThat(alone.run("apply", "plan.json", "--auto-approve")).exited(1);
    assertThat(alone.run("apply", "plan.json", "--url", url, "--auto-approve")).exited(0);
  }

  @Test
  void theMarkdownNamesTheFileAndTheHostThatApplyNeeds() throws IOException {
    String url = sandbox.url().toString();
    policyForSandbox(TOKENS);
    assertThat(cli().run("plan", "--format", "markdown"))
        .exited(0)
        .printed(
            "Apply exactly this plan, from the same policy with the same options: `tokenform apply"
                + " --url "
                + url
                + " --expect-digest sha256:")
        .neverShowed("saved with");
    String saved =
        "Apply exactly this plan, saved with `--out p.json`: `tokenform apply p.json --url "
            + url
            + " --expect-digest sha256:";
    assertThat(cli().run("plan", "--format", "markdown", "--out", "p.json")).printed(saved);
    assertThat(cli().run("show", "p.json", "--format", "markdown")).printed(saved);
  }

  @Test
  void aSavedPlanIsAppliedFromItsFile() throws IOException {
    policyForSandbox(TOKENS);
    Cli.Run run =
        cli()
            .run(
                "plan",
                "-f",
                "tokens.yaml",
                "--out",
                "a plan.json",
                "--due",
                "exclude",
                "--url",
                sandbox.url().toString());

    Assertions.assertThat(next(run))
        .contains("tokenform apply 'a plan.json' --url " + sandbox.url());
    assertThat(
            cli().run("apply", "a plan.json", "--url", sandbox.url().toString(), "--auto-approve"))
        .exited(0);
  }

  @Test
  void whoeverCannotPasteItIsToldNothing() throws IOException {
    policyForSandbox(TOKENS);
    for (String format : new String[] {"json", "markdown", "github"}) {
      Assertions.assertThat(next(cli().run("plan", "--format", format))).as(format).isEmpty();
    }
    String policy = Files.readString(folder.resolve("tokens.yaml"));
    Assertions.assertThat(next(cli().input(policy).run("plan", "-f", "-")))
        .as("standard input is read once")
        .isEmpty();
    Assertions.assertThat(next(cli().input(policy).run("plan", "-f", "-", "--out", "p.json")))
        .contains("tokenform apply p.json");
    Assertions.assertThat(
            next(cli().run("plan", "--management-token-command", "echo sandbox-management-token")))
        .as("the command may hold a secret")
        .isEmpty();

    policyForSandbox("tokens: {grafana: {id: %s, description: Grafana}}".formatted(GRAFANA));
    Assertions.assertThat(next(cli().run("plan"))).as("nothing to change").isEmpty();
    policyForSandbox("tokens: {grafana: {id: %s, permissions: {}}}".formatted(GRAFANA));
    Assertions.assertThat(next(cli().run("plan"))).as("denied").isEmpty();
  }
}
