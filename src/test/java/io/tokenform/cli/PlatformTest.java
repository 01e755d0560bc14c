package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.cli.options.ClusterOptions;
import java.io.IOException;
import java.nio.file.Files;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A platform file says which cluster it must be, whatever policy, plan or journal say. */
class PlatformTest extends CommandTest {
  private static final String OTHER = "eeeeeeee-3333-4333-8333-333333333333";

  @BeforeEach
  void policy() throws IOException {
    policyForSandbox(TOKENS);
  }

  private void platform(String text) throws IOException {
    Files.writeString(folder.resolve("platform.yaml"), "version: 1\n" + text + "\n");
  }

  private void platformFor(String clusterId) throws IOException {
    platform(
        "cluster: {product: cloud-dedicated, accountId: %s, clusterId: %s}"
            .formatted(sandbox.accountId(), clusterId));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "plan",
        "apply --auto-approve",
        "token update grafana --add --read-database logs --auto-approve"
      })
  void anotherClusterIsRefusedWithBothPlaces(String line) throws IOException {
    platformFor(OTHER);

    assertThat(
            cli()
                .run(
                    (line + " --platform platform.yaml --management-token-file nowhere")
                        .split(" ")))
        .exited(1)
        .printedNothing()
        .complained(
            "error: the cluster id is "
                + sandbox.clusterId()
                + " (tokens.yaml:5:14), and the platform file says "
                + OTHER
                + " (platform.yaml:2:97)\n",
            "  hint: nothing was sent; use the policy of that cluster, or the platform file of"
                + " this one\n");
    Assertions.assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"--platform", "--policy-guardrails"})
  void theSameClusterIsPlannedUnderEitherName(String option) throws IOException {
    platformFor(sandbox.clusterId().toString());

    assertThat(cli().run("plan", option, "platform.yaml")).exited(0).complainedOfNothing();
  }

  @Test
  void noFlagLoosensIt() throws IOException {
    platformFor(sandbox.clusterId().toString());
    assertThat(cli().run("plan", "--platform", "platform.yaml", "--cluster", OTHER))
        .exited(1)
        .complained("the cluster id is " + OTHER + " (--cluster), and the platform file says ");

    platform("cluster: {product: clustered, url: \"https://cluster.example.com\"}");
    assertThat(cli().run("plan", "--platform", "platform.yaml"))
        .exited(1)
        .complained(
            "the product is cloud-dedicated (tokens.yaml:3:12), and the platform file says"
                + " clustered (platform.yaml:2:20)");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void itVouchesForNoHost() throws IOException {
    policy("version: 1\ncluster: {product: clustered, url: \"" + sandbox.url() + "\"}\n" + TOKENS);
    platform("cluster: {product: clustered, url: \"" + sandbox.url() + "\"}");

    assertThat(Cli.in(folder).withManagementToken().run("plan", "--platform", "platform.yaml"))
        .exited(1)
        .complained("tokens.yaml:2:36 alone names the host " + sandbox.url());
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void whereTheClusterIsNoSandboxNoneIsStarted() throws IOException {
    policy("version: 1\ncluster: {product: sandbox}\n");
    platformFor(sandbox.clusterId().toString());

    assertThat(cli().run("plan", "--platform", "platform.yaml"))
        .exited(1)
        .complained("the product is sandbox (tokens.yaml:2:20), and the platform file says");
    Assertions.assertThat(folder.resolve(ClusterOptions.SANDBOX_STATE)).doesNotExist();
    platform("cluster: {product: sandbox}");
    assertThat(cli().run("plan", "--platform", "platform.yaml")).exited(0);
  }

  @Test
  void aSavedPlanAndAJournalAreHeldAgainstIt() throws IOException {
    assertThat(cli().run("plan", "--out", "plan.json")).exited(0);
    platformFor(OTHER);
    String[] line = {"apply", "plan.json", "--auto-approve", "--platform", "platform.yaml"};
    requests.clear();
    assertThat(cli().run(line))
        .exited(1)
        .complained(
            "the cluster id is " + sandbox.clusterId() + " (plan.json), and the platform file");
    Assertions.assertThat(requests).isEmpty();

    platformFor(sandbox.clusterId().toString());
    assertThat(cli().run(line)).exited(0);

    requests.clear();
    platformFor(OTHER);
    assertThat(cli().run("rollback", "latest", "--auto-approve", "--platform", "platform.yaml"))
        .exited(1)
        .complained(
            "the cluster id is "
                + sandbox.clusterId()
                + " ("
                + journals().get(0).getFileName()
                + "), and the platform file says");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aSavedPlanWasHeldAgainstItsGuardrailsOrIsRefused() throws IOException {
    String[] line = {"apply", "plan.json", "--auto-approve", "--platform", "platform.yaml"};
    platform("guardrails: {widening: warn, lockout: off}");
    assertThat(cli().run("plan", "--out", "plan.json")).exited(0);
    requests.clear();
    assertThat(cli().run(line))
        .exited(1)
        .complained(
            "error: the plan plan.json was not checked against widening: warn"
                + " (platform.yaml:2:14)\n",
            "  hint: make the plan again, with this file for --platform\n");
    Assertions.assertThat(requests).isEmpty();

    assertThat(cli().run("plan", "--out", "plan.json", "--platform", "platform.yaml")).exited(0);
    requests.clear();
    platform("guardrails: {widening: deny}");
    assertThat(cli().run(line)).exited(1).complained("was not checked against widening: deny");
    Assertions.assertThat(requests).isEmpty();

    platform("guardrails: {widening: warn}");
    assertThat(cli().run(line)).exited(0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      textBlock =
          """
          'cluster: {product: sandbox, seed: x.json}' ; cannot have a seed
          'cluster: {product: clustered}'             ; needs the key "url"
          'cluster: {}'                               ; has no product
          'roles: {}'                                 ; a platform file may have
          """)
  void aPlatformFileIsReadStrictly(String text, String message) throws IOException {
    platform(text);
    assertThat(cli().run("plan", "--platform", "platform.yaml"))
        .exited(1)
        .complained("platform.yaml:2:", message);
    Assertions.assertThat(requests).isEmpty();
  }
}
