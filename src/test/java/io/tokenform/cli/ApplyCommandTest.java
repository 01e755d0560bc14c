package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Permission;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

class ApplyCommandTest extends CommandTest {
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
        .complained("its input or its error output is not a terminal", "--auto-approve");
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
}
