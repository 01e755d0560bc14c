package io.tokenform.cli;

import static io.tokenform.cli.Cli.assertThat;
import static io.tokenform.testing.ScriptedServer.answer;
import static io.tokenform.testing.ScriptedServer.json;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.cli.console.SecretVariables;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What --debug and --trace say of each call, to the letter; milliseconds aside. */
@Timeout(900)
class CallLogTest extends CommandTest {
  private static final String TOKENS_PATH =
      "/api/v0/accounts/%s/clusters/%s/tokens".formatted(Sandbox.ACCOUNT_ID, Sandbox.CLUSTER_ID);

  @Test
  void withoutAFlagNothingIsSaid() throws IOException {
    policyForSandbox(TOKENS);
    assertThat(cli().run("plan")).exited(0).complainedOfNothing();
  }

  @Test
  void debugSaysEachCallOfAnApply() throws IOException {
    policyForSandbox(TOKENS);

    Cli.Run run = cli().run("apply", "--auto-approve", "--debug", "--quiet");

    assertThat(run).exited(0);
    Assertions.assertThat(normalized(run.err()))
        .isEqualTo(
            """
            debug: GET %1$s 200, attempt 1, N ms
            debug: GET %2$s 200, attempt 1, N ms
            debug: GET %1$s 200, attempt 1, N ms
            debug: PATCH %1$s/%3$s 200, attempt 1, N ms
            debug: PATCH %1$s/%4$s 200, attempt 1, N ms
            """
                .formatted(
                    TOKENS_PATH, TOKENS_PATH.replace("tokens", "databases"), GRAFANA, TELEGRAF));
  }

  @Test
  void traceSaysTheBodiesToo() throws IOException {
    policyForSandbox(TOKENS);

    Cli.Run run = cli().run("apply", "--auto-approve", "--trace", "--target", "telegraf");

    assertThat(run).exited(0).neverShowed("Authorization").neverShowed("Bearer");
    Assertions.assertThat(normalized(run.err()))
        .contains(
            """
            debug: PATCH %1$s/%2$s 200, attempt 1, N ms
            trace: sent {"permissions":[{"action":"write","resource":"metrics"}]}
            trace: answered {"accountId":"%3$s","clusterId":"%4$s","id":"%2$s","description":"Telegraf",\
            "permissions":[{"action":"write","resource":"metrics"}],"""
                .formatted(TOKENS_PATH, TELEGRAF, Sandbox.ACCOUNT_ID, Sandbox.CLUSTER_ID));
  }

  @Test
  void anAttemptThatIsMadeAgainSaysWhen() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.answering(
            answer(429, "Retry-After: 0\r\nX-Request-Id: abc-1", ""),
            answer(503, "Retry-After: 0", "{\"message\": \"busy\"}"),
            json(200, "[]"))) {
      policyFor(server);

      Cli.Run run = cliFor(server).run("token", "list", "--debug");

      assertThat(run).exited(0);
      Assertions.assertThat(normalized(run.err()))
          .isEqualTo(
              """
              debug: GET /api/v0/tokens 429, attempt 1, N ms, request id abc-1, again in 0.0 s: Reason 429
              debug: GET /api/v0/tokens 503, attempt 2, N ms, again in 0.0 s: busy
              debug: GET /api/v0/tokens 200, attempt 3, N ms
              """);
    }
  }

  @Test
  void whereThereIsNoAnswerItSaysSo() throws IOException {
    try (ScriptedServer server = ScriptedServer.playing((number, request, wire) -> wire.close())) {
      policyFor(server);

      Cli.Run run = cliFor(server).run("token", "list", "--trace", "--max-attempts", "1");

      assertThat(run).exited(1).printedNothing();
      Assertions.assertThat(normalized(run.err()))
          .startsWith(
              "debug: GET /api/v0/tokens no answer, attempt 1, N ms:"
                  + " the server closed the connection without an answer\n"
                  + "error: GET /api/v0/tokens: the server closed the connection");
    }
  }

  @Test
  void traceMasksAccessTokensAndTheManagementToken() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.answering(
            json(
                400,
                """
                {"message": "who is %s?",
                 "token": {"accessToken": "opaque", "description": "apiv1_0123456789abcdef"}}
                """
                    .formatted("mgmt-canary-0123456789")))) {
      policyFor(server);

      Cli.Run run =
          cliFor(server)
              .with(SecretVariables.MANAGEMENT_TOKEN, "mgmt-canary-0123456789")
              .run("token", "list", "--trace");

      assertThat(run).exited(1);
      Assertions.assertThat(normalized(run.err()))
          .startsWith(
              """
              debug: GET /api/v0/tokens 400, attempt 1, N ms: who is [secret]?
              trace: answered {"message":"who is [secret]?",\
              "token":{"accessToken":"[secret]","description":"[secret]"}}
              error: GET /api/v0/tokens: 400 who is [secret]?
              """);
    }
  }

  @Test
  void hostileTextOfTheServerIsHarmless() throws IOException {
    String hostile = "\\u001b[2J\\n::error::x\\u202e\\r##[add-mask]y";
    try (ScriptedServer server =
        ScriptedServer.answering(
            answer(
                400,
                "Content-Type: application/json\r\nX-Request-Id: a b, again in 9.9 s\u0007",
                "{\"message\": \"" + hostile + "\", \"x\": \"caf\u00e9\"}"))) {
      policyFor(server);

      Cli.Run run = cliFor(server).run("token", "list", "--trace");

      String shown = "\\u001b[2J\\n::error::x\\u202e\\r##\\u005badd-mask]y";
      List<String> lines = normalized(run.err()).lines().toList();
      Assertions.assertThat(lines.get(0))
          .isEqualTo(
              "debug: GET /api/v0/tokens 400, attempt 1, N ms,"
                  + " request id \"a b, again in 9.9 s\\u0007\": "
                  + shown);
      Assertions.assertThat(lines.get(1))
          .isEqualTo(
              "trace: answered {\"message\":\""
                  + shown.replace("\\u001b", "\\u001B")
                  + "\",\"x\":\"caf\u00e9\"}");
      Assertions.assertThat(lines.get(2)).startsWith("error: GET /api/v0/tokens: 400 ");
    }
  }

  @Test
  void aLongBodyIsCutOff() throws IOException {
    try (ScriptedServer server =
        ScriptedServer.answering(json(400, "[\"" + "x ".repeat(50_000) + "\", \"y\"]"))) {
      policyFor(server);

      assertThat(cliFor(server).run("token", "list", "--trace"))
          .exited(1)
          .complained("trace: answered [ ... (16384 of ");
    }
  }

  @Test
  void standardOutputIsOneDocumentAllTheSame() throws IOException {
    policyForSandbox(TOKENS);
    for (String level : List.of("--debug", "--trace")) {
      Cli.Run plain = cli().run("plan", "--format", "json");
      Cli.Run run = cli().run("plan", "--format", "json", level);
      assertThat(run).exited(0).printedExactly(plain.out()).complained("debug: GET ");
      Assertions.assertThat(new ObjectMapper().readTree(run.out()).isObject()).isTrue();
    }
  }

  @Test
  void doctorSaysItsCallsToo() throws IOException {
    policyForSandbox(TOKENS);
    Cli.Run run = cli().run("doctor", "--debug");
    assertThat(run).exited(0);
    Assertions.assertThat(normalized(run.err()))
        .isEqualTo(
            """
            debug: GET %s 200, attempt 1, N ms
            debug: GET %s 200, attempt 1, N ms
            """
                .formatted(TOKENS_PATH, TOKENS_PATH.replace("tokens", "databases")));
  }

  private Cli cliFor(ScriptedServer server) {
    return cli().with("INFLUX_DB_INSTANCE_URL", server.url().toString());
  }

  private void policyFor(ScriptedServer server) throws IOException {
    policy(
        """
        version: 1
        cluster: {product: clustered, url: "%s"}
        tokens:
          grafana:
            id: %s
            permissions: {read: [metrics]}
        """
            .formatted(server.url(), GRAFANA));
  }

  private static String normalized(String text) {
    return text.replaceAll("\\d+ ms", "N ms");
  }
}
