package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FleetApplyCommandTest {
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

  @TempDir Path folder;
  @TempDir Path configuration;

  private FleetSandboxes fleet;

  @BeforeEach
  void twoWaves() throws IOException {
    fleet =
        new FleetSandboxes(folder)
            .with("dev", 1, "changing")
            .with("prod-eu", 2, "changing")
            .with("prod-us", 2, "same")
            .write(2);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  private Cli cli() {
    return Cli.in(folder)
        .withManagementToken()
        .with("XDG_CONFIG_HOME", configuration.toString())
        .with("COLUMNS", "1000");
  }

  private List<String> written() {
    return fleet.writes().stream().map(FleetSandboxes.Write::cluster).toList();
  }

  private List<String> journals(String cluster) throws IOException {
    Path journals = folder.resolve(".tokenform/journal").resolve(cluster);
    if (!Files.isDirectory(journals)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(journals)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".jsonl"))
          .toList();
    }
  }

  private void plan() {
    assertThat(cli().run("plan", "--fleet", "fleet.yaml", "--trust-fleet-hosts", "--out", "plans"))
        .exited(0)
        .complained("next: tokenform apply plans --trust-fleet-hosts\n");
  }

  /** The digest of the fleet: the last that is printed. */
  private static String digest(Cli.Run run) {
    Matcher found = DIGEST.matcher(run.out());
    String last = "";
    while (found.find()) {
      last = found.group();
    }
    return last;
  }

  @Test
  void clustersAreAppliedWaveByWaveWithAJournalForEach() throws IOException {
    Cli.Run run =
        cli().run("apply", "--fleet", "fleet.yaml", "--trust-fleet-hosts", "--auto-approve");

    assertThat(run).exited(0);
    Assertions.assertThat(run.out().substring(run.out().indexOf("\nWave 1: dev\n")))
        .isEqualTo(
            """

            Wave 1: dev

            dev
            [1/2] applied  grafana (widens)
            [2/2] applied  telegraf (narrows)

            Apply complete: 2 applied, 0 failed, 0 not attempted.
            Journal: .tokenform/journal/dev/%s

            Wave 2: prod-eu

            prod-eu
            [1/2] applied  grafana (widens)
            [2/2] applied  telegraf (narrows)

            Apply complete: 2 applied, 0 failed, 0 not attempted.
            Journal: .tokenform/journal/prod-eu/%s

            CLUSTER  WAVE  CHANGES  RESULT
            dev      1     2        applied 2
            prod-eu  2     2        applied 2
            prod-us  2     0        no changes

            Fleet complete: 3 clusters, 2 applied, 1 unchanged.
            """
                .formatted(journals("dev").get(0), journals("prod-eu").get(0))
                .replace(".tokenform/journal/", folder.resolve(".tokenform/journal") + "/"));
    Assertions.assertThat(written()).containsExactly("dev", "dev", "prod-eu", "prod-eu");
    Assertions.assertThat(journals("prod-us")).isEmpty();
    assertThat(
            cli()
                .run("plan", "--fleet", "fleet.yaml", "--trust-fleet-hosts", "--detailed-exitcode"))
        .exited(0)
        .printed("Fleet: 3 clusters, 3 unchanged.");
  }

  @Test
  void theDryRunShowsTheRequestsOfEachClusterAndSendsNone() {
    assertThat(cli().run("apply", "--fleet", "fleet.yaml", "--trust-fleet-hosts", "--dry-run"))
        .exited(0)
        .printed("dev\n", "prod-eu\n", "PATCH ")
        .complained("note: dry run: 4 requests to 2 clusters, none was sent\n");
    Assertions.assertThat(written()).isEmpty();
  }

  @Test
  void aClusterThatCannotBeAppliedKeepsAllOthersFromBeingTouched() throws IOException {
    fleet.of("prod-eu").close();

    assertThat(
            cli()
                .run(
                    "apply",
                    "--fleet",
                    "fleet.yaml",
                    "--trust-fleet-hosts",
                    "--auto-approve",
                    "--max-attempts",
                    "1"))
        .exited(1)
        .complained(
            "error: 1 cluster without a plan, prod-eu; nothing was sent\n",
            "  hint: mend them, or leave them out with --only\n");
    Assertions.assertThat(written()).isEmpty();
    assertThat(
            cli()
                .run(
                    "apply",
                    "--only",
                    "wave=w1",
                    "--trust-fleet-hosts",
                    "--auto-approve",
                    "--max-attempts",
                    "1"))
        .exited(0)
        .printed("Fleet complete: 1 cluster, 1 applied.");
  }

  @Test
  void theWorstOfAllClustersDecidesTheExitCode() throws IOException {
    Files.writeString(
        folder.resolve("platform.yaml"), "{version: 1, guardrails: {widening: deny}}\n");
    String[] words = {
      "apply",
      "--fleet",
      "fleet.yaml",
      "--platform",
      "platform.yaml",
      "--trust-fleet-hosts",
      "--auto-approve",
      "--max-attempts",
      "1"
    };
    assertThat(cli().run(words))
        .exited(3)
        .complained(
            "error: 2 clusters denied by a guardrail or an expectation, dev, prod-eu; nothing was"
                + " sent\n");
    fleet.of("prod-us").close();
    assertThat(cli().run(words)).exited(1);
    Assertions.assertThat(written()).isEmpty();
  }

  @Test
  void somebodyAtATerminalIsAskedOnceForAll() {
    assertThat(
            cli()
                .atTerminal("no\n")
                .run("apply", "--fleet", "fleet.yaml", "--trust-fleet-hosts", "--no-color"))
        .exited(1)
        .complained(
            "Apply these plans, 4 changes on 2 clusters in 2 waves?",
            "error: not approved; nothing was sent\n");
    Assertions.assertThat(written()).isEmpty();
    assertThat(
            cli()
                .atTerminal("yes\n")
                .run("apply", "--fleet", "fleet.yaml", "--trust-fleet-hosts", "--no-color"))
        .exited(0)
        .printed("Fleet complete: 3 clusters, 2 applied, 1 unchanged.");
    assertThat(cli().run("apply", "--fleet", "fleet.yaml", "--trust-fleet-hosts"))
        .exited(64)
        .complained("apply cannot ask for approval");
  }

  @Test
  void exactlyTheSavedPlansAreAppliedAndOnlyThoseThatWereReviewed() {
    plan();
    Cli.Run shown = cli().run("show", "plans");
    String digest = digest(shown);
    String other = "sha256:" + "0".repeat(64);

    assertThat(
            cli()
                .run(
                    "apply",
                    "plans",
                    "--trust-fleet-hosts",
                    "--auto-approve",
                    "--expect-digest",
                    other))
        .exited(1)
        .complained("error: the digest of this plan is " + digest + ", and not the expected one");
    Assertions.assertThat(written()).isEmpty();
    // The digest is that of the whole folder, whichever clusters of it are applied.
    assertThat(
            cli()
                .run(
                    "apply",
                    "plans",
                    "--only",
                    "dev",
                    "--trust-fleet-hosts",
                    "--auto-approve",
                    "--expect-digest",
                    digest))
        .exited(0)
        .printed("Fleet complete: 1 cluster, 1 applied.");
    Assertions.assertThat(written()).containsOnly("dev");
    // What has been applied already has drifted from the plan, as with one cluster.
    assertThat(cli().run("apply", "plans", "--trust-fleet-hosts", "--auto-approve"))
        .exited(4)
        .printed(
            "dev      1     2        drifted since the plan\n",
            "prod-eu  2     2        not begun: wave 1 did not end well\n");
    Assertions.assertThat(written()).containsOnly("dev");
  }

  @Test
  void whatASavedPlanHasAnsweredIsRefused() {
    plan();
    assertThat(cli().run("apply", "plans", "--fleet", "fleet.yaml", "--auto-approve"))
        .exited(64)
        .complained("--fleet cannot be used with saved plans");
    assertThat(cli().run("apply", "plans", "--target", "grafana", "--auto-approve"))
        .exited(64)
        .complained("--target cannot be used with a saved plan");
    assertThat(cli().run("apply", "plans", "--only", "pord-eu", "--auto-approve"))
        .exited(64)
        .complained("the fleet has no cluster \"pord-eu\"", "did you mean \"prod-eu\"?");
  }

  @Test
  void noFolderAloneSaysWhereTokensGo() throws IOException {
    plan();
    assertThat(cli().run("apply", "plans", "--auto-approve"))
        .exited(1)
        .complained("--trust-fleet-hosts");
    Assertions.assertThat(written()).isEmpty();
    Files.writeString(
        folder.resolve("platform.yaml"),
        "{version: 1, hosts: ['%s', '%s']}\n"
            .formatted(fleet.of("dev").url(), fleet.of("prod-eu").url()));
    assertThat(cli().run("apply", "plans", "--auto-approve", "--platform", "platform.yaml"))
        .exited(0)
        .printed("Fleet complete");
  }

  @Test
  void aPlanThatWasNotHeldAgainstThePlatformOfNowIsRefusedForAll() throws IOException {
    plan();
    Files.writeString(
        folder.resolve("platform.yaml"), "{version: 1, guardrails: {widening: deny}}\n");
    assertThat(
            cli()
                .run(
                    "apply",
                    "plans",
                    "--platform",
                    "platform.yaml",
                    "--trust-fleet-hosts",
                    "--auto-approve"))
        .exited(1)
        .complained("plans/dev.plan.json was not checked against widening");
    Assertions.assertThat(written()).isEmpty();
  }

  @Test
  void afterAnInterruptNothingMoreBegins() {
    AtomicReference<Runnable> interrupt = new AtomicReference<>();
    fleet.onWrite(cluster -> interrupt.get().run());

    assertThat(
            cli()
                .interruptedBy(
                    (first, second) -> {
                      interrupt.set(first);
                      return () -> {};
                    })
                .run(
                    "apply",
                    "--fleet",
                    "fleet.yaml",
                    "--trust-fleet-hosts",
                    "--auto-approve",
                    "--parallelism",
                    "1"))
        .exited(130)
        .printed(
            "dev      1     2        applied 1 of 2\n",
            "prod-eu  2     2        not begun: wave 1 did not end well\n",
            "prod-us  2     0        no changes\n",
            "Fleet incomplete: 3 clusters, 1 unchanged, 1 incomplete, 1 not begun.\n")
        .complained("error: interrupted: 1 cluster did not end as planned, and 1 cluster was not");
    Assertions.assertThat(written()).containsExactly("dev");
  }

  @Test
  void aClusterThatWasWholeWhenTheInterruptCameIsApplied() {
    AtomicReference<Runnable> interrupt = new AtomicReference<>();
    fleet.onWrite(
        cluster -> {
          if (written().size() == 2) {
            interrupt.get().run();
          }
        });

    assertThat(
            cli()
                .interruptedBy(
                    (first, second) -> {
                      interrupt.set(first);
                      return () -> {};
                    })
                .run(
                    "apply",
                    "--fleet",
                    "fleet.yaml",
                    "--trust-fleet-hosts",
                    "--auto-approve",
                    "--parallelism",
                    "1"))
        .exited(130)
        .printed(
            "dev      1     2        applied 2\n",
            "prod-eu  2     2        not begun: interrupted\n",
            "Fleet incomplete: 3 clusters, 1 applied, 1 unchanged, 1 not begun.\n")
        .complained("error: interrupted: 1 cluster was not begun\n");
    Assertions.assertThat(written()).containsExactly("dev", "dev");
  }

  @Test
  void oneClusterOfAFleetIsRolledBackWithItsOwnJournal() throws IOException {
    assertThat(cli().run("apply", "--fleet", "fleet.yaml", "--trust-fleet-hosts", "--auto-approve"))
        .exited(0);
    // A policy that is broken by now keeps nobody from undoing something.
    Files.writeString(folder.resolve("changing/tokens.yaml"), "tokns: [");

    assertThat(cli().run("journal", "list", "--only", "prod-eu"))
        .exited(0)
        .printed(journals("prod-eu").get(0), "2 applied");
    assertThat(cli().run("rollback", "--only", "prod-*", "latest", "--auto-approve"))
        .exited(64)
        .complained("this command is about one cluster, and 2 are meant: prod-eu, prod-us");
    assertThat(
            cli()
                .run(
                    "rollback",
                    "--only",
                    "prod-eu",
                    "latest",
                    "--trust-fleet-hosts",
                    "--auto-approve",
                    "--allow",
                    "wildcard-write:telegraf"))
        .exited(0)
        .printed("Rollback complete: 2 applied");
    Assertions.assertThat(fleet.of("prod-eu").token(CommandTest.TELEGRAF).permissions())
        .isEqualTo(Permissions.of(Permission.write("*")));
    Assertions.assertThat(fleet.of("dev").token(CommandTest.TELEGRAF).permissions())
        .isEqualTo(Permissions.of(Permission.write("metrics")));
    Assertions.assertThat(journals("prod-eu")).hasSize(2);
    Assertions.assertThat(journals("dev")).hasSize(1);
  }

  @Test
  void aJournalIsNotRolledBackOnAnotherClusterThatHasTheNameNow() throws IOException {
    assertThat(cli().run("apply", "--fleet", "fleet.yaml", "--trust-fleet-hosts", "--auto-approve"))
        .exited(0);
    fleet.writes().clear();
    Path file = folder.resolve("fleet.yaml");
    String text = Files.readString(file);
    Files.writeString(
        file,
        text.replace(
                fleet.of("prod-eu").url().toString(), fleet.of("prod-us").url().toString() + "#")
            .replace(fleet.of("prod-us").url() + "'", fleet.of("prod-eu").url() + "'")
            .replace("#", ""));

    assertThat(
            cli()
                .run(
                    "rollback",
                    "--only",
                    "prod-eu",
                    "latest",
                    "--trust-fleet-hosts",
                    "--auto-approve"))
        .exited(1)
        .complained("is of another cluster than the one that the fleet file now calls prod-eu");
    Assertions.assertThat(written()).isEmpty();
  }

  @Test
  void savedPlansAreShownInEveryForm() throws IOException {
    plan();
    Cli.Run whole =
        cli().run("plan", "--fleet", "fleet.yaml", "--trust-fleet-hosts", "--format", "markdown");
    assertThat(cli().run("show", "plans")).exited(0).printed("Digest: " + digest(whole));
    Assertions.assertThat(
            cli().run("show", "plans", "--format", "markdown").out().replaceAll("plans", ""))
        .contains(digest(whole));
    assertThat(cli().run("show", "plans", "--format", "json=plans/dev.plan.json"))
        .exited(64)
        .complained("which is read as a part of the plan");
    Files.writeString(
        folder.resolve("plans/dev.plan.json"),
        Files.readString(folder.resolve("plans/dev.plan.json")).replace("logs", "lags"));
    assertThat(cli().run("show", "plans"))
        .exited(1)
        .complained("the plan in plans cannot be used: dev.plan.json");
  }
}
