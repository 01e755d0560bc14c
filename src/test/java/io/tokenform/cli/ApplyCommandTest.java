package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import io.tokenform.cli.console.Interrupts;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.fault.Faults;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApplyCommandTest extends CommandTest {
  @Test
  void anotherPlanThanTheReviewedOneIsShown() throws IOException {
    policyForSandbox(TOKENS);
    String other = "sha256:" + "0".repeat(64);
    Cli.Run run = cli().run("apply", "--auto-approve", "--expect-digest", other);
    assertThat(run)
        .exited(4)
        .printed("grafana", "+ read  logs", "Plan: 2 to update", "Digest: sha256:")
        .complained("not the expected one; nothing was sent", "review this plan, or apply");
    Assertions.assertThat(writes()).isEmpty();

    assertThat(cli().run("plan", "--out", "plan.json")).exited(0);
    assertThat(cli().run("apply", "plan.json", "--auto-approve", "--expect-digest", other))
        .exited(1)
        .printed("grafana", "Digest: sha256:")
        .complained("review this plan");

    String digest = run.out().replaceAll("(?s).*Digest: (sha256:[0-9a-f]{64}).*", "$1");
    assertThat(cli().run("apply", "--auto-approve", "--expect-digest", digest)).exited(0);
    assertThat(cli().run("apply", "--auto-approve", "--expect-digest", digest))
        .exited(4)
        .printed("2 unchanged")
        .complained(
            "not the expected one; nothing was sent",
            "hint: there is nothing to change now: the plan that was reviewed may have been applied")
        .neverShowed("from its file");
    Assertions.assertThat(writes()).hasSize(2);
  }

  @Test
  void yesAppliesThePlanThatWasShown() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().atTerminal("yes\n").run("apply", "--no-color"))
        .exited(0)
        .printed(
            "Plan: 2 to update",
            "[1/2] applied  grafana (widens)",
            "[2/2] applied  telegraf (narrows)",
            "Apply complete: 2 applied, 0 failed, 0 not attempted.")
        .complained("Apply this plan, 2 changes on " + sandbox.url() + "?");
    Assertions.assertThat(permissions(GRAFANA))
        .isEqualTo(permissions(Permission.read("metrics"), Permission.read("logs")));
    Assertions.assertThat(permissions(TELEGRAF))
        .isEqualTo(permissions(Permission.write("metrics")));
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(0).printed("Nothing to change");
  }

  @Test
  void nothingShorterThanYesApplies() throws IOException {
    policyForSandbox(TOKENS);

    for (String answer : List.of("y\n", "YES\n", " yes\n", "\n", "", "yes please\n")) {
      assertThat(cli().atTerminal(answer).run("apply"))
          .exited(1)
          .complained("not approved; nothing was sent");
    }
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void withoutATerminalOrAnApprovalItRefuses() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().run("apply"))
        .exited(64)
        .printedNothing()
        .complained("standard input or standard error is not a terminal", "--auto-approve");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void aPlanThatCannotBeShownIsNotApplied() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().withFullDisk().run("apply", "--auto-approve"))
        .exited(1)
        .complained("standard output cannot be written");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void anApprovalInAdvanceAsksNothing() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().run("apply", "--auto-approve")).exited(0).neverShowed("Apply this plan");
    Assertions.assertThat(writes()).containsExactly("PATCH " + GRAFANA, "PATCH " + TELEGRAF);
  }

  @Test
  void revokeFirstTurnsTheStagesRound() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().run("apply", "--auto-approve", "--order", "revoke-first")).exited(0);
    Assertions.assertThat(writes()).containsExactly("PATCH " + TELEGRAF, "PATCH " + GRAFANA);
  }

  @Test
  void aDryRunPrintsTheRequestsAndSendsNone() throws IOException {
    policyForSandbox(TOKENS);
    String tokens =
        "/api/v0/accounts/%s/clusters/%s/tokens/"
            .formatted(sandbox.accountId(), sandbox.clusterId());

    assertThat(cli().run("apply", "--dry-run"))
        .exited(0)
        .printedExactly(
            """
            PATCH %s%s
            {"permissions":[{"action":"read","resource":"logs"},{"action":"read","resource":"metrics"}]}

            PATCH %s%s
            {"permissions":[{"action":"write","resource":"metrics"}]}
            """
                .formatted(tokens, GRAFANA, tokens, TELEGRAF))
        .complained("dry run: 2 requests, none was sent");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void whatADryRunShowsIsWhatIsSent() throws IOException {
    policyForSandbox(
        """
        tokens:
          grafana:
            id: %s
            description: "Caf\u00e9 \\u202e \\x7f \\U0001F600 \\"quoted\\""
        """
            .formatted(GRAFANA));
    String shown = cli().run("apply", "--dry-run").out().lines().toList().get(1);

    cli().run("apply", "--auto-approve");

    String sent =
        requests.stream().filter(r -> r.method().equals("PATCH")).findFirst().orElseThrow().body();
    var json = new ObjectMapper();
    Assertions.assertThat(json.readTree(shown)).isEqualTo(json.readTree(sent));
    Assertions.assertThat(shown).doesNotContain("\u202e", "\u007f");
    Assertions.assertThat(sandbox.token(GRAFANA).description())
        .isEqualTo("Caf\u00e9 \u202e \u007f \ud83d\ude00 \"quoted\"");
  }

  @Test
  void nothingToChangeAsksNothing() throws IOException {
    policyForSandbox("guardrails: {unmanaged-token: off}\ntokens: {}\n");

    assertThat(cli().atTerminal("").run("apply", "--no-color"))
        .exited(0)
        .printed("Nothing to change")
        .complainedOfNothing();
  }

  @Test
  void aPlanThatWentStaleWhileSomebodyReadItIsNotApplied() throws IOException {
    policyForSandbox(TOKENS);
    InputStream typing =
        whenRead(
            () ->
                patch(
                    GRAFANA.toString(),
                    "{\"permissions\":[{\"action\":\"read\",\"resource\":\"*\"}]}"),
            "yes\n");

    assertThat(cli().atTerminal(typing).run("apply", "--no-color"))
        .exited(4)
        .complained(
            "live has drifted since the plan was made; nothing was sent",
            "grafana  " + GRAFANA,
            "- read  metrics",
            "+ read  *");
    Assertions.assertThat(writes()).containsExactly("PATCH " + GRAFANA);
    Assertions.assertThat(permissions(GRAFANA)).isEqualTo(permissions(Permission.read("*")));
  }

  @Test
  void aFailureStopsLaterStagesAndTheSummarySaysSo() throws IOException {
    // Revoked right after the second listing, so that the call itself fails.
    restartSandbox(
        request -> {
          requests.add(request);
          if (request.path().endsWith("/tokens") && reads() == 2) {
            delete(GRAFANA.toString());
          }
        });
    policyForSandbox(TOKENS);

    assertThat(cli().run("apply", "--auto-approve"))
        .exited(1)
        .printed(
            "[1/2] failed  grafana (widens)",
            "409",
            "[2/2] not attempted  telegraf (narrows)",
            "Apply incomplete: 0 applied, 1 failed, 1 not attempted.")
        .complained("the apply did not do everything", "run plan");
    Assertions.assertThat(permissions(TELEGRAF)).isEqualTo(permissions(Permission.write("*")));
  }

  @Test
  void theEmbeddedSandboxKeepsWhatWasApplied() throws IOException {
    Files.writeString(folder.resolve("seed.json"), SEED);
    policy("version: 1\ncluster: {product: sandbox, seed: seed.json}\n" + TOKENS);

    assertThat(Cli.in(folder).run("apply", "--auto-approve")).exited(0);
    assertThat(Cli.in(folder).run("plan", "--detailed-exitcode")).exited(0);
    Assertions.assertThat(folder.resolve(".tokenform/sandbox.json")).exists();

    Files.writeString(folder.resolve("seed.json"), SEED.replace("Grafana", "Grafana 2"));
    assertThat(Cli.in(folder).run("plan", "--detailed-exitcode"))
        .exited(2)
        .complained("note: the sandbox's seed has changed: it starts afresh from it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "abc", "101", "-1", "1.5", ""})
  void aParallelismIsANumberFromOneToAHundred(String number) throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().run("apply", "--auto-approve", "--parallelism=" + number))
        .exited(64)
        .printedNothing()
        .complained(
            "error: --parallelism: \"" + number + "\" is not a number from 1 to 100",
            "apply --help");
    Assertions.assertThat(requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void aCallThatFailsIsMadeAsOftenAsAllowed(int attempts) throws IOException {
    restartSandbox("status=503,retry-after=0,on=PATCH");
    policyForSandbox(TOKENS);

    assertThat(cli().run("apply", "--auto-approve", "--max-attempts", "" + attempts))
        .exited(1)
        .printed("Apply incomplete: 0 applied, 1 failed, 1 not attempted.");
    Assertions.assertThat(writes()).hasSize(attempts);
    assertThat(cli().run("apply", "--auto-approve", "--max-attempts", "0"))
        .exited(64)
        .complained("error: --max-attempts: \"0\" is not a number from 1 to 100");
  }

  @Test
  void quietlyOnlyWhatWasNotAppliedIsTold() throws IOException {
    restartSandbox("status=409,on=PATCH,skip=1");
    policyForSandbox(TOKENS);

    Cli.Run run = cli().run("apply", "--auto-approve", "--quiet");

    assertThat(run)
        .exited(1)
        .printed(
            "[2/2] failed  telegraf (narrows)\n",
            "Apply incomplete: 1 applied, 1 failed, 0 not attempted.\nJournal: ")
        .neverShowed("[1/2]");
  }

  @Test
  void quietlyAnApplyThatDoesEverythingTellsTheSummaryAlone() throws IOException {
    policyForSandbox(TOKENS);

    assertThat(cli().run("apply", "--auto-approve", "--quiet"))
        .exited(0)
        .printed("\n\n\nApply complete: 2 applied, 0 failed, 0 not attempted.\n")
        .neverShowed("/2]");
  }

  @Test
  void onATerminalTheProgressIsGoneInTheEnd() throws IOException {
    // The first change is answered when its progress has been told.
    CountDownLatch told = new CountDownLatch(1);
    restartSandbox(
        request -> {
          if (request.method().equals("PATCH")) {
            await(told);
          }
        });
    policyForSandbox(TOKENS);

    Cli.Run run =
        cli()
            .atTerminal("")
            .readBy(
                text -> {
                  if (text.contains(" of 2 applied")) {
                    told.countDown();
                  }
                })
            .run("apply", "--auto-approve", "--no-color");

    assertThat(run).exited(0).complained("\r\u001b[K", " of 2 applied");
    Assertions.assertThat(run.err()).endsWith("\r\u001b[K").doesNotContain("applied\n");
    Assertions.assertThat(run.out()).doesNotContain("\u001b");
    Assertions.assertThat(
            cli().atTerminal("").run("apply", "--auto-approve", "--quiet", "--no-color").err())
        .doesNotContain("\u001b");
  }

  @Test
  void anInterruptEndsItWithAnExactSummary() throws IOException {
    AtomicReference<Runnable> interrupt = new AtomicReference<>();
    AtomicInteger closed = new AtomicInteger();
    restartSandbox(
        request -> {
          requests.add(request);
          if (request.method().equals("PATCH")) {
            interrupt.get().run();
          }
        });
    policyForSandbox(TOKENS);

    Cli.Run run =
        cli()
            .interruptedBy(
                (first, second) -> {
                  interrupt.set(first);
                  return closed::incrementAndGet;
                })
            .run("apply", "--auto-approve");

    assertThat(run)
        .exited(130)
        .printed(
            "[1/2] applied  grafana (widens)\n[2/2] not attempted  telegraf (narrows)\n",
            "Apply incomplete: 1 applied, 0 failed, 1 not attempted.\n")
        .complained(
            "note: interrupted: waiting up to 20 s for calls in flight; interrupt again to stop at"
                + " once\n",
            "error: interrupted: nothing new was started\n",
            "  hint: run plan to see what is left to do; \"tokenform rollback ");
    Assertions.assertThat(writes()).containsExactly("PATCH " + GRAFANA);
    Assertions.assertThat(closed).hasValue(1);
    assertThat(cli().run("journal", "show"))
        .printed("stopped  interrupted: nothing new was started", "1 applied, 1 not attempted.");
  }

  @Test
  void whatWasNotAttemptedIsCountedAndNothingIsRolledBackWhereNothingWasDone() throws IOException {
    sandbox.close();
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson(
                    SEED.replace(
                        "\"tokens\": [",
                        "\"tokens\": [{\"id\": \"33333333-0000-4000-8000-000000000003\","
                            + " \"description\": \"Backup\", \"permissions\": [{\"action\":"
                            + " \"read\", \"resource\": \"logs\"}]}, "))
                .faults(Faults.parse(List.of("status=409,on=PATCH"), 1))
                .build());
    policyForSandbox(
        TOKENS + "  backup:\n    id: 33333333-0000-4000-8000-000000000003\n    permissions: {}\n");

    assertThat(cli().run("apply", "--auto-approve", "--allow", "lockout"))
        .exited(1)
        .printed(
            "[1/3] failed  grafana (widens)\n",
            "\nnot attempted  2 changes (--verbose names each)\n\nApply incomplete: 0 applied")
        .neverShowed("tokenform rollback")
        .neverShowed("not attempted  backup");
    assertThat(cli().run("apply", "--auto-approve", "--allow", "lockout", "--verbose"))
        .exited(1)
        .printed("[2/3] not attempted  backup (narrows)\n[3/3] not attempted  telegraf (narrows)\n")
        .neverShowed("tokenform rollback");
    assertThat(cli().run("apply", "--auto-approve", "--allow", "lockout", "--quiet"))
        .exited(1)
        .neverShowed("not attempted  ");
  }

  @Test
  void anInterruptInTheMiddleOfTheSummaryDoesNotCutIt() throws IOException {
    policyForSandbox(TOKENS);
    AtomicReference<Runnable> interrupt = new AtomicReference<>();
    AtomicBoolean listens = new AtomicBoolean();
    AtomicBoolean listened = new AtomicBoolean();

    Cli.Run run =
        cli()
            .interruptedBy(
                (first, second) -> {
                  interrupt.set(first);
                  listens.set(true);
                  return () -> listens.set(false);
                })
            .readBy(
                text -> {
                  if (text.contains("Apply complete")) {
                    listened.set(listens.get());
                    interrupt.get().run();
                  }
                })
            .run("apply", "--auto-approve");

    // Without a handler, the signal would end the process there.
    Assertions.assertThat(listened).isTrue();
    Assertions.assertThat(listens).isFalse();
    assertThat(run).exited(0).printed("Apply complete: 2 applied").complainedOfNothing();
  }

  @Test
  void evenASecondInterruptLetsTheSummaryBeRead() throws Exception {
    AtomicReference<Runnable> first = new AtomicReference<>();
    AtomicReference<Thread> second = new AtomicReference<>();
    restartSandbox(
        request -> {
          if (request.method().equals("PATCH")) {
            first.get().run();
          }
        });
    policyForSandbox(TOKENS);
    AtomicBoolean waited = new AtomicBoolean();

    Cli.Run run =
        cli()
            .interruptedBy(
                (once, again) -> {
                  first.set(once);
                  second.set(new Thread(again, "second"));
                  return () -> {};
                })
            .readBy(
                text -> {
                  if (text.contains("Apply incomplete")) {
                    second.get().start();
                    waited.set(Waiting.reached(second.get()));
                  }
                })
            .run("apply", "--auto-approve");

    // The process ends when it returns.
    Assertions.assertThat(waited).isTrue();
    assertThat(run)
        .exited(130)
        .printed("Apply incomplete: 1 applied, 0 failed, 1 not attempted.\n")
        .complained("error: interrupted: nothing new was started\n", "  hint: run plan")
        .neverShowed("stopped at once");
    // Once all is said, it ends.
    second.get().join(Duration.ofMinutes(10).toMillis());
    Assertions.assertThat(second.get().isAlive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {".tokenform/journal", "elsewhere"})
  void theHintNamesARollbackThatWorksAsPrinted(String journals) throws IOException {
    List<Token> start = sandbox.tokens();
    restartSandbox("status=409,on=PATCH,skip=1,first=2");
    policyForSandbox(TOKENS);
    Cli.Run run = cli().run("apply", "--auto-approve", "--journal-dir", journals);
    assertThat(run).exited(1).printed("Journal: " + folder.resolve(journals));
    Matcher hint =
        Pattern.compile(
                "; \"tokenform (rollback --journal-dir "
                    + Pattern.quote(journals)
                    + " \\S+)\" undoes what was done\n")
            .matcher(run.err());
    Assertions.assertThat(hint.find()).as(run.err()).isTrue();

    String[] words = (hint.group(1) + " --auto-approve").split(" ");
    assertThat(cli().run(words)).exited(0);

    Assertions.assertThat(sandbox.tokens()).isEqualTo(start);
  }

  @Test
  void aJournalThatCannotBeWrittenStopsBeforeAnythingIsSent() throws IOException {
    policyForSandbox(TOKENS);
    Files.createFile(folder.resolve("taken"));

    assertThat(cli().run("apply", "--auto-approve", "--journal-dir", "taken"))
        .exited(1)
        .complained(
            "error: the journal "
                + folder.resolve("taken")
                + " cannot be written: there is a file where its folder should be; nothing was"
                + " sent\n",
            "  hint: without a journal the apply could not be rolled back");
    Assertions.assertThat(writes()).isEmpty();
  }

  private long reads() {
    return requests.stream()
        .filter(r -> r.method().equals("GET") && r.path().endsWith("/tokens"))
        .count();
  }

  /** Input that does something the moment it is asked for. */
  private static InputStream whenRead(Runnable action, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return new InputStream() {
      private int next;

      @Override
      public int read() {
        if (next == 0) {
          action.run();
        }
        return next < bytes.length ? bytes[next++] : -1;
      }

      @Override
      public int read(byte[] buffer, int offset, int length) {
        int value = read();
        if (value < 0) {
          return -1;
        }
        buffer[offset] = (byte) value;
        return 1;
      }
    };
  }

  private static void await(CountDownLatch latch) {
    try {
      Assertions.assertThat(latch.await(15, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void anotherApplyIsWaitedForAndThenThePlanIsStale() throws Exception {
    policyForSandbox(TOKENS);
    Path journals = Files.createDirectories(folder.resolve(".tokenform/journal"));
    AtomicReference<Cli.Run> run = new AtomicReference<>();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Thread second;
    try (FileChannel other =
            FileChannel.open(
                journals.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      Assertions.assertThat(held.isValid()).isTrue();
      second =
          new Thread(() -> run.set(cli().errorsTo(said).run("apply", "--auto-approve")), "second");
      second.start();
      while (!said.toString(StandardCharsets.UTF_8).contains("waiting up to 600 s")) {
        Thread.onSpinWait();
      }
      Assertions.assertThat(writes()).isEmpty();
      patch(GRAFANA.toString(), "{\"permissions\":[]}");
    }
    second.join();

    assertThat(run.get())
        .exited(4)
        .complained(
            "for another apply, which keeps its journal in " + journals,
            "live has drifted since the plan was made; nothing was sent");
    Assertions.assertThat(journals()).isEmpty();
  }

  @Test
  void whoDoesNotWaitForAnotherApplyIsRefused() throws Exception {
    policyForSandbox(TOKENS);
    Path journals = Files.createDirectories(folder.resolve(".tokenform/journal"));
    try (FileChannel other =
            FileChannel.open(
                journals.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      Assertions.assertThat(held.isValid()).isTrue();
      assertThat(cli().run("apply", "--auto-approve", "--lock-timeout", "0"))
          .exited(1)
          .complained(
              "another apply is running and keeps its journal in " + journals,
              "\"tokenform journal show --journal-dir " + journals + "\" says what it has done");
      assertThat(cli().run("apply", "--dry-run", "--lock-timeout", "0")).exited(0);
    }
    Assertions.assertThat(writes()).isEmpty();
    assertThat(cli().run("apply", "--lock-timeout", "-1", "--auto-approve"))
        .exited(64)
        .complained("\"-1\" is not a number of seconds from 0 to 86400");
  }

  @Test
  void anInterruptEndsTheWaitForAnotherApply() throws Exception {
    policyForSandbox(TOKENS);
    Path journals = Files.createDirectories(folder.resolve(".tokenform/journal"));
    try (FileChannel other =
            FileChannel.open(
                journals.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = other.lock()) {
      Assertions.assertThat(held.isValid()).isTrue();
      Interrupts atOnce =
          (first, second) -> {
            first.run();
            return () -> {};
          };
      assertThat(cli().interruptedBy(atOnce).run("apply", "--auto-approve"))
          .exited(130)
          .complained("nothing was sent");
    }
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void theCommandThatUndoesItHasTheOptionsThatLeadToTheCluster() throws IOException {
    restartSandbox("status=409,on=PATCH,skip=1,first=2");
    policyForSandbox(TOKENS);
    Files.writeString(folder.resolve("a platform.yaml"), "version: 1\nguardrails: {create: off}\n");

    Cli.Run run =
        cli()
            .run(
                "apply",
                "-f",
                "tokens.yaml",
                "--auto-approve",
                "--reason",
                "INC-42",
                "--parallelism=1",
                "--policy-guardrails",
                "a platform.yaml",
                "--url",
                sandbox.url().toString(),
                "--timeout=9",
                "--target=*");

    assertThat(run).exited(1).complained("the apply did not do everything");
    String way = " --platform 'a platform.yaml' --url " + sandbox.url() + " --timeout 9 ";
    assertThat(run).complained("\"tokenform rollback" + way + journals().get(0) + "\" undoes");
    String command = run.err().replaceAll("(?s).*\"tokenform (rollback [^\"]*)\".*", "$1");
    assertThat(cli().run(NextCommandTest.words(command + " --auto-approve"))).exited(0);
  }

  @Test
  void theCommandThatUndoesItShowsNoSecret() throws IOException {
    restartSandbox("status=409,on=PATCH,skip=1,first=2");
    policyForSandbox(TOKENS);

    assertThat(
            cli()
                .run(
                    "apply",
                    "--auto-approve",
                    "--url",
                    sandbox.url().toString(),
                    "--management-token-command",
                    "echo sandbox-management-token"))
        .exited(1)
        .complained(
            "\"tokenform rollback --url " + sandbox.url() + " --management-token-command COMMAND /")
        .neverShowed("echo");
  }
}
