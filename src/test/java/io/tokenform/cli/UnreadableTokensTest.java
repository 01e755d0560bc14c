package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;
import static io.tokenform.testing.ScriptedServer.json;

import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A cluster with tokens that cannot be read: whatever can be done without them is done. */
@Timeout(900)
class UnreadableTokensTest extends CommandTest {
  private static final String ODD = "33333333-0000-4000-8000-000000000003";

  private static String token(String id, String description, String rest) {
    return "{\"id\":\"%s\",\"description\":\"%s\",%s}".formatted(id, description, rest);
  }

  private static ScriptedServer server() {
    String tokens =
        "["
            + token(GRAFANA.toString(), "Grafana", "\"permissions\":null")
            + ","
            + token(ODD, "Odd", "\"permissions\":[{\"action\":\"read\"}]")
            + ",null]";
    return ScriptedServer.playing(
        (number, request, wire) ->
            wire.send(
                json(
                    200,
                    request.line().contains("/databases")
                        ? "[{\"name\":\"metrics\"}]"
                        : request.line().startsWith("PATCH")
                            ? token(
                                GRAFANA.toString(),
                                "Grafana",
                                "\"permissions\":[{\"action\":\"read\",\"resource\":\"metrics\"}]")
                            : tokens)));
  }

  private Cli cli(ScriptedServer server, String more) throws IOException {
    policy(
        """
        version: 1
        cluster: {product: clustered, url: "%s"}
        tokens:
          grafana: {id: %s, permissions: {read: [metrics]}}
        %s"""
            .formatted(server.url(), GRAFANA, more));
    return cli().with("INFLUX_DB_INSTANCE_URL", server.url().toString());
  }

  @Test
  void oneThatNobodyManagesIsSetAside() throws IOException {
    try (ScriptedServer server = server()) {
      Cli cli = cli(server, "");
      String told = "2 live tokens cannot be read and are set aside: " + ODD;

      assertThat(cli.run("plan", "--out", "plan.json"))
          .exited(0)
          .printed("+ read  metrics")
          .complained("warning[unreadable-token]: " + told + " (one of its permissions has no");
      assertThat(cli.run("token", "list")).exited(0).printed("Grafana").complained(told);
      assertThat(cli.run("who-can", "read", "metrics"))
          .exited(0)
          .complained(told)
          .printed("2 tokens cannot be read, and may do so, too: " + ODD);
      assertThat(cli.run("who-can", "write", "orders"))
          .exited(0)
          .printed("No active token that can be read can write orders\n", ODD);
      assertThat(cli.run("who-can", "write", "orders", "--format", "json"))
          .printed("\"unreadable\"", "\"" + ODD + "\"");
      assertThat(cli.run("who-can", "write", "orders", "--format", "csv"))
          .printed(ODD + ",not known: it cannot be read,,");
      assertThat(cli.run("export")).exited(0).printed("description: Grafana").complained(told);
      assertThat(cli.run("doctor")).exited(0).printed("3 tokens listed; " + told);
      assertThat(cli.run("token", "get", ODD))
          .exited(1)
          .complained(
              "the token " + ODD + " cannot be read: one of its permissions has no resource");
      assertThat(cli.run("token", "park", ODD, "--reason", "x", "--auto-approve"))
          .exited(1)
          .complained("cannot be read");
      assertThat(cli.run("apply", "plan.json", "--auto-approve")).exited(0);
    }
  }

  @Test
  void oneThatThePolicyMeansIsItsOwnProblemAlone() throws IOException {
    try (ScriptedServer server = server()) {
      Cli cli = cli(server, "  odd: {description: Odd, permissions: {read: [metrics]}}\n");

      assertThat(cli.run("plan"))
          .exited(1)
          .printed("~ grafana", "This plan has errors and cannot be applied.")
          .complained("tokens.yaml:5:22: error[unreadable-token]", "--exclude odd");
      assertThat(cli.run("apply", "--auto-approve")).exited(1);
      Assertions.assertThat(server.requests()).noneMatch(sent -> sent.line().startsWith("PATCH"));
      assertThat(cli.run("apply", "--auto-approve", "--exclude", "odd")).exited(0);
    }
  }

  @Test
  void oneIsRevokedByItsIdAlone() throws IOException {
    for (String[] command :
        new String[][] {
          {"token", "revoke", ODD, "--auto-approve"},
          {"token", "delete", "33333333", "--force"},
          {"apply", "--auto-approve", "--allow", "revoke:odd"}
        }) {
      try (ScriptedServer server = revoking()) {
        String odd = command[0].equals("apply") ? "  odd: {id: " + ODD + ", state: revoked}\n" : "";
        Cli cli = cli(server, odd);

        assertThat(cli.run(command))
            .exited(0)
            .printed(ODD, "irreversible")
            .complained("what it can do is not known");
        Assertions.assertThat(server.requests())
            .filteredOn(sent -> sent.line().startsWith("DELETE"))
            .hasSize(1);
      }
    }
  }

  @Test
  void oneInThePolicyIsRevokedOnlyWhereThatIsAllowed() throws IOException {
    try (ScriptedServer server = revoking()) {
      Cli cli = cli(server, "  odd: {id: " + ODD + ", state: revoked}\n");

      assertThat(cli.run("apply", "--auto-approve")).exited(3).complained("revoke");
      Assertions.assertThat(server.requests()).noneMatch(sent -> sent.line().startsWith("DELETE"));
    }
  }

  /** One that has the odd token until that is deleted. */
  private static ScriptedServer revoking() {
    AtomicBoolean isRevoked = new AtomicBoolean();
    return ScriptedServer.playing(
        (number, request, wire) -> {
          String line = request.line();
          if (line.startsWith("DELETE")) {
            isRevoked.set(true);
          }
          String odd =
              token(
                  ODD,
                  "Odd",
                  "\"permissions\":[{\"action\":\"read\"}]"
                      + (isRevoked.get() ? ",\"revokedAt\":\"2026-01-01T00:00:00Z\"" : ""));
          String grafana =
              token(
                  GRAFANA.toString(),
                  "Grafana",
                  "\"permissions\":[{\"action\":\"read\",\"resource\":\"metrics\"}]");
          wire.send(
              json(
                  200,
                  line.contains("/databases")
                      ? "[{\"name\":\"metrics\"}]"
                      : line.contains(ODD) ? odd : "[" + grafana + "," + odd + "]"));
        });
  }
}
