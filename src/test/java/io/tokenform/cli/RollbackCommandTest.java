package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Token;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RollbackCommandTest extends CommandTest {
  private static final String ORDERS =
      "{\"permissions\":[{\"action\":\"read\",\"resource\":\"orders\"}]}";

  @Test
  void whatTheApplyChangedIsRestored() throws IOException {
    List<Token> start = sandbox.tokens();
    Path journal = apply(TOKENS);

    assertThat(
            cli()
                .run("rollback", journal.toString(), "--auto-approve", "--allow", "wildcard-write"))
        .exited(0)
        .printed(
            journal.getFileName() + ":2",
            "- read   logs".replace("   ", "  "),
            "Rollback complete: 2 applied, 0 failed, 0 not attempted.");

    Assertions.assertThat(sandbox.tokens()).isEqualTo(start);
    assertThat(cli().run("plan", "--detailed-exitcode")).exited(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "name", "stem", "latest"})
  void aJournalIsNamedInSeveralWays(String way) throws IOException {
    List<Token> start = sandbox.tokens();
    Path journal = apply(TOKENS);
    String name = journal.getFileName().toString();
    String argument =
        switch (way) {
          case "path" -> ".tokenform/journal/" + name;
          case "name" -> name;
          case "stem" -> name.replace(".jsonl", "");
          default -> "latest";
        };

    assertThat(cli().run("rollback", argument, "--auto-approve", "--allow", "wildcard-write"))
        .exited(0);

    Assertions.assertThat(sandbox.tokens()).isEqualTo(start);
  }

  @Test
  void whatTheApplyDidNotTouchStaysAsSomebodyMadeIt() throws IOException {
    apply(TOKENS);
    patch(GRAFANA.toString(), "{\"description\":\"Somebody's\"}");

    assertThat(cli().run("rollback", "latest", "--auto-approve", "--allow", "wildcard-write"))
        .exited(0);

    Assertions.assertThat(sandbox.token(GRAFANA).description()).isEqualTo("Somebody's");
    Assertions.assertThat(permissions(GRAFANA)).isEqualTo(permissions(Permission.read("metrics")));
    Assertions.assertThat(requests)
        .filteredOn(request -> request.path().endsWith(GRAFANA.toString()))
        .last()
        .extracting(request -> request.body())
        .isEqualTo("{\"permissions\":[{\"action\":\"read\",\"resource\":\"metrics\"}]}");
  }

  @Test
  void aFieldThatThePolicySpokeOfAndDidNotChangeStaysToo() throws IOException {
    apply(
        "tokens: {grafana: {id: " + GRAFANA + ", description: Grafana, permissions: {}}}\n",
        "--allow",
        "lockout");
    patch(GRAFANA.toString(), "{\"description\":\"Somebody's\"}");

    assertThat(cli().run("rollback", "latest", "--auto-approve", "--allow", "wildcard-write"))
        .exited(0);

    Assertions.assertThat(sandbox.token(GRAFANA).description()).isEqualTo("Somebody's");
    Assertions.assertThat(permissions(GRAFANA)).isEqualTo(permissions(Permission.read("metrics")));
  }

  @Test
  void aRollbackCanBeRolledBack() throws IOException {
    List<Token> start = sandbox.tokens();
    apply(TOKENS);
    List<Token> applied = sandbox.tokens();

    assertThat(cli().run("rollback", "latest", "--auto-approve", "--allow", "wildcard-write"))
        .exited(0);
    Assertions.assertThat(sandbox.tokens()).isEqualTo(start);
    assertThat(cli().run("rollback", "latest", "--auto-approve", "--allow", "wildcard-write"))
        .exited(0);
    Assertions.assertThat(sandbox.tokens()).isEqualTo(applied);
    assertThat(cli().run("rollback", "latest", "--auto-approve", "--allow", "wildcard-write"))
        .exited(0);
    Assertions.assertThat(sandbox.tokens()).isEqualTo(start);

    Assertions.assertThat(journals()).hasSize(4);
    assertThat(cli().run("journal", "show"))
        .exited(0)
        .printed("undoes   " + journals().get(2).getFileName());
  }

  @Test
  void whatHasDriftedSinceIsShownAndLeftAlone() throws IOException {
    apply(TOKENS);
    patch(GRAFANA.toString(), ORDERS);

    assertThat(cli().run("rollback", "latest", "--auto-approve", "--allow", "wildcard-write"))
        .exited(1)
        .printed("Rollback complete: 1 applied")
        .complained(
            "Drifted since, and left alone:\n  grafana  " + GRAFANA + "\n",
            """
                  - read  logs
                  - read  metrics
                  + read  orders
            """,
            """
            error: what has drifted since was left alone
              hint: review it above; --force restores what can be restored
            """);
    Assertions.assertThat(permissions(GRAFANA)).isEqualTo(permissions(Permission.read("orders")));
    Assertions.assertThat(permissions(TELEGRAF)).isEqualTo(permissions(Permission.write("*")));
  }

  @Test
  void forceRestoresWhatHasDrifted() throws IOException {
    List<Token> start = sandbox.tokens();
    apply(TOKENS);
    patch(GRAFANA.toString(), ORDERS);

    assertThat(
            cli()
                .run(
                    "rollback", "latest", "--auto-approve", "--allow", "wildcard-write", "--force"))
        .exited(0)
        .neverShowed("Drifted since");

    Assertions.assertThat(sandbox.tokens()).isEqualTo(start);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTokenThatWasRevokedSinceCannotBeRestored(boolean force) throws IOException {
    Path journal = apply(TOKENS);
    delete(GRAFANA.toString());

    assertThat(
            force
                ? cli()
                    .run(
                        "rollback",
                        journal.toString(),
                        "--auto-approve",
                        "--allow",
                        "wildcard-write",
                        "--force")
                : cli()
                    .run(
                        "rollback",
                        journal.toString(),
                        "--auto-approve",
                        "--allow",
                        "wildcard-write"))
        .exited(1)
        .printed("Rollback complete: 1 applied")
        .complained(
            "  grafana  " + GRAFANA + "\n      revoked at ",
            "a token is revoked, gone or unreadable, or had what looks like a secret, and cannot be restored");
    Assertions.assertThat(permissions(TELEGRAF)).isEqualTo(permissions(Permission.write("*")));
  }

  @Test
  void whatIsUndoneAlreadyNeedsNothing() throws IOException {
    Path journal = apply(TOKENS);
    assertThat(
            cli()
                .run("rollback", journal.toString(), "--auto-approve", "--allow", "wildcard-write"))
        .exited(0);
    requests.clear();

    assertThat(
            cli()
                .run("rollback", journal.toString(), "--auto-approve", "--allow", "wildcard-write"))
        .exited(0)
        .printed("Nothing to change");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void anotherClusterIsRefused() throws IOException {
    Path journal = apply(TOKENS);
    requests.clear();

    assertThat(
            cli()
                .run(
                    "rollback",
                    journal.toString(),
                    "--auto-approve",
                    "--cluster",
                    "99999999-9999-4999-8999-999999999999"))
        .exited(1)
        .complained(
            "error: the journal "
                + journal.getFileName()
                + " is for the cluster "
                + sandbox.clusterId()
                + " of the account ",
            ", and the options name the cluster 99999999-9999-4999-8999-999999999999 of the",
            "\n  hint: leave --account and --cluster out; --url, if given, is "
                + sandbox.url()
                + "\n")
        .neverShowed("overrides");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void withoutJournalsThereIsNothingToRollBack() {
    assertThat(cli().run("rollback", "latest", "--auto-approve", "--allow", "wildcard-write"))
        .exited(1)
        .printedNothing()
        .complained(
            "error: there are no journals in "
                + folder.resolve(".tokenform/journal")
                + "\n"
                + "  hint: an apply writes one; --journal-dir says where they are\n");
    assertThat(
            cli()
                .run(
                    "rollback",
                    "20260101T000000Z-0123456789ab",
                    "--auto-approve",
                    "--allow",
                    "wildcard-write"))
        .exited(1)
        .complained(
            "error: there is no journal 20260101T000000Z-0123456789ab\n",
            "\"tokenform journal list\" shows those in ");
    assertThat(cli().run("rollback", "--auto-approve", "--allow", "wildcard-write"))
        .exited(64)
        .complained("error: the argument JOURNAL is missing");
  }

  @Test
  void aDryRunShowsTheRequestsAndSendsNone() throws IOException {
    Path journal = apply(TOKENS);
    requests.clear();
    String tokens =
        "/api/v0/accounts/%s/clusters/%s/tokens/"
            .formatted(sandbox.accountId(), sandbox.clusterId());

    assertThat(cli().run("rollback", journal.toString(), "--dry-run", "--allow", "wildcard-write"))
        .exited(0)
        .printedExactly(
            """
            PATCH %s%s
            {"permissions":[{"action":"write","resource":"*"}]}

            PATCH %s%s
            {"permissions":[{"action":"read","resource":"metrics"}]}
            """
                .formatted(tokens, TELEGRAF, tokens, GRAFANA))
        .complained("dry run: 2 requests, none was sent");
    Assertions.assertThat(writes()).isEmpty();
    Assertions.assertThat(journals()).hasSize(1);
  }

  @Test
  void withoutATerminalOrAnApprovalItRefuses() throws IOException {
    apply(TOKENS);
    requests.clear();

    assertThat(cli().run("rollback", "latest"))
        .exited(64)
        .complained("rollback cannot ask for approval", "--auto-approve");
    Assertions.assertThat(requests).isEmpty();
  }

  @Test
  void nothingShorterThanYesRollsBack() throws IOException {
    apply(TOKENS);
    requests.clear();

    assertThat(cli().atTerminal("y\n").run("rollback", "latest", "--allow", "wildcard-write"))
        .exited(1)
        .complained("Apply this plan, 2 changes on " + sandbox.url() + "?", "not approved");
    Assertions.assertThat(writes()).isEmpty();
  }

  @Test
  void theEmbeddedSandboxIsRolledBackToo() throws IOException {
    Files.writeString(folder.resolve("seed.json"), SEED);
    policy("version: 1\ncluster: {product: sandbox, seed: seed.json}\n" + TOKENS);
    assertThat(Cli.in(folder).run("apply", "--auto-approve")).exited(0);

    assertThat(
            Cli.in(folder).run("rollback", "latest", "--auto-approve", "--allow", "wildcard-write"))
        .exited(0);

    assertThat(Cli.in(folder).run("plan", "--detailed-exitcode"))
        .exited(2)
        .printed("Plan: 2 to update");
  }

  @Test
  void noTokenIsUnmanagedWhereNoPolicyIsRead() throws IOException {
    List<Token> start = sandbox.tokens();
    apply(TOKENS);
    Files.writeString(
        folder.resolve("platform.yaml"), "version: 1\nguardrails: {unmanaged-token: deny}\n");

    assertThat(
            cli()
                .run(
                    "rollback",
                    "latest",
                    "--platform",
                    "platform.yaml",
                    "--auto-approve",
                    "--allow",
                    "wildcard-write"))
        .exited(0);

    Assertions.assertThat(sandbox.tokens()).isEqualTo(start);
  }

  @Test
  void theDefaultGuardrailsHold() throws IOException {
    apply(TOKENS);
    requests.clear();

    assertThat(cli().run("rollback", "latest", "--auto-approve"))
        .exited(3)
        .complained(
            "denied[wildcard-write]: \"telegraf\" would get \"write *\"",
            "allow it once with --allow wildcard-write:telegraf",
            "error: a guardrail denies this rollback; nothing was sent");
    assertThat(cli().run("rollback", "latest", "--dry-run")).exited(3);
    Assertions.assertThat(writes()).isEmpty();

    assertThat(
            cli().run("rollback", "latest", "--auto-approve", "--allow", "wildcard-write:telegraf"))
        .exited(0);
  }

  /** What it did after its journal was read would not be undone. */
  @Test
  void aJournalThatGrowsWhileSomebodyReadsThePlanIsStale() throws IOException {
    Path journal = apply(TOKENS);
    List<String> lines = Files.readAllLines(journal);
    Files.write(journal, lines.subList(0, lines.size() - 1));
    requests.clear();
    InputStream slow =
        new InputStream() {
          private final InputStream yes =
              new ByteArrayInputStream("yes\n".getBytes(StandardCharsets.UTF_8));

          @Override
          public int read() throws IOException {
            Files.write(journal, lines);
            return yes.read();
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            Files.write(journal, lines);
            return yes.read(bytes, offset, length);
          }
        };

    assertThat(
            cli()
                .with("COLUMNS", "200")
                .atTerminal(slow)
                .run("rollback", "latest", "--allow", "wildcard-write"))
        .exited(4)
        .complained(
            "the journal "
                + journal.getFileName()
                + " has changed since the plan was made;"
                + " nothing was sent",
            "run rollback again");
    Assertions.assertThat(writes()).isEmpty();
  }

  /** Applies, forgets the requests, and answers the journal. */
  private Path apply(String tokens, String... more) throws IOException {
    policyForSandbox(tokens);
    List<String> args = new ArrayList<>(List.of("apply", "--auto-approve"));
    args.addAll(List.of(more));
    assertThat(cli().run(args.toArray(String[]::new))).exited(0);
    Assertions.assertThat(journals()).hasSize(1);
    return journals().get(0);
  }
}
