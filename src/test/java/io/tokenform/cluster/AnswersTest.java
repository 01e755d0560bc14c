package io.tokenform.cluster;

import static io.tokenform.testing.ScriptedServer.answer;
import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers with status 200: what is understood, and that nothing else is taken for a listing. */
class AnswersTest {
  private static final String ID = "55555555-5555-4555-8555-555555555555";
  private static final String OTHER = "66666666-6666-4666-8666-666666666666";
  private static final String UNEXPECTED = "the answer is not what the API promises: ";
  private static final String CHUNKED =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

  @Test
  void aTokenIsReadWhole() throws Exception {
    assertThat(
            token(
                """
                {
                  "id": "55555555-5555-4555-8555-555555555555",
                  "description": "Grafana \\u00fc",
                  "permissions": [
                    {"action": "write", "resource": "b"},
                    {"action": "read", "resource": "*"},
                    {"action": "write", "resource": "b"}
                  ],
                  "createdAt": "2024-01-01T00:00:00Z",
                  "expiresAt": "2030-01-01T02:00:00.5+02:00",
                  "revokedAt": "2025-05-05T05:05:05Z"
                }
                """))
        .isEqualTo(
            new Token(
                TokenId.parse(ID),
                "Grafana \u00fc",
                Permissions.of(Permission.read("*"), Permission.write("b")),
                Optional.of(Instant.parse("2024-01-01T00:00:00Z")),
                Optional.of(Instant.parse("2030-01-01T00:00:00.5Z")),
                Optional.of(Instant.parse("2025-05-05T05:05:05Z"))));
  }

  @Test
  void aTokenNeedsNothingButIdAndPermissions() throws Exception {
    Token bare =
        new Token(TokenId.parse(ID), "", Permissions.NONE, Optional.empty(), Optional.empty());

    assertThat(token("{\"permissions\":[],\"id\":\"" + ID + "\"}")).isEqualTo(bare);
    assertThat(
            token(
                "{\"id\":\""
                    + ID
                    + "\",\"permissions\":[],"
                    + "\"description\":null,\"createdAt\":null,\"expiresAt\":null,\"revokedAt\":null}"))
        .isEqualTo(bare);
  }

  @Test
  void anUnknownActionIsKeptAsItCame() throws Exception {
    Token token =
        token(
            "{\"id\":\""
                + ID
                + "\",\"permissions\":[{\"action\":\"READ \\u202e\",\"resource\":\"\"}]}");

    assertThat(token.permissions()).containsExactly(new Permission(Action.of("READ \u202e"), ""));
  }

  @Test
  void fieldsThatAreNotKnownAreIgnoredAtEveryLevel() throws Exception {
    String more = "\"more\":[{\"id\":1,\"permissions\":{\"x\":[null,true,1e400]}}],";
    try (ScriptedServer server =
            ScriptedServer.answering(
                json(
                    200,
                    "[{"
                        + more
                        + "\"id\":\""
                        + ID
                        + "\",\"permissions\":[{"
                        + more
                        + "\"action\":\"read\",\"resource\":\"a\"}]}]"),
                json(200, "[{" + more + "\"name\":\"metrics\"}]"));
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listTokens())
          .extracting(Token::permissions)
          .containsExactly(Permissions.of(Permission.read("a")));
      assertThat(api.listDatabases()).containsExactly("metrics");
    }
  }

  @Test
  void aListingKeepsItsOrder() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(
                json(200, "[" + bare(OTHER) + "," + bare(ID) + "]"),
                json(200, "[{\"name\":\"z\"},{\"name\":\"a\"}]"),
                json(200, " [ ] "));
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listTokens())
          .extracting(Token::id)
          .map(TokenId::toString)
          .containsExactly(OTHER, ID);
      assertThat(api.listDatabases()).containsExactly("z", "a");
      assertThat(api.listTokens()).isEmpty();
    }
  }

  @Test
  void noContentTypeIsNeeded() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(answer(200, "Server: plain", "\ufeff[]"));
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listTokens()).isEmpty();
    }
  }

  @Test
  void aListingMayComeInChunksAndSmallPieces() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  wire.send(CHUNKED);
                  String body = "[" + bare(ID) + "]";
                  for (int i = 0; i < body.length(); i++) {
                    wire.send("1\r\n" + body.charAt(i) + "\r\n");
                  }
                  wire.send("0\r\n\r\n");
                });
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listTokens()).hasSize(1);
      assertThat(api.listTokens()).hasSize(1);
    }
  }

  @Test
  void aListingMayEndWithTheConnection() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  wire.send("HTTP/1.1 200 OK\r\n\r\n[" + bare(ID) + "]");
                  wire.close();
                });
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listTokens()).hasSize(1);
    }
  }

  @Test
  void interimAnswersAreNotTheAnswer() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                    + json(200, "[]"));
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listTokens()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<!DOCTYPE html><title>Sign in</title>",
        " \r\n\t<html>",
        "<",
        "<?xml version=\"1.0\"?><error/>"
      })
  void aPageIsKnownByItsFirstCharacter(String body) {
    ApiException failure = failure(json(200, body));

    assertThat(failure)
        .hasMessage("GET /api/v0/tokens: the answer is an HTML page, not the API's JSON");
    assertThat(failure.hint())
        .hasValueSatisfying(
            hint -> assertThat(hint).startsWith("there may be a proxy or a login page between"));
    assertThat(failure.isTransient()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html", "TEXT/HTML; charset=utf-8", "application/xhtml+xml"})
  void aPageIsKnownByItsContentType(String type) {
    assertThat(failure(answer(200, "Content-Type: " + type, "[]")).problem())
        .isEqualTo("the answer is an HTML page, not the API's JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}                     | a listing must be an array, but this one is not
          {"tokens": []}         | a listing must be an array, but this one is not
          null                   | a listing must be an array, but this one is not
          ""                     | a listing must be an array, but this one is not
          0                      | a listing must be an array, but this one is not
          [null]                 | token 1 must be an object, but this one is not
          [[]]                   | token 1 must be an object, but this one is not
          [{ID,PS},"x"]          | token 2 must be an object, but this one is not
          [{ID,PS},{ID,PS}]      | the token 55555555-5555-4555-8555-555555555555 is listed twice
          [{PS}]                 | token 1 has no id
          [{ID}]                 | token 1 has no permissions
          [{}]                   | token 1 has no id
          [{"id":"x",PS}]        | token 1: the id is not a UUID
          [{"id":"1-1-1-1-1",PS}]| token 1: the id is not a UUID
          [{"id":"",PS}]         | token 1: the id is not a UUID
          [{"id":5,PS}]          | token 1: id must be a string, but this one is not
          [{"id":null,PS}]       | token 1: id must be a string, but this one is not
          [{ID,PS,"description":5}]       | token 1: description must be a string, but this one is not
          [{ID,PS,"description":{}}]      | token 1: description must be a string, but this one is not
          [{ID,"permissions":null}]       | token 1: permissions must be an array, but this one is not
          [{ID,"permissions":{}}]         | token 1: permissions must be an array, but this one is not
          [{ID,"permissions":["read"]}]   | token 1: permissions must be objects, but this one is not
          [{ID,"permissions":[[]]}]       | token 1: permissions must be objects, but this one is not
          [{ID,"permissions":[{"resource":"a"}]}] | token 1: permissions: one has no action
          [{ID,"permissions":[{"action":"","resource":"a"}]}] | token 1: permissions: one has no action
          [{ID,"permissions":[{"action":"read"}]}] | token 1: permissions: one has no resource
          [{ID,"permissions":[{"action":1,"resource":"a"}]}] | token 1: permissions: action must be a string, but this one is not
          [{ID,"permissions":[{"action":"read","resource":null}]}] | token 1: permissions: resource must be a string, but this one is not
          [{ID,PS,"expiresAt":"tomorrow"}]            | token 1: expiresAt is not an RFC 3339 time
          [{ID,PS,"expiresAt":""}]                    | token 1: expiresAt is not an RFC 3339 time
          [{ID,PS,"expiresAt":"2024-02-30T00:00:00Z"}]| token 1: expiresAt is not an RFC 3339 time
          [{ID,PS,"expiresAt":"2024-01-01T00:00:00"}] | token 1: expiresAt is not an RFC 3339 time
          [{ID,PS,"expiresAt":1704067200}]            | token 1: expiresAt must be a string, but this one is not
          [{ID,PS,"revokedAt":"yes"}]                 | token 1: revokedAt is not an RFC 3339 time
          [{ID,PS,"revokedAt":true}]                  | token 1: revokedAt must be a string, but this one is not
          []null                 | something follows where the JSON should end
          [] []                  | something follows where the JSON should end
          """)
  void aListingThatBreaksItsPromiseIsNotTaken(String body, String problem) {
    String filled = body.replace("ID", "\"id\":\"" + ID + "\"").replace("PS", "\"permissions\":[]");

    ApiException failure = failure(json(200, filled));

    assertThat(failure.problem()).isEqualTo(UNEXPECTED + problem);
    assertThat(failure.hint()).hasValueSatisfying(h -> assertThat(h).startsWith("check the URL"));
    assertThat(failure.isTransient()).isFalse();
    assertThat(failure.status()).isEmpty();
  }

  @Test
  void theSameIdInOtherLettersIsListedTwice() {
    String id = "abcdefab-5555-4555-8555-555555555555";

    assertThat(
            failure(json(200, "[" + bare(id) + "," + bare(id.toUpperCase(Locale.ROOT)) + "]"))
                .problem())
        .isEqualTo(UNEXPECTED + "the token " + id + " is listed twice");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}              | a listing must be an array, but this one is not
          null            | a listing must be an array, but this one is not
          [null]          | database 1 must be an object, but this one is not
          ["metrics"]     | database 1 must be an object, but this one is not
          [{}]            | database 1 has no name
          [{"name":1}]    | database 1: name must be a string, but this one is not
          [{"name":null}] | database 1: name must be a string, but this one is not
          [{"name":"a"}]1 | something follows where the JSON should end
          """)
  void aListingOfDatabasesThatBreaksItsPromiseIsNotTaken(String body, String problem) {
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        ManagementApi api = Apis.api(server)) {
      assertThat(catchThrowableOfType(ApiException.class, api::listDatabases))
          .hasMessage("GET /api/v0/databases: " + UNEXPECTED + problem);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []   | the token must be an object, but this one is not
          null | the token must be an object, but this one is not
          {}   | the token has no id
          """)
  void aTokenThatBreaksItsPromiseIsNotTaken(String body, String problem) {
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        ManagementApi api = Apis.api(server)) {
      assertThat(catchThrowableOfType(ApiException.class, () -> api.getToken(TokenId.parse(ID))))
          .hasMessage("GET /api/v0/tokens/" + ID + ": " + UNEXPECTED + problem);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \r\n "})
  void anEmptyAnswerIsNotAnEmptyCluster(String body) {
    ApiException failure = failure(json(200, body));

    assertThat(failure.problem()).isEqualTo(UNEXPECTED + "the answer is empty");
    assertThat(failure.isTransient()).isFalse();
  }

  @Test
  void anAnswerWithoutContentIsNotAnEmptyCluster() {
    ApiException failure = failure("HTTP/1.1 204 No Content\r\n\r\n");

    assertThat(failure).hasMessage("GET /api/v0/tokens: 204 No Content");
    assertThat(failure.status()).hasValue(204);
    assertThat(failure.isTransient()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 202, 203, 206})
  void noSuccessBut200IsWhatWasAskedFor(int status) {
    assertThat(failure(json(status, "[]"))).hasMessageStartingWith("GET /api/v0/tokens: " + status);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"nonsense", "[}", "[,]", "['x']", "[]}", "[{\"id\":\"a\tb\"}]", "[{id:1}]"})
  void anAnswerThatIsNotJsonIsNotTaken(String body) {
    ApiException failure = failure(json(200, body));

    assertThat(failure.problem()).matches("the answer is not valid JSON, at line 1, column \\d+");
    assertThat(failure.isTransient()).isFalse();
  }

  @Test
  void invalidJsonIsSaidToBeSoWithItsPlace() {
    assertThat(failure(json(200, "[\n  {\"id\": oops}]")).problem())
        .matches("the answer is not valid JSON, at line 2, column \\d+");
  }

  @Test
  void anAnswerInNoEncodingAtAllIsNotTaken() {
    byte[] notUtf8 = {'[', '{', '"', 'i', 'd', '"', ':', '"', (byte) 0xff, '"', '}', ']'};
    byte[] notUtf32 = {0, 0, 0, '[', 0x7f, 0x7f, 0x7f, 0x7f};

    for (byte[] body : new byte[][] {notUtf8, notUtf32}) {
      ApiException failure = failure(body);
      assertThat(failure.problem()).startsWith("the answer is not in UTF-8");
      assertThat(failure.isTransient()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[", "[{", "[{\"id\":\"5555", "[{\"id\":\"" + ID + "\",\"permissions\":[]}"})
  void aTruncatedArrayIsCutOffThoughItsLengthIsRight(String body) {
    cutOff(failure(json(200, body)));
  }

  @Test
  void aBodyThatEndsBeforeItsLengthIsCutOff() {
    cutOff(
        playing(
            (number, request, wire) -> {
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[" + bare(ID) + ",");
              wire.close();
            }));
  }

  @Test
  void aWholeArrayInABodyThatEndsBeforeItsLengthIsCutOff() {
    cutOff(
        playing(
            (number, request, wire) -> {
              wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n[" + bare(ID) + "]");
              wire.close();
            }));
  }

  @Test
  void chunksThatEndTooEarlyAreCutOff() {
    cutOff(
        playing(
            (number, request, wire) -> {
              wire.send(CHUNKED + "2\r\n[]\r\n");
              wire.close();
            }));
    cutOff(
        playing(
            (number, request, wire) -> {
              wire.send(CHUNKED + "ff\r\n[]");
              wire.close();
            }));
  }

  @Test
  void aBrokenChunkIsCutOff() {
    cutOff(
        playing(
            (number, request, wire) -> {
              wire.send(CHUNKED + "1\r\n[\r\nnot a size\r\n]");
              wire.close();
            }));
  }

  @Test
  void anAnswerThatIsTooDeepIsNotTaken() {
    String deep = "[{\"x\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}]";

    ApiException failure = failure(json(200, deep));

    assertThat(failure.problem()).startsWith("the answer exceeds a limit: ");
    assertThat(failure.isTransient()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {101, 10_000, 1_000_000})
  void anAnswerThatIsTooLargeIsNotTaken(int size) {
    ClientOptions options = new ClientOptions(ClientOptions.DEFAULT_TIMEOUT, 100, Apis.once());
    String body = "[" + " ".repeat(size - 2) + "]";
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        ManagementApi api = Apis.api(server, options)) {
      assertThat(catchThrowableOfType(ApiException.class, api::listTokens).problem())
          .isEqualTo("the answer exceeds a limit: it has more than 100 bytes");
    }
  }

  @Test
  void anAnswerOfExactlyTheBoundIsTaken() throws Exception {
    ClientOptions options = new ClientOptions(ClientOptions.DEFAULT_TIMEOUT, 100, Apis.once());
    String body = "[" + " ".repeat(98) + "]";
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        ManagementApi api = Apis.api(server, options)) {
      assertThat(api.listTokens()).isEmpty();
    }
  }

  @Test
  void anEndlessAnswerIsLetGoWhenItsBoundIsReached() {
    ClientOptions options = new ClientOptions(ClientOptions.DEFAULT_TIMEOUT, 100_000, Apis.once());
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  wire.send("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n[");
                  wire.sendForever(" ".repeat(8192));
                });
        ManagementApi api = Apis.api(server, options)) {
      assertThat(catchThrowableOfType(ApiException.class, api::listTokens).problem())
          .startsWith("the answer exceeds a limit: ");
    }
  }

  private static void cutOff(ApiException failure) {
    assertThat(failure).hasMessage("GET /api/v0/tokens: the answer was cut off in the middle");
    assertThat(failure.hint()).hasValue("an incomplete answer is not used: try again");
    assertThat(failure.isTransient()).isTrue();
    assertThat(failure.status()).isEmpty();
  }

  private static String bare(String id) {
    return "{\"id\":\"" + id + "\",\"permissions\":[]}";
  }

  private static Token token(String body) throws ApiException {
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        ManagementApi api = Apis.api(server)) {
      return api.getToken(TokenId.parse(ID));
    }
  }

  private static ApiException failure(byte[] body) {
    return playing(
        (number, request, wire) -> {
          wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + body.length + "\r\n\r\n");
          wire.send(body);
        });
  }

  private static ApiException failure(String answer) {
    byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
    return playing((number, request, wire) -> wire.send(bytes));
  }

  /** How a listing of tokens fails. */
  private static ApiException playing(ScriptedServer.Script script) {
    try (ScriptedServer server = ScriptedServer.playing(script);
        ManagementApi api = Apis.api(server)) {
      return catchThrowableOfType(ApiException.class, api::listTokens);
    }
  }
}
