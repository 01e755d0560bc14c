package io.tokenform.cluster;

import static io.tokenform.testing.ScriptedServer.answer;
import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import io.tokenform.access.Action;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenListing;
import io.tokenform.access.UnreadableToken;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
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
      assertThat(api.listTokens().tokens())
          .extracting(Token::permissions)
          .containsExactly(Permissions.of(Permission.read("a")));
      assertThat(api.listDatabases().names()).containsExactly("metrics");
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
      assertThat(api.listTokens().tokens())
          .extracting(Token::id)
          .map(TokenId::toString)
          .containsExactly(OTHER, ID);
      assertThat(api.listDatabases().names()).containsExactly("z", "a");
      assertThat(api.listTokens().tokens()).isEmpty();
    }
  }

  @Test
  void programsInGoWriteNullForAnEmptyListAndTheYearOneForNoTime() throws Exception {
    String token =
        bare(ID)
            .replaceFirst(
                "\\}$",
                ",\"revokedAt\":\"0001-01-01T00:00:00Z\",\"expiresAt\":\"0001-01-01T00:00:00Z\"}");
    try (ScriptedServer server =
            ScriptedServer.answering(
                json(200, "null"), json(200, " null\n"), json(200, "[" + token + "]"));
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listTokens().tokens()).isEmpty();
      assertThat(api.listDatabases().names()).isEmpty();
      assertThat(api.listTokens().tokens())
          .extracting(Token::revokedAt, Token::expiresAt)
          .containsExactly(tuple(Optional.empty(), Optional.empty()));
    }
  }

  @Test
  void noContentTypeIsNeeded() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(answer(200, "Server: plain", "\ufeff[]"));
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listTokens().tokens()).isEmpty();
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
      assertThat(api.listTokens().tokens()).hasSize(1);
      assertThat(api.listTokens().tokens()).hasSize(1);
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
      assertThat(api.listTokens().tokens()).hasSize(1);
    }
  }

  @Test
  void interimAnswersAreNotTheAnswer() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(
                "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
                    + json(200, "[]"));
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listTokens().tokens()).isEmpty();
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
          ""                     | a listing must be an array, but this one is not
          0                      | a listing must be an array, but this one is not
          [null]                 | a listing must be of tokens, but nothing in this one is a token
          [[],"x",1,true,{}]     | a listing must be of tokens, but nothing in this one is a token
          [{"name":"metrics"}]   | a listing must be of tokens, but nothing in this one is a token
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "x"                    | token 2 of the listing (it is not an object)
          null                   | token 2 of the listing (it is not an object)
          [{ID,PS}]              | token 2 of the listing (it is not an object)
          {PS}                   | token 2 of the listing (it has no id)
          {}                     | token 2 of the listing (it has no id)
          {"id":"x",PS}          | token 2 of the listing (its id is not a UUID: "x")
          {"id":"1-1-1-1-1",PS}  | token 2 of the listing (its id is not a UUID: "1-1-1-1-1")
          {"id":"",PS}           | token 2 of the listing (its id is not a UUID: "")
          {"id":5,PS}            | token 2 of the listing (its id must be a string, and is not)
          {"id":{"a":[1]},PS}    | token 2 of the listing (its id must be a string, and is not)
          {"id":null,PS}         | token 2 of the listing (its id must be a string, and is not)
          {ID}                            | ID (it has no permissions)
          {ID,PS,"description":{}}        | ID (its description must be a string, and is not)
          {ID,PS,"description":["a"]}     | ID (its description must be a string, and is not)
          {ID,"permissions":{}}           | ID (its permissions must be a list, and are not)
          {ID,"permissions":"read"}       | ID (its permissions must be a list, and are not)
          {ID,"permissions":["read"]}     | ID (one of its permissions must be an object, and is not)
          {ID,"permissions":[[{}]]}       | ID (one of its permissions must be an object, and is not)
          {ID,"permissions":[null]}       | ID (one of its permissions must be an object, and is not)
          {ID,"permissions":[{}]}         | ID (one of its permissions has no action)
          {ID,"permissions":[{"resource":"a"}]} | ID (one of its permissions has no action)
          {ID,"permissions":[{"action":"","resource":"a"}]} | ID (one of its permissions has no action)
          {ID,"permissions":[{"action":"read"}]} | ID (one of its permissions has no resource)
          {ID,"permissions":[{"action":"read","resource":null}]} | ID (one of its permissions has no resource)
          {ID,"permissions":[{"action":1,"resource":"a"}]} | ID (the action of one of its permissions is not a string)
          {ID,"permissions":[{"action":"read","resource":["a"]}]} | ID (the resource of one of its permissions is not a string)
          {ID,"permissions":[{"action":"read","action":"write","resource":"a"}]} | ID (one of its permissions has two of action)
          {ID,PS,"expiresAt":"tomorrow"}            | ID (its expiresAt is not an RFC 3339 time)
          {ID,PS,"expiresAt":""}                    | ID (its expiresAt is not an RFC 3339 time)
          {ID,PS,"expiresAt":"2024-02-30T00:00:00Z"}| ID (its expiresAt is not an RFC 3339 time)
          {ID,PS,"expiresAt":"2024-01-01T00:00:00"} | ID (its expiresAt is not an RFC 3339 time)
          {ID,PS,"expiresAt":1704067200}            | ID (its expiresAt is not an RFC 3339 time)
          {ID,PS,"expiresAt":{}}                    | ID (its expiresAt is not an RFC 3339 time)
          {ID,PS,"revokedAt":"yes"}                 | ID (its revokedAt is not an RFC 3339 time)
          {ID,PS,"revokedAt":""}                    | ID (its revokedAt is not an RFC 3339 time)
          {ID,PS,"revokedAt":true}                  | ID (its revokedAt is not an RFC 3339 time)
          {ID,PS,"revokedAt":"2024-01-01T00:00:00Z","revokedAt":null} | ID (it has two of revokedAt)
          {ID,PS,"description":"a","description":"b"}                 | ID (it has two of description)
          {ID,PS,PS}                                                  | ID (it has two of permissions)
          {ID,PS},{ID,PS,"description":"b"}    | ID (it is listed several times, with differences)
          {ID,PS},{ID}                         | ID (it has no permissions)
          {ID},{ID,PS}                         | ID (it has no permissions)
          """)
  void aTokenThatBreaksItsPromiseIsSetAsideAndTheOthersAreRead(String token, String told)
      throws Exception {
    String filled =
        token.replace("ID", "\"id\":\"" + ID + "\"").replace("PS", "\"permissions\":[]");
    String third = "77777777-7777-4777-8777-777777777777";
    try (ScriptedServer server =
            ScriptedServer.answering(
                json(200, "[" + bare(OTHER) + "," + filled + "," + bare(third) + "]"));
        ManagementApi api = Apis.api(server)) {
      TokenListing listing = api.listTokens();

      assertThat(listing.tokens())
          .extracting(read -> read.id().toString())
          .containsExactly(OTHER, third);
      assertThat(listing.unreadable())
          .extracting(UnreadableToken::toString)
          .containsExactly(told.startsWith("ID ") ? ID + told.substring(2) : told);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          "2016-12-31T23:59:60Z"             | 2017-01-01T00:00:00Z
          "2024-01-01T00:00:00.1234567890123Z"| 2024-01-01T00:00:00.123456789Z
          "2024-01-01 00:00:00Z"             | 2024-01-01T00:00:00Z
          "2024-01-01 02:00:00.5 +0200"      | 2024-01-01T00:00:00.5Z
          "2024-01-01t00:00:00z"             | 2024-01-01T00:00:00Z
          " 2024-01-01T00:00:00,25+00 "      | 2024-01-01T00:00:00.25Z
          "2024-01-01 00:00:00 UTC"          | 2024-01-01T00:00:00Z
          """)
  void anInstantInAnotherFormCountsWhereItCanMeanOneOnly(String text, Instant meant)
      throws Exception {
    String times = ",'createdAt':T,'expiresAt':T,'revokedAt':T".replace('\'', '"');

    assertThat(token("{\"id\":\"" + ID + "\",\"permissions\":[]" + times.replace("T", text) + "}"))
        .isEqualTo(
            new Token(
                TokenId.parse(ID),
                "",
                Permissions.NONE,
                Optional.of(meant),
                Optional.of(meant),
                Optional.of(meant)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"createdAt\":\"\"",
        "\"createdAt\":\"yesterday\"",
        "\"createdAt\":\"2024-01-01T00:00:00\"",
        "\"createdAt\":\"2024-01-01T00:00:61Z\"",
        "\"createdAt\":\"2024-02-30T23:59:60Z\"",
        "\"createdAt\":1704067200",
        "\"createdAt\":true",
        "\"createdAt\":{\"seconds\":[1]}",
        "\"permissions\":null",
        "\"more\":[{\"id\":1}],\"accessToken\":{\"a\":[]}",
      })
  void whatNothingDependsOnMayBeOdd(String field) throws Exception {
    String rest = field.contains("permissions") ? "" : ",\"permissions\":[]";

    assertThat(token("{\"id\":\"" + ID + "\"," + field + rest + "}"))
        .isEqualTo(
            new Token(TokenId.parse(ID), "", Permissions.NONE, Optional.empty(), Optional.empty()));
  }

  @ParameterizedTest
  @CsvSource({"5,5", "true,true", "1.50,1.50", "null,''"})
  void aDescriptionThatIsNoTextIsItsCharacters(String value, String text) throws Exception {
    assertThat(
            token("{\"id\":\"" + ID + "\",\"permissions\":[],\"description\":" + value + "}")
                .description())
        .isEqualTo(text);
  }

  @Test
  void aTokenThatWasRevokedNeedsNothingButItsId() throws Exception {
    Token read =
        token(
            "{\"id\":\""
                + ID
                + "\",\"revokedAt\":\"2024-01-01T00:00:00Z\",\"permissions\":[{\"action\":7}],"
                + "\"description\":[],\"expiresAt\":\"never\"}");

    assertThat(read)
        .isEqualTo(
            new Token(
                TokenId.parse(ID),
                "",
                Permissions.NONE,
                Optional.empty(),
                Optional.of(Instant.parse("2024-01-01T00:00:00Z"))));
  }

  @Test
  void aLongIdIsCut() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(
                json(200, "[" + bare(ID) + ",{\"id\":\"" + "x".repeat(1000) + "\"}]"));
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listTokens().unreadable())
          .extracting(UnreadableToken::why)
          .containsExactly("its id is not a UUID: \"" + "x".repeat(60) + "...\"");
    }
  }

  @Test
  void aTokenThatIsListedTwiceAndIsTheSameIsOne() throws Exception {
    String id = "abcdefab-5555-4555-8555-555555555555";
    try (ScriptedServer server =
            ScriptedServer.answering(
                json(200, "[" + bare(id) + "," + bare(id.toUpperCase(Locale.ROOT)) + "]"));
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listTokens().tokens())
          .extracting(Token::id)
          .containsExactly(TokenId.parse(id));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {}              | a listing must be an array, but this one is not
          [null]          | no database of the listing has a name
          ["metrics"]     | no database of the listing has a name
          [{}]            | no database of the listing has a name
          [{"name":1}]    | no database of the listing has a name
          [{"name":null}] | no database of the listing has a name
          [{"name":"a"}]1 | something follows where the JSON should end
          """)
  void aListingOfDatabasesThatBreaksItsPromiseIsNotTaken(String body, String problem) {
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        ManagementApi api = Apis.api(server)) {
      assertThat(catchThrowableOfType(ApiException.class, api::listDatabases))
          .hasMessage("GET /api/v0/databases: " + UNEXPECTED + problem);
    }
  }

  @Test
  void aDatabaseWithoutANameIsLeftOut() throws ApiException {
    String body =
        "[{},{\"name\":\"a\",\"maxTables\":{}},7,{\"name\":[\"b\"]},{\"name\":\"c\"},null]";
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        ManagementApi api = Apis.api(server)) {
      assertThat(api.listDatabases().names()).containsExactly("a", "c");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          []   | the token cannot be read: it is not an object
          null | the token cannot be read: it is not an object
          {}   | the token cannot be read: it has no id
          {"id":"55555555-5555-4555-8555-555555555555"} | the token 55555555-5555-4555-8555-555555555555 cannot be read: it has no permissions
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
  void aBrokenChunkIsNoAnswer() {
    for (String size : List.of("not a size", "-5", "zz")) {
      ApiException failure =
          playing(
              (number, request, wire) -> {
                wire.send(CHUNKED + "1\r\n[\r\n" + size + "\r\n]");
                wire.close();
              });

      assertThat(failure.problem())
          .isEqualTo("the answer's chunks are malformed, or it was cut off");
      assertThat(failure.isTransient()).isTrue();
    }
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
      assertThat(api.listTokens().tokens()).isEmpty();
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
