package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.testing.ScriptedServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
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
            "  hint: what each of them needs is said above; --only '!prod-eu' leaves it out\n");
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
    // The rest goes on behind what has been applied already.
    assertThat(cli().run("apply", "plans", "--trust-fleet-hosts", "--auto-approve"))
        .exited(0)
        .printed(
            "dev      1     2        applied before: nothing is left to do\n",
            "prod-eu  2     2        applied 2\n",
            "Fleet complete: 3 clusters, 1 applied, 1 unchanged, 1 applied before.\n");
    Assertions.assertThat(written()).containsExactly("dev", "dev", "prod-eu", "prod-eu");
    // Where nothing is left at all, the plans are stale, as with one cluster.
    assertThat(cli().run("apply", "plans", "--trust-fleet-hosts", "--auto-approve"))
        .exited(4)
        .complained("error: these plans were applied before; nothing was sent\n");
    Assertions.assertThat(written()).hasSize(4);
  }

  @Test
  void whatWasAppliedInPartStopsLaterWaves() throws Exception {
    plan();
    fleet.patch(
        "dev",
        CommandTest.TELEGRAF,
        "{\"permissions\":[{\"action\":\"write\",\"resource\":\"metrics\"}]}");
    assertThat(cli().run("apply", "plans", "--trust-fleet-hosts", "--auto-approve"))
        .exited(4)
        .printed(
            "dev      1     2        drifted since the plan\n",
            "prod-eu  2     2        not begun: wave 1 did not end well\n");
    Assertions.assertThat(written()).containsExactly("dev");
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
        .complained("the saved plan has no cluster \"pord-eu\"", "did you mean \"prod-eu\"?");
    for (String option :
        List.of("--fleet=fleet.yaml", "--only=dev", "--shard=0/2", "--trust-fleet-hosts")) {
      assertThat(cli().run("apply", "plans/dev.plan.json", option, "--auto-approve"))
          .exited(64)
          .complained(
              "error: "
                  + option.replaceAll("=.*", "")
                  + " is about a fleet, and plans/dev.plan.json is the plan of one cluster\n");
    }
    Assertions.assertThat(written()).isEmpty();
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
  void noShareIsAppliedWhereItWouldNotWaitForTheWavesOfOthers() {
    String[] shares = {"0/2", "1/2"};
    for (String share : shares) {
      String folder = "share" + share.charAt(0);
      Cli.Run planned =
          cli()
              .run(
                  "plan",
                  "--fleet=fleet.yaml",
                  "--trust-fleet-hosts",
                  "--shard",
                  share,
                  "--out",
                  folder);
      assertThat(planned).exited(0);
      Assertions.assertThat(planned.err()).doesNotContain("next: ");
      assertThat(
              cli()
                  .run(
                      "apply",
                      "--fleet=fleet.yaml",
                      "--shard",
                      share,
                      "--trust-fleet-hosts",
                      "--auto-approve"))
          .exited(64)
          .complained(
              "error: --shard cannot be used to apply clusters of 2 waves: no share would wait for"
                  + " the wave before\n",
              "--only");
      assertThat(cli().run("apply", folder, "--trust-fleet-hosts", "--auto-approve"))
          .exited(1)
          .complained(
              "the plan in " + folder + " is the share " + share + " of clusters of 2 waves",
              "tokenform fleet merge");
    }
    Assertions.assertThat(written()).isEmpty();

    assertThat(cli().run("fleet", "merge", "--out", "plans", "share0", "share1")).exited(0);
    assertThat(cli().run("apply", "plans", "--shard=0/2", "--auto-approve")).exited(64);
    for (String share : shares) {
      assertThat(
              cli()
                  .run(
                      "apply",
                      "plans",
                      "--only=wave=w1",
                      "--shard",
                      share,
                      "--trust-fleet-hosts",
                      "--auto-approve"))
          .exited(0);
    }
    Assertions.assertThat(written()).containsExactly("dev", "dev");
    assertThat(
            cli()
                .run(
                    "apply",
                    "--only=wave=w2",
                    "--shard=0/2",
                    "--trust-fleet-hosts",
                    "--auto-approve"))
        .exited(0)
        .printed("Fleet complete: 1 cluster, 1 applied.");
  }

  @Test
  void aClusterThatWaitsForAnotherApplySaysSoAtOnce() throws Exception {
    Path journals = Files.createDirectories(folder.resolve(".tokenform/journal/dev"));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    AtomicReference<Cli.Run> run = new AtomicReference<>();
    Thread apply =
        new Thread(
            () ->
                run.set(
                    cli()
                        .errorsTo(said)
                        .run(
                            "apply",
                            "--fleet=fleet.yaml",
                            "--trust-fleet-hosts",
                            "--auto-approve")));
    try (FileChannel other =
            FileChannel.open(
                journals.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      Assertions.assertThat(held.isValid()).isTrue();
      apply.start();
      while (!said.toString(StandardCharsets.UTF_8)
          .contains(
              "note: dev: waiting up to 600 s for another apply, which keeps its journal in "
                  + journals)) {
        Thread.onSpinWait();
      }
      Assertions.assertThat(written()).isEmpty();
    }
    apply.join();
    assertThat(run.get()).exited(0).printed("Fleet complete: 3 clusters, 2 applied, 1 unchanged.");
  }

  /** The commands that a run says in quotes. */
  private static List<String> commands(Cli.Run run) {
    return Pattern.compile("\"tokenform ([^\"]*)\"")
        .matcher(run.err())
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void theCommandsThatComeNextCanBePasted() throws IOException {
    Files.writeString(folder.resolve("platform.yaml"), "{version: 1, guardrails: {}}\n");
    String[] options = {
      "--platform=platform.yaml", "--trust-fleet-hosts", "--auto-approve", "--parallelism=1"
    };
    for (String from : List.of("--fleet=clusters.yaml", "plans")) {
      String journals = "--journal-dir=journals-of-" + from.replaceAll("[^a-z]", "");
      fleet.close();
      fleet =
          new FleetSandboxes(folder)
              .with("dev", 1, "changing", "status=400,on=PATCH,skip=1,first=2")
              .with("prod-eu", 2, "changing")
              .write(2);
      Files.copy(
          folder.resolve("fleet.yaml"),
          folder.resolve("clusters.yaml"),
          StandardCopyOption.REPLACE_EXISTING);
      assertThat(
              cli()
                  .run(
                      "plan",
                      "--platform=platform.yaml",
                      "--fleet=clusters.yaml",
                      "--trust-fleet-hosts",
                      "--out=plans"))
          .exited(0);
      Cli.Run run =
          cli()
              .run(
                  Stream.concat(
                          Stream.of("apply", from, "--reason=why", "--only=*", journals),
                          Stream.of(options))
                      .toArray(String[]::new));
      assertThat(run).exited(1).printed("dev      1     2        applied 1 of 2\n");
      List<String> commands = commands(run);
      String file = from.equals("plans") ? "" : " --fleet clusters.yaml";
      String kept = " " + journals.replace('=', ' ');
      Assertions.assertThat(commands.get(0))
          .startsWith(
              "rollback --only dev"
                  + file
                  + kept
                  + " --platform platform.yaml --trust-fleet-hosts --parallelism 1 "
                  + folder)
          .endsWith(".jsonl");
      if (from.equals("plans")) {
        Assertions.assertThat(commands).hasSize(1);
        assertThat(run).complained("hint: plan the fleet again to see what is left to do\n");
      } else {
        Assertions.assertThat(commands).hasSize(2);
        Assertions.assertThat(commands.get(1))
            .isEqualTo(
                "plan --fleet clusters.yaml --only '*'"
                    + kept
                    + " --platform platform.yaml --trust-fleet-hosts");
        assertThat(cli().run(NextCommandTest.words(commands.get(1)))).exited(0);
      }
      assertThat(
              cli()
                  .run(
                      Stream.concat(
                              Stream.of(NextCommandTest.words(commands.get(0))),
                              Stream.of("--auto-approve"))
                          .toArray(String[]::new)))
          .exited(0)
          .printed("Rollback complete: 1 applied");
    }
  }

  /** What is said of a management token is said when it is looked for, and it is once. */
  @Test
  void theManagementTokenOfPlanningIsThatOfApplying() throws IOException {
    String token =
        "{\"id\":\"%s\",\"description\":\"Grafana\",\"createdAt\":\"2026-01-01T00:00:00Z\","
            .formatted(CommandTest.GRAFANA);
    String none = token + "\"permissions\":[]}";
    String some = token + "\"permissions\":[{\"action\":\"read\",\"resource\":\"metrics\"}]}";
    try (ScriptedServer server =
        ScriptedServer.playing(
            (number, request, wire) -> {
              boolean isChange = request.line().startsWith("PATCH");
              boolean isListing = request.line().contains("/tokens");
              wire.send(
                  ScriptedServer.json(200, isChange ? some : isListing ? "[" + none + "]" : "[]"));
            })) {
      Files.writeString(
          folder.resolve("fleet.yaml"),
          "{version: 1, clusters: {odd: {product: clustered, url: '%s', files: [same]}}}\n"
              .formatted(server.url()));
      Cli.Run run =
          cli()
              .with("INFLUX_DB_MANAGEMENT_TOKEN_ODD", "short")
              .run("apply", "--fleet=fleet.yaml", "--trust-fleet-hosts", "--auto-approve");
      assertThat(run).exited(0).printed("Fleet complete: 1 cluster, 1 applied.");
      Assertions.assertThat(run.err().split("the management token has fewer than", -1)).hasSize(2);
      Assertions.assertThat(server.requests())
          .allMatch(one -> one.header("Authorization").orElse("").equals("Bearer short"));
    }
  }

  /** Has dev and prod-eu make a token, whose secret goes to this sink. */
  private void deliver(String sink) throws IOException {
    Files.writeString(
        folder.resolve("changing/tokens.yaml"),
        """
        version: 1
        tokens:
          checkout:
            description: Checkout
            permissions: {write: [orders]}
            deliver: store
            expires: 90d
        """);
    Files.writeString(
        folder.resolve("platform.yaml"), "{version: 1, sinks: {store: {" + sink + "}}}\n");
  }

  private Cli.Run applyDelivering(String... more) {
    return cli()
        .run(
            Stream.concat(
                    Stream.of(
                        "apply",
                        "--fleet=fleet.yaml",
                        "--platform=platform.yaml",
                        "--trust-fleet-hosts",
                        "--auto-approve"),
                    Stream.of(more))
                .toArray(String[]::new));
  }

  /** As a shell's {@code <(...)} is. */
  @Test
  @Timeout(300)
  void aPlatformFileCanBeAPipeWhichIsReadOnce() throws Exception {
    deliver("directory: 'secrets/{cluster}'");
    makeFolder("secrets/dev");
    makeFolder("secrets/prod-eu");
    Path file = folder.resolve("platform.yaml");
    String text = Files.readString(file);
    Files.delete(file);
    Assertions.assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    for (String command : List.of("plan", "apply")) {
      Thread writer =
          new Thread(
              () -> {
                try {
                  Files.writeString(file, text, StandardOpenOption.WRITE);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      writer.start();
      List<String> words =
          List.of(command, "--fleet=fleet.yaml", "--platform=platform.yaml", "--trust-fleet-hosts");
      assertThat(
              cli()
                  .run(
                      Stream.concat(
                              words.stream(),
                              command.equals("apply")
                                  ? Stream.of("--auto-approve")
                                  : Stream.empty())
                          .toArray(String[]::new)))
          .exited(0);
      writer.join();
    }
  }

  private void makeFolder(String name) throws IOException {
    Files.createDirectories(
        folder.resolve(name),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @Test
  void eachClusterDeliversUnderItsNameInTheFleet() throws IOException {
    for (String sink :
        List.of(
            "directory: 'secrets/{cluster}'", "command: [sh, -c, 'cat > $0', 'told-{cluster}']")) {
      deliver(sink);
      makeFolder("secrets/dev");
      makeFolder("secrets/prod-eu");
      assertThat(applyDelivering("--dry-run"))
          .exited(0)
          .complained("dry run: 6 requests and 2 deliveries to 2 clusters, none was made\n");
      assertThat(applyDelivering()).exited(0).printed("Fleet complete");
      fleet.close();
      twoWaves();
    }
    Assertions.assertThat(
            Stream.of(
                    "secrets/dev/checkout", "secrets/prod-eu/checkout", "told-dev", "told-prod-eu")
                .map(folder::resolve))
        .allSatisfy(file -> Assertions.assertThat(file).content().startsWith("apiv1_"))
        .extracting(Files::readString)
        .doesNotHaveDuplicates();
  }

  @Test
  void secretsThatWouldReplaceEachOtherAreRefusedWhicheverClustersAreChosen() throws IOException {
    for (String sink : List.of("directory: secrets", "command: [sh, -c, 'cat > told']")) {
      deliver(sink);
      makeFolder("secrets");
      for (String only : List.of("--only=*", "--only=dev", "--only=prod-eu")) {
        assertThat(applyDelivering(only))
            .exited(1)
            .complained(
                "error[shared-sink]: 2 clusters of the fleet deliver \"checkout\" to the sink"
                    + " \"store\", which has one place for all of them");
      }
      // The one that has no such token.
      assertThat(applyDelivering("--only=prod-us")).exited(0);
    }
    Assertions.assertThat(written()).isEmpty();
  }

  @Test
  void aTokenOfOtherClustersIsNotExpectedOnTheRestWhicheverAreChosen() throws Exception {
    Files.writeString(
        folder.resolve("platform.yaml"),
        "{version: 1, expect: [{token: telegraf, can: {write: [metrics]}},"
            + " {database: metrics, writers: [telegraf]}]}\n");
    Files.writeString(
        folder.resolve("changing/tokens.yaml"),
        """
        version: 1
        tokens:
          telegraf: {description: Telegraf, clusters: {wave: w1}, permissions: {write: [metrics]}}
        expect:
          - {token: telegraf, can: {write: [metrics]}}
        """);
    Files.writeString(folder.resolve("same/tokens.yaml"), "version: 1\n");
    // There the live token is unmanaged.
    for (String cluster : List.of("prod-eu", "prod-us")) {
      fleet.patch(cluster, CommandTest.TELEGRAF, "{\"permissions\":[]}");
    }
    for (String only : List.of("--only=*", "--only=prod-us", "--only=prod-eu")) {
      assertThat(
              cli()
                  .run(
                      "plan",
                      "--platform=platform.yaml",
                      "--fleet=fleet.yaml",
                      "--trust-fleet-hosts",
                      only))
          .exited(0);
      assertThat(cli().run("validate", "--platform=platform.yaml", "--fleet=fleet.yaml", only))
          .exited(0)
          .complainedOfNothing();
    }
    fleet.patch(
        "prod-us",
        CommandTest.TELEGRAF,
        "{\"permissions\":[{\"action\":\"write\",\"resource\":\"metrics\"}]}");
    assertThat(
            cli().run("plan", "--platform=platform.yaml", "--trust-fleet-hosts", "--only=prod-us"))
        .exited(3);
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
