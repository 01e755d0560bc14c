package io.tokenform.cluster;

import static io.tokenform.testing.ScriptedServer.answer;
import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.tokenform.access.TokenId;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client's listener hears of calls and their bodies. */
@Timeout(900)
class TranscriptTest {
  private static final TokenId ID = TokenId.parse("55555555-5555-4555-8555-555555555555");
  private static final String ACCESS_TOKEN = "apiv1_Canary0123456789Canary0123456789==";
  private static final String MANAGEMENT_TOKEN = Apis.MANAGEMENT_TOKEN;

  /** Takes down what it hears. */
  private static final class Heard implements AttemptListener {
    private final int longestBody;
    private final List<Attempt> attempts = new ArrayList<>();

    Heard(int longestBody) {
      this.longestBody = longestBody;
    }

    @Override
    public void attempted(Attempt attempt) {
      attempts.add(attempt);
    }

    @Override
    public int longestBody() {
      return longestBody;
    }

    Attempt last() {
      return attempts.get(attempts.size() - 1);
    }

    String answered() {
      return last().transcript().flatMap(Transcript::answered).orElseThrow();
    }
  }

  @Test
  void everyCallIsToldAndWithoutBodiesWhereNobodyWantsThem() throws Exception {
    Heard heard = new Heard(0);
    try (ScriptedServer server = ScriptedServer.answering(json(200, "[]"));
        ManagementApi api = api(server, heard)) {
      api.listTokens();
      api.listDatabases();
    }
    assertThat(heard.attempts)
        .extracting(attempt -> attempt.request().toString())
        .containsExactly("GET /api/v0/tokens", "GET /api/v0/databases");
    assertThat(heard.attempts)
        .allSatisfy(attempt -> assertThat(attempt.status()).hasValue(200))
        .allSatisfy(attempt -> assertThat(attempt.transcript()).isEmpty());
  }

  @Test
  void bothBodiesAreOnOneLineEach() throws Exception {
    Heard heard = new Heard(1000);
    try (ScriptedServer server =
            ScriptedServer.answering(
                json(200, "{\n  \"id\": \"" + ID + "\",\n  \"permissions\": []\n}\n"));
        ManagementApi api = api(server, heard)) {
      api.updateToken(ID, new TokenUpdate(Optional.of("x"), Optional.empty()));
    }
    assertThat(heard.last().transcript())
        .contains(
            new Transcript(
                Optional.of("{\"description\":\"x\"}"),
                Optional.of("{\"id\":\"" + ID + "\",\"permissions\":[]}")));
  }

  @ParameterizedTest
  @CsvSource({
    "X-Request-Id, X-Request-Id",
    "request-id, Request-Id",
    "X-INFLUXDB-REQUEST-ID, X-Influxdb-Request-Id",
    "Trace-Id, Trace-Id"
  })
  void theRequestIdIsTold(String header) {
    assertThat(requestId(header + ": abc-1")).contains("abc-1");
  }

  @Test
  void aRequestIdIsBoundedAndNoSecret() {
    assertThat(requestId("X-Request-Id: " + "a".repeat(1000))).contains("a".repeat(100));
    assertThat(requestId("X-Request-Id: " + "a".repeat(95) + ACCESS_TOKEN))
        .contains("a".repeat(95) + "[secr");
    assertThat(requestId("X-Request-Id: " + MANAGEMENT_TOKEN)).contains("[secret]");
    assertThat(requestId("X-Request-Id:  ")).isEmpty();
    assertThat(requestId("X-Other: abc")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"accessToken\":\"opaque-canary\"}",
        "{\"token\":{\"AccessToken\" : \"opaque-canary\"}}",
        "{\"access_token\":[\"opaque-canary\",{\"a\":\"opaque-canary\"}]}",
        "{\"\\u0061ccessToken\":\"opaque\\u002dcanary\"}",
        "{\"message\":\"access_token=opaque-canary&x=1\"}",
        "{\"message\":\"{\\\"accessToken\\\": \\\"opaque-canary\\\"}\"}",
        "<a href='?access_token=opaque-canary'>accessToken: opaque-canary</a>",
        "{\"description\":\"apiv1_opaque-canary0123456789\"}",
        "{\"description\":\"apiv1\\u005fopaque\\u002dcanary0123456789\"}",
        "{\"apiv1_opaque-canary0123456789\":1}",
        "see apiv1_opaque-canary0123456789",
      })
  void noAccessTokenIsWrittenDown(String body) {
    String written = answered(answer(400, "Content-Type: text/plain", body), 10_000);
    assertThat(written).contains("[secret]").doesNotContain("canary");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"message\":\"who is %s\"}",
        "<html>%s</html>",
        "[\"\\u006d%s\"]",
      })
  void theManagementTokenIsNotWrittenDown(String body) {
    String text = body.contains("\\u006d") ? MANAGEMENT_TOKEN.substring(1) : MANAGEMENT_TOKEN;
    assertThat(answered(json(500, body.formatted(text)), 10_000))
        .contains("[secret]")
        .doesNotContain(MANAGEMENT_TOKEN);
  }

  @Test
  void ofALongBodyTheBeginningIsWrittenDown() {
    String body = "{\"a\":\"" + "x".repeat(90) + "\",\"b\":\"" + "y".repeat(100) + "\"}";
    assertThat(answered(json(400, body), 120))
        .isEqualTo("{\"a\":\"" + "x".repeat(90) + "\",\"b\" ... (120 of 205 bytes)");
    assertThat(answered(json(400, "word ".repeat(40)), 23))
        .isEqualTo("word word word word  ... (23 of 200 bytes)");
  }

  /** Wherever a body is cut: half a secret is not recognized, so it is not there. */
  @Test
  void aSecretThatIsCutOffIsNotWrittenDown() {
    for (String secret : List.of(ACCESS_TOKEN, MANAGEMENT_TOKEN)) {
      for (String body :
          List.of("{\"message\":\"so: " + secret + "\"}", "<p>so: " + secret + "</p>")) {
        for (int longest = 12; longest < body.length(); longest++) {
          assertThat(answered(json(400, body), longest)).doesNotContain(secret.substring(0, 8));
        }
      }
    }
  }

  @Test
  void whatIsNotTheApisIsWrittenDownAsFarAsItHasCome() {
    Heard heard = new Heard(1000);
    String page = "<html><body>Log in</body></html>";
    failure(heard, answer(200, "Content-Type: text/html", page));
    assertThat(heard.answered()).isEqualTo(page);
    assertThat(heard.last().status()).hasValue(200);
    assertThat(heard.last().problem()).contains("the answer is an HTML page, not the API's JSON");

    failure(heard, answer(302, "Location: /login", "moved"));
    assertThat(heard.answered()).isEqualTo("moved");

    failure(heard, json(200, "{\"a\": tru"));
    assertThat(heard.answered()).isEqualTo("{ ...");

    failure(heard, json(404, "404 page not found"));
    assertThat(heard.answered()).isEqualTo("404 page not found");
  }

  @Test
  void whereThereIsNoAnswerThereIsNoneToWriteDown() {
    Heard heard = new Heard(1000);
    try (ScriptedServer server = ScriptedServer.playing((number, request, wire) -> wire.close());
        ManagementApi api = api(server, heard)) {
      assertThat(catchThrowable(api::listTokens)).isNotNull();
    }
    assertThat(heard.last().status()).isEqualTo(OptionalInt.empty());
    assertThat(heard.last().transcript())
        .contains(new Transcript(Optional.empty(), Optional.empty()));
    failure(heard, answer(503, "X: y", ""));
    assertThat(heard.last().transcript())
        .contains(new Transcript(Optional.empty(), Optional.empty()));
  }

  @Test
  void anAnswerOf100000TokensIsReadWholeAndNotKept() throws Exception {
    StringBuilder tokens = new StringBuilder("[");
    for (int i = 0; i < 100_000; i++) {
      tokens
          .append(i == 0 ? "" : ",")
          .append("{\"id\":\"55555555-5555-4555-8555-%012d\"".formatted(i))
          .append(",\"description\":\"token\",\"permissions\":[]}");
    }
    String body = tokens.append("]").toString();
    Heard heard = new Heard(1000);
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        ManagementApi api = api(server, heard)) {
      assertThat(api.listTokens().tokens()).hasSize(100_000);
    }
    assertThat(heard.answered())
        .hasSizeLessThan(1100)
        .endsWith(" ... (1000 of " + body.length() + " bytes)");
  }

  private static Optional<String> requestId(String header) {
    Heard heard = new Heard(0);
    failure(heard, answer(500, header, ""));
    return heard.last().requestId();
  }

  private static String answered(String answer, int longest) {
    Heard heard = new Heard(longest);
    failure(heard, answer);
    return heard.answered();
  }

  private static void failure(Heard heard, String answer) {
    try (ScriptedServer server = ScriptedServer.answering(answer);
        ManagementApi api = api(server, heard)) {
      assertThat(catchThrowable(api::listTokens)).isInstanceOf(ApiException.class);
    }
  }

  private static ManagementApi api(ScriptedServer server, AttemptListener listener) {
    return Apis.api(server, Apis.patient(Apis.once()).toldTo(listener));
  }
}
