package io.tokenform.cluster;

import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.TokenId;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.ScriptedServer.Received;
import io.tokenform.testing.ScriptedServer.Script;
import io.tokenform.testing.ScriptedServer.Wire;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Connections that end while they wait in the pool: what is sent again, and what never is. */
class PooledConnectionsTest {
  private static final TokenId ID = TokenId.parse("55555555-5555-4555-8555-555555555555");
  private static final String TOKEN = "{\"id\":\"" + ID + "\",\"permissions\":[]}";
  private static final TokenUpdate UPDATE = new TokenUpdate(Optional.of("x"), Optional.empty());

  private final List<Attempt> attempts = new ArrayList<>();

  /** A way to end a connection. */
  @FunctionalInterface
  private interface End {
    void of(Wire wire) throws IOException;
  }

  /** A call of the API, with a name for the report. */
  private record Call(Method method, Body body) {
    @Override
    public String toString() {
      return method.toString();
    }
  }

  /** What a call does. */
  @FunctionalInterface
  private interface Body {
    void make(ManagementApi api) throws ApiException;
  }

  static Stream<Call> callsThatMayBeRepeated() {
    return Stream.of(
        new Call(Method.GET, ManagementApi::listTokens),
        new Call(Method.PATCH, api -> api.updateToken(ID, UPDATE)),
        new Call(Method.DELETE, api -> api.revokeToken(ID, AttemptListener.NONE)));
  }

  @ParameterizedTest
  @MethodSource("callsThatMayBeRepeated")
  void aServerThatClosesAfterEachAnswerCostsNoAttempt(Call call) throws Exception {
    for (End end : List.<End>of(Wire::close, Wire::reset)) {
      attempts.clear();
      try (ScriptedServer server =
              ScriptedServer.playing(
                  (number, request, wire) -> {
                    wire.send(answer(request));
                    end.of(wire);
                  });
          ManagementApi api = api(server)) {
        for (int i = 0; i < 20; i++) {
          call.body().make(api);
        }
        assertThat(server.connections()).isEqualTo(20);
      }
      assertThat(attempts)
          .hasSize(20)
          .allSatisfy(attempt -> assertThat(attempt.problem()).isEmpty());
    }
  }

  @ParameterizedTest
  @MethodSource("callsThatMayBeRepeated")
  void aRequestThatIsSwallowedIsSentAgainOnAFreshConnection(Call call) throws Exception {
    for (End end : List.<End>of(Wire::close, Wire::reset)) {
      attempts.clear();
      try (ScriptedServer server = ScriptedServer.playing(onlyTheFirst(end));
          ManagementApi api = api(server)) {
        call.body().make(api);
        call.body().make(api);

        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().get(2)).isEqualTo(server.requests().get(1));
      }
      assertThat(attempts).hasSize(2).allSatisfy(each -> assertThat(each.problem()).isEmpty());
    }
  }

  @Test
  void itIsSentAgainOnceAndNotForEver() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  if (number == 1) {
                    wire.send(answer(request));
                  } else {
                    wire.close();
                  }
                });
        ManagementApi api = api(server)) {
      api.listTokens();
      ApiException failure = catchThrowableOfType(ApiException.class, api::listTokens);

      assertThat(failure.problem()).isEqualTo("the server closed the connection without an answer");
      assertThat(server.requests()).hasSize(3);
      assertThat(attempts).hasSize(2);
    }
  }

  @Test
  void aConnectionThatDiesInTheMiddleOfAnAnswerIsAnAttempt() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  if (number == 1) {
                    wire.send(answer(request));
                  } else {
                    wire.send("HTTP/1.1 2");
                    wire.close();
                  }
                });
        ManagementApi api = api(server)) {
      api.listTokens();

      assertThat(catchThrowableOfType(ApiException.class, api::listTokens)).isNotNull();
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aPostIsNeverSentTwiceAndHasAConnectionOfItsOwn() throws Exception {
    TokenCreation creation = new TokenCreation("x", Optional.empty());
    try (ScriptedServer server = ScriptedServer.playing(onlyTheFirst(Wire::close));
        ManagementApi api = api(server)) {
      api.listTokens();
      // On the connection of the listing it would be swallowed.
      assertThat(api.createToken(creation, AttemptListener.NONE).token().id()).isEqualTo(ID);

      assertThat(server.requests()).extracting(Received::line).hasSize(2);
      assertThat(server.connections()).isEqualTo(2);
    }
    try (ScriptedServer server = ScriptedServer.playing((number, request, wire) -> wire.close());
        ManagementApi api = api(server)) {
      ApiException failure =
          catchThrowableOfType(
              ApiException.class, () -> api.createToken(creation, AttemptListener.NONE));

      assertThat(failure.mayHaveHappened()).isTrue();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void whatWasSentTwiceMayHaveHappenedThoughTheSecondAnswerIsNo() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  switch (number) {
                    case 1 -> wire.send(answer(request));
                    case 2 -> wire.close();
                    default -> wire.send(json(404, "{}"));
                  }
                });
        ManagementApi api = api(server)) {
      api.listTokens();

      ApiException failure =
          catchThrowableOfType(ApiException.class, () -> api.updateToken(ID, UPDATE));
      assertThat(failure.status()).hasValue(404);
      assertThat(failure.mayHaveHappened()).isTrue();
    }
  }

  @Test
  void bytesThatNobodyAskedForAreNoAnswer() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) ->
                    wire.send(
                        number == 1
                            ? json(200, "[]") + json(408, "{\"message\": \"you are idle\"}")
                            : answer(request)));
        ManagementApi api = api(server)) {
      api.listTokens();
      assertThat(api.getToken(ID).id()).isEqualTo(ID);

      assertThat(server.connections()).isEqualTo(2);
      assertThat(attempts).hasSize(2).allSatisfy(each -> assertThat(each.problem()).isEmpty());
    }
  }

  /** A connection whose first request is answered, and whose second ends it. */
  private static Script onlyTheFirst(End end) {
    ConcurrentHashMap<Wire, Boolean> used = new ConcurrentHashMap<>();
    return (number, request, wire) -> {
      if (used.putIfAbsent(wire, true) == null) {
        wire.send(answer(request));
      } else {
        end.of(wire);
      }
    };
  }

  private static String answer(Received request) {
    if (request.line().startsWith("POST")) {
      return json(201, TOKEN.replace("}", ",\"accessToken\":\"apiv1_0123456789abcdef\"}"));
    }
    if (request.line().startsWith("DELETE")) {
      return "HTTP/1.1 204 No Content\r\n\r\n";
    }
    return json(200, request.line().contains("/tokens ") ? "[]" : TOKEN);
  }

  private ManagementApi api(ScriptedServer server) {
    return Apis.api(server, Apis.patient(Apis.once()).toldTo(attempts::add));
  }
}
