package io.tokenform.cluster;

import static io.tokenform.testing.ScriptedServer.answer;
import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.ScriptedServer.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls are made again, how often, and after which wait. Nothing really waits here. */
class RetriesTest {
  private static final String OK = json(200, "[]");
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final List<Duration> waits = new ArrayList<>();
  private final RetryPolicy fourTimes =
      new RetryPolicy(4, Duration.ofMillis(250), LONGEST, waits::add);

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 429, 500, 501, 502, 503, 504, 599})
  void aStatusThatMayPassIsTriedFourTimes(int status) {
    try (ScriptedServer server = ScriptedServer.answering(json(status, "{}"));
        ManagementApi api = api(server)) {
      assertThat(failure(api).status()).hasValue(status);
      assertThat(server.requests()).hasSize(4);
      assertThat(waits).containsExactly(millis(250), millis(500), millis(1000));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, 204, 206, 301, 302, 304, 307, 308, 400, 401, 403, 404, 405, 409, 418})
  void aStatusThatStaysIsNotTriedAgain(int status) {
    try (ScriptedServer server =
            ScriptedServer.answering("HTTP/1.1 " + status + " x\r\nContent-Length: 0\r\n\r\n");
        ManagementApi api = api(server)) {
      assertThat(failure(api).status()).hasValue(status);
      assertThat(server.requests()).hasSize(1);
      assertThat(waits).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"<html>", "{}", "null", "", "nonsense", "[] []"})
  void anAnswerThatIsWrongIsNotTriedAgain(String body) {
    try (ScriptedServer server = ScriptedServer.answering(json(200, body));
        ManagementApi api = api(server)) {
      assertThat(failure(api)).isNotNull();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anAnswerThatIsCutOffIsTriedAgain() throws Exception {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> {
                  switch (number) {
                    case 1 -> wire.send(json(200, "["));
                    case 2 -> {
                      wire.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n[]");
                      wire.close();
                    }
                    case 3 -> wire.close();
                    default -> wire.send(OK);
                  }
                });
        ManagementApi api = api(server)) {
      assertThat(api.listTokens()).isEmpty();
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void theFirstSuccessEndsIt() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(json(503, "{}"), json(429, "{}"), OK);
        ManagementApi api = api(server)) {
      assertThat(api.listTokens()).isEmpty();
      assertThat(waits).containsExactly(millis(250), millis(500));
    }
  }

  @Test
  void aFailureThatStaysEndsIt() {
    try (ScriptedServer server = ScriptedServer.answering(json(503, "{}"), json(403, "{}"), OK);
        ManagementApi api = api(server)) {
      assertThat(failure(api).status()).hasValue(403);
      assertThat(server.requests()).hasSize(2);
    }
  }

  @Test
  void aPatchIsSentAgainAsItWas() throws Exception {
    TokenId id = TokenId.parse("55555555-5555-4555-8555-555555555555");
    TokenUpdate update =
        new TokenUpdate(Optional.of("x"), Optional.of(Permissions.of(Permission.read("a"))));
    try (ScriptedServer server =
            ScriptedServer.answering(
                json(500, "{}"), json(200, "{\"id\":\"" + id + "\",\"permissions\":[]}"));
        ManagementApi api = api(server)) {
      assertThat(api.updateToken(id, update).id()).isEqualTo(id);
      assertThat(server.requests()).hasSize(2);
      assertThat(server.requests())
          .extracting(Received::body)
          .containsOnly(
              "{\"description\":\"x\",\"permissions\":[{\"action\":\"read\",\"resource\":\"a\"}]}");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "1, 1000",
    "' 7 ', 7000",
    "007, 7000",
    "30, 30000",
    "31, 30000",
    "86400, 30000",
    "2147483648, 30000",
    "4294967295, 30000",
    "9223372036854775807, 30000",
    "99999999999999999999999999, 30000"
  })
  void theServersWaitIsHonouredUpToTheLongest(String seconds, long milliseconds) throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(answer(429, "Retry-After: " + seconds, ""), OK);
        ManagementApi api = api(server)) {
      assertThat(api.listTokens()).isEmpty();
      assertThat(waits).containsExactly(millis(milliseconds));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "+1", "1.5", "", "1e3", "0x10", "1, 2", "\u0661"})
  void aServersWaitThatCannotBeReadIsOurs(String text) throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(answer(503, "Retry-After: " + text, ""), OK);
        ManagementApi api = api(server)) {
      assertThat(api.listTokens()).isEmpty();
      assertThat(waits).containsExactly(millis(250));
    }
  }

  @Test
  void theServersWaitIsInTheFailureToo() {
    try (ScriptedServer server = ScriptedServer.answering(answer(429, "Retry-After: 3600", ""));
        ManagementApi api = api(server)) {
      assertThat(failure(api).retryAfter()).hasValue(Duration.ofHours(1));
      assertThat(waits).containsExactly(LONGEST, LONGEST, LONGEST);
    }
  }

  @Test
  void noWaitIsLongerThanTheLongestHoweverOftenItIsDoubled() {
    RetryPolicy persistent =
        new RetryPolicy(100, Duration.ofMillis(250), Duration.ofSeconds(2), waits::add);
    List<Integer> calls = new ArrayList<>();

    assertThat(
            catchThrowableOfType(
                ApiException.class,
                () ->
                    persistent.run(
                        () -> {
                          calls.add(calls.size());
                          throw ApiException.of(Request.get("/"), "no").isTransient(true).build();
                        })))
        .hasMessage("GET /: no");
    assertThat(calls).hasSize(100);
    assertThat(waits).hasSize(99).startsWith(millis(250), millis(500), millis(1000), millis(2000));
    assertThat(waits.subList(3, 99)).containsOnly(Duration.ofSeconds(2));
  }

  @Test
  void anInterruptedWaitGivesTheFailureAndStaysNoted() {
    RetryPolicy interrupted =
        new RetryPolicy(
            4,
            millis(250),
            LONGEST,
            time -> {
              throw new InterruptedException();
            });
    try (ScriptedServer server = ScriptedServer.answering(json(503, "{}"));
        ManagementApi api = Apis.api(server, Apis.patient(interrupted))) {
      assertThat(failure(api).status()).hasValue(503);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void anInterruptEndsTheStandardWaitAtOnce() {
    try (ScriptedServer server =
            ScriptedServer.playing(
                (number, request, wire) -> wire.send(answer(503, "Retry-After: 30", "")));
        ManagementApi api = Apis.api(server, Apis.patient(RetryPolicy.standard()))) {
      Thread caller = Thread.currentThread();
      Thread interrupter =
          new Thread(
              () -> {
                while (caller.getState() != Thread.State.TIMED_WAITING
                    || server.requests().isEmpty()) {
                  Thread.onSpinWait();
                }
                caller.interrupt();
              });
      interrupter.start();
      assertThat(failure(api).status()).hasValue(503);
      assertThat(Thread.interrupted()).isTrue();
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void theStandardPolicyTriesFourTimes() {
    assertThat(RetryPolicy.standard().attempts()).isEqualTo(4);
    assertThat(RetryPolicy.standard().longestDelay()).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void aPolicyHasAnAttemptAndNoNegativeWait() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO, time -> {}))
        .withMessage("there is at least one attempt");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(1, millis(-1), Duration.ZERO, time -> {}))
        .withMessage("a wait is not shorter than nothing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(1, Duration.ZERO, millis(-1), time -> {}))
        .withMessage("a wait is not shorter than nothing");
    assertThatNullPointerException()
        .isThrownBy(() -> new RetryPolicy(1, Duration.ZERO, Duration.ZERO, null));
  }

  @Test
  void optionsHaveATimeoutAndRoomForAnAnswer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClientOptions.withTimeout(Duration.ZERO))
        .withMessage("a timeout is longer than nothing");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClientOptions.withTimeout(millis(-1)))
        .withMessage("a timeout is longer than nothing");
    // The parser takes a bound of nothing for no bound at all.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientOptions(millis(1), 0, fourTimes))
        .withMessage("an answer has at least one byte");
    assertThatNullPointerException().isThrownBy(() -> new ClientOptions(null, 1, fourTimes));
    assertThatNullPointerException().isThrownBy(() -> new ClientOptions(millis(1), 1, null));
    assertThat(ClientOptions.withTimeout(millis(1)).longestAnswer())
        .isEqualTo(ClientOptions.DEFAULT_LONGEST_ANSWER);
  }

  private ManagementApi api(ScriptedServer server) {
    return Apis.api(server, Apis.patient(fourTimes));
  }

  private static ApiException failure(ManagementApi api) {
    return catchThrowableOfType(ApiException.class, api::listTokens);
  }

  private static Duration millis(long count) {
    return Duration.ofMillis(count);
  }
}
