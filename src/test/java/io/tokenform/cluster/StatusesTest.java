package io.tokenform.cluster;

import static io.tokenform.testing.ScriptedServer.answer;
import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Permissions;
import io.tokenform.access.Secret;
import io.tokenform.access.TokenId;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.ScriptedServer.Script;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers with another status than 200, and what they may and may not make the client do. */
class StatusesTest {
  private static final TokenId ID = TokenId.parse("55555555-5555-4555-8555-555555555555");
  private static final String LONGEST = "x".repeat(500) + "...";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          400 | false |
          401 | false | the management token is wrong, expired or revoked: give a valid one in INFLUX_DB_MANAGEMENT_TOKEN or --management-token-file
          403 | false | the management token is not allowed to do this: give one of this account
          408 | true  |
          409 | false |
          425 | true  |
          429 | true  | the server asks for fewer calls: try again later
          500 | true  | the server failed: try again, then ask those who run it
          501 | true  | the server failed: try again, then ask those who run it
          503 | true  | the server failed: try again, then ask those who run it
          599 | true  | the server failed: try again, then ask those who run it
          """)
  void theServersMessageIsQuoted(int status, boolean isTransient, String hint) {
    ApiException failure =
        failure(json(status, "{\"code\": " + status + ", \"message\": \"so it is\"}"));

    assertThat(failure).hasMessage("GET /api/v0/tokens: " + status + " so it is");
    assertThat(failure.problem()).isEqualTo(status + " so it is");
    assertThat(failure.request()).hasToString("GET /api/v0/tokens");
    assertThat(failure.status()).hasValue(status);
    assertThat(failure.isTransient()).isEqualTo(isTransient);
    assertThat(failure.hint()).isEqualTo(Optional.ofNullable(hint));
    assertThat(failure.retryAfter()).isEmpty();
  }

  @Test
  void notFoundSendsBackToTheIds() {
    try (ScriptedServer server =
            ScriptedServer.answering(json(404, "{\"message\": \"token not found\"}"));
        ManagementApi clustered = Apis.api(server);
        ManagementApi dedicated =
            new HttpManagementApi(
                Apis.dedicated(server.url()), Secret.of("x"), Apis.patient(Apis.once()))) {
      assertThat(failure(clustered).hint()).hasValue("check the URL " + server.url());
      assertThat(failure(dedicated).hint())
          .hasValue(
              "check the account id 11111111-1111-4111-8111-111111111111"
                  + " and the cluster id 33333333-3333-4333-8333-333333333333");
    }
  }

  @Test
  void anUpdateThatIsRefusedNamesItsCall() {
    try (ScriptedServer server = ScriptedServer.answering(json(400, "{\"message\": \"no\"}"));
        ManagementApi api = Apis.api(server)) {
      TokenUpdate update = new TokenUpdate(Optional.empty(), Optional.of(Permissions.NONE));

      assertThat(catchThrowableOfType(ApiException.class, () -> api.updateToken(ID, update)))
          .hasMessage("PATCH /api/v0/tokens/" + ID + ": 400 no");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "[\"message\"]",
        "\"message\"",
        "nonsense",
        "{\"message\": 5}",
        "{\"message\": null}",
        "{\"message\": \"\"}",
        "{\"message\": \" \"}",
        "{\"message\": [\"message\", {\"message\": \"inner\"}]}",
        "{\"error\": {\"message\": \"inner\"}}",
        "{\"message\": \"cut o"
      })
  void withoutAMessageTheReasonIsQuoted(String body) {
    for (int status : new int[] {400, 401, 403, 404, 409, 429, 500, 503}) {
      assertThat(failure(json(status, body)).problem()).isEqualTo(status + " Reason " + status);
    }
  }

  @Test
  void theMessageIsFoundBehindOtherFields() {
    assertThat(
            failure(json(409, "{\"more\": {\"message\": \"inner\"}, \"message\": \"outer\"}"))
                .problem())
        .isEqualTo("409 outer");
  }

  @Test
  void aPageIsNotQuoted() {
    assertThat(failure(answer(503, "Content-Type: text/html", "<h1>Down</h1>")).problem())
        .isEqualTo("503 Reason 503 (an HTML page)");
    assertThat(failure(answer(403, "Content-Type: application/json", "<h1>Down</h1>")).problem())
        .isEqualTo("403 Reason 403 (an HTML page)");
  }

  @Test
  void noReasonAndNoBodyLeaveTheStatus() {
    assertThat(failure("HTTP/1.1 418 \r\nContent-Length: 0\r\n\r\n").problem()).startsWith("418");
    assertThat(failure("HTTP/1.1 499\r\nContent-Length: 0\r\n\r\n").problem()).isEqualTo("499");
  }

  @Test
  void aMessageIsQuotedRawButNotAtAnyLength() {
    assertThat(failure(json(400, "{\"message\": \"\\u001b[31m\\u202e<b>\\n::error::@all\"}")))
        .hasMessage("GET /api/v0/tokens: 400 \u001b[31m\u202e<b>\n::error::@all");
    assertThat(failure(json(400, "{\"message\": \"" + "x".repeat(60_000) + "\"}")).problem())
        .isEqualTo("400 " + LONGEST);
    assertThat(failure("HTTP/1.1 400 " + "x".repeat(5000) + "\r\n\r\n").problem())
        .isEqualTo("400 " + LONGEST);
    assertThat(failure(answer(302, "Location: " + "x".repeat(5000), "")).problem())
        .isEqualTo("302 redirect to " + LONGEST.substring("redirect to ".length()));
  }

  @Test
  void aMessageIsNotCutInsideACharacter() {
    String message = "x".repeat(499) + "\ud83d\ude00".repeat(2);

    assertThat(failure(json(400, "{\"message\": \"" + message + "\"}")).problem())
        .isEqualTo("400 " + "x".repeat(499) + "...");
  }

  @Test
  void aHugeBodyOfAnErrorIsNotWaitedFor() {
    for (String head :
        new String[] {
          "HTTP/1.1 500 Oops\r\n\r\n",
          "HTTP/1.1 500 Oops\r\nContent-Length: 1000000000000\r\n\r\n",
          "HTTP/1.1 500 Oops\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n"
        }) {
      for (String body : new String[] {"x", " ", "{\"a\":0,\"b\":[0,0,0,0,0,", "<"}) {
        assertThat(
                failure(
                        (number, request, wire) -> {
                          wire.send(head);
                          wire.send(body);
                          wire.sendForever(" ".repeat(8192));
                        })
                    .problem())
            .as("%s%s", head, body)
            .startsWith("500 Oops");
      }
    }
  }

  @Test
  void aHugeBodyThatIsNotJsonIsNotWaitedFor() {
    for (String head :
        new String[] {
          "HTTP/1.1 200 OK\r\nContent-Length: 1000000000000\r\n\r\n",
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffff\r\n"
        }) {
      for (String body : new String[] {"x", "<", "{", "[{]"}) {
        assertThat(
                failure(
                        (number, request, wire) -> {
                          wire.send(head);
                          wire.send(body);
                          wire.sendForever(" ".repeat(8192));
                        })
                    .problem())
            .as("%s%s", head, body)
            .matches("the answer (is .*|exceeds a limit: it has more than 268,435,456 bytes)");
      }
    }
  }

  @Test
  void aConnectionIsUsedAgainAfterAnError() {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  wire.send(json(403, "{\"message\": \"no\"}"));
                  // Only a client that stays on this connection gets here with a second request.
                  if (number == 1) {
                    return;
                  }
                  wire.close();
                });
        ManagementApi api = Apis.api(server)) {
      assertThat(failure(api).problem()).isEqualTo("403 no");
      assertThat(failure(api).problem()).isEqualTo("403 no");
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 302, 303, 307, 308})
  void aRedirectIsNotFollowedAndTheManagementTokenStays(int status) {
    try (ScriptedServer second = ScriptedServer.answering(json(200, "[]"));
        ScriptedServer first =
            ScriptedServer.answering(
                answer(status, "Location: " + second.url() + "/api/v0/tokens", ""));
        ManagementApi api = Apis.api(first)) {
      ApiException failure = failure(api);

      assertThat(failure)
          .hasMessage(
              "GET /api/v0/tokens: " + status + " redirect to " + second.url() + "/api/v0/tokens");
      assertThat(failure.hint())
          .hasValue("redirects are not followed: give the URL of the cluster itself");
      assertThat(failure.isTransient()).isFalse();
      assertThat(second.requests()).isEmpty();
      assertThat(first.requests()).hasSize(1);
    }
  }

  @Test
  void aRedirectToTheSameServerIsNotFollowedEither() {
    try (ScriptedServer server =
            ScriptedServer.answering(
                answer(307, "Location: /api/v0/elsewhere", ""), json(200, "[]"));
        ManagementApi api = Apis.api(server)) {
      assertThat(failure(api).problem()).isEqualTo("307 redirect to /api/v0/elsewhere");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void aChallengeIsNotAnswered() {
    try (ScriptedServer server =
            ScriptedServer.answering(
                answer(401, "WWW-Authenticate: Basic realm=\"x\"", ""), json(200, "[]"));
        ManagementApi api = Apis.api(server)) {
      assertThat(failure(api).problem()).isEqualTo("401 Reason 401");
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anUpgradeIsNotAccepted() {
    assertThat(
            failure(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n[]"))
        .isNotNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 401 Bad SECRET\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 307 Go\r\nLocation: http://x/?t=SECRET\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 401 No\r\n\r\n{\"message\": \"no such token: Bearer SECRET\"}",
        "HTTP/1.1 401 No\r\n\r\n{\"message\": \"PADDING SECRET\"}",
        "HTTP/1.1 200 OK\r\n\r\nSECRET",
        "HTTP/1.1 200 OK\r\n\r\n[{SECRET: 1}]",
        "HTTP/1.1 200 SECRET\r\nSECRET\r\n\r\n[]",
        "SECRET\r\n\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: SECRET\r\n\r\n[]",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nSECRET\r\n[]",
        "HTTP/1.1 200 OK\r\nContent-Length: SECRET\r\n\r\n[]",
      })
  void aServerThatEchoesTheManagementTokenDoesNotGetItPrinted(String answer) {
    ApiException failure =
        failure(
            (number, request, wire) ->
                wire.send(
                    answer
                        .replace("PADDING", "x".repeat(490))
                        .replace("SECRET", Apis.MANAGEMENT_TOKEN)));

    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString()).doesNotContain(Apis.MANAGEMENT_TOKEN.substring(0, 9));
  }

  @ParameterizedTest
  @ValueSource(strings = {"HTTP/1.1 200 OK\r\nX: ", "HTTP/1.1 200 ", "HTTP/1.1 200 OK\r\n\r\n[ "})
  void anEndlessLineIsBounded(String start) {
    ClientOptions options = new ClientOptions(ClientOptions.DEFAULT_TIMEOUT, 1 << 20, Apis.once());
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  wire.send(start);
                  wire.sendForever(" ".repeat(8192));
                });
        ManagementApi api = Apis.api(server, options)) {
      assertThat(failure(api)).isNotNull();
    }
  }

  @Test
  void endlessHeadersAreBounded() {
    ApiException failure =
        failure(
            (number, request, wire) -> {
              wire.send("HTTP/1.1 200 OK\r\n");
              wire.sendForever("X: y\r\n");
            });

    assertThat(failure.problem()).isEqualTo("the answer has more than 200 headers");
  }

  private static ApiException failure(String answer) {
    return failure((number, request, wire) -> wire.send(answer));
  }

  private static ApiException failure(Script script) {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  script.answer(number, request, wire);
                  wire.close();
                });
        ManagementApi api = Apis.api(server)) {
      return failure(api);
    }
  }

  /** How a listing of tokens fails. */
  private static ApiException failure(ManagementApi api) {
    return catchThrowableOfType(ApiException.class, api::listTokens);
  }
}
