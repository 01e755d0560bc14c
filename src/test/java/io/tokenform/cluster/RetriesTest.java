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
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which calls are made again, how often, and after which wait. Nothing really waits here. */
class RetriesTest {
  private static final TokenId ID = TokenId.parse("55555555-5555-4555-8555-555555555555");
  private static final String OK = json(200, "[]");
  private static final Duration LONGEST = Duration.ofSeconds(30);

  private final List<Duration> waits = new ArrayList<>();
  private final RetryPolicy fourTimes =
      new RetryPolicy(4, Duration.ofMillis(250), LONGEST, Duration.ofMinutes(5));
  private final Timing timing = new RecordedTiming(waits);

  @ParameterizedTest
  @ValueSource(ints = {408, 425, 500, 501, 502, 503, 504, 599})
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
  @ValueSource(strings = {"<html>", "{}", "true", "", "nonsense", "[] []"})
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
      assertThat(api.listTokens().tokens()).isEmpty();
      assertThat(server.requests()).hasSize(4);
    }
  }

  @Test
  void theFirstSuccessEndsIt() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(json(503, "{}"), json(429, "{}"), OK);
        ManagementApi api = api(server)) {
      assertThat(api.listTokens().tokens()).isEmpty();
      // An answer 429 is no failure that counts, so its wait is the first one's.
      assertThat(waits).containsExactly(millis(250), millis(250));
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
    TokenUpdate update =
        new TokenUpdate(Optional.of("x"), Optional.of(Permissions.of(Permission.read("a"))));
    try (ScriptedServer server =
            ScriptedServer.answering(
                json(500, "{}"), json(200, "{\"id\":\"" + ID + "\",\"permissions\":[]}"));
        ManagementApi api = api(server)) {
      assertThat(api.updateToken(ID, update).id()).isEqualTo(ID);
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
    "60, 60000",
    "61, 61000",
    "300, 300000"
  })
  void theServersWaitIsHonouredInFull(String seconds, long milliseconds) throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(answer(429, "Retry-After: " + seconds, ""), OK);
        ManagementApi api = api(server)) {
      assertThat(api.listTokens().tokens()).isEmpty();
      assertThat(waits).isEqualTo(milliseconds == 0 ? List.of() : List.of(millis(milliseconds)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"soon", "-1", "+1", "1.5", "", "1e3", "0x10", "1, 2", "\u0661"})
  void aServersWaitThatCannotBeReadIsOurs(String text) throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(answer(503, "Retry-After: " + text, ""), OK);
        ManagementApi api = api(server)) {
      assertThat(api.listTokens().tokens()).isEmpty();
      assertThat(waits).containsExactly(millis(250));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Wed, 21 Oct 2026 07:28:00 GMT | Wed, 21 Oct 2026 07:28:07 GMT | 7000",
        "Wed, 21 Oct 2026 07:28:00 GMT | Wed, 21 Oct 2026 07:33:00 GMT | 300000",
        "Wed, 21 Oct 2026 07:28:00 GMT | Wed, 21 Oct 2026 07:00:00 GMT | 0",
        "Wed, 21 Oct 2026 07:28:00 GMT | Wednesday, 21-Oct-26 07:28:03 GMT | 3000"
      })
  void aDateIsMeasuredByTheServersOwnClock(String now, String date, long milliseconds)
      throws Exception {
    try (ScriptedServer server =
            ScriptedServer.answering(
                answer(503, "Date: " + now + "\r\nRetry-After: " + date, ""), OK);
        ManagementApi api = api(server)) {
      assertThat(api.listTokens().tokens()).isEmpty();
      assertThat(waits).isEqualTo(milliseconds == 0 ? List.of() : List.of(millis(milliseconds)));
    }
  }

  @Test
  void aDateWithoutTheServersClockIsMeasuredByOurs() throws Exception {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(30));
    try (ScriptedServer server =
            ScriptedServer.answering(answer(503, "Retry-After: " + date, ""), OK);
        ManagementApi api = api(server)) {
      assertThat(api.listTokens().tokens()).isEmpty();
      assertThat(waits)
          .singleElement()
          .satisfies(wait -> assertThat(wait).isBetween(millis(20_000), millis(30_000)));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "301, 5 min, 2026-10-21 07:33:01 UTC",
    "3600, 60 min, 2026-10-21 08:28:00 UTC",
    "86400, 24 h, 2026-10-22 07:28:00 UTC",
    "2147483648, 24855 days, 2094-11-08 10:42:07 UTC",
    "99999999999999999999999999, 24855 days, 2094-11-08 10:42:07 UTC",
    "'Wed, 21 Oct 2026 09:28:00 GMT', 2 h, 2026-10-21 09:28:00 UTC"
  })
  void aWaitBeyondTheDeadlineIsNotBegunAndItsEndIsSaid(String asked, String length, String end) {
    RecordedTiming clock = new RecordedTiming(waits, () -> Instant.parse("2026-10-21T07:28:00Z"));
    for (int status : new int[] {429, 503}) {
      try (ScriptedServer server =
              ScriptedServer.answering(answer(status, "Retry-After: " + asked, ""));
          ManagementApi api = Apis.api(server, Apis.patient(fourTimes).withTiming(clock))) {
        ApiException failure = failure(api);

        assertThat(failure.problem())
            .isEqualTo(
                status + " Reason " + status + "; it asks to wait " + length + ", until " + end);
        assertThat(failure.hint())
            .hasValueSatisfying(hint -> assertThat(hint).contains("try again after " + end));
        assertThat(server.requests()).hasSize(1);
        assertThat(waits).isEmpty();
      }
    }
  }

  @Test
  void theServersWaitIsInTheFailureToo() {
    try (ScriptedServer server = ScriptedServer.answering(answer(503, "Retry-After: 75", ""));
        ManagementApi api = api(server)) {
      assertThat(failure(api).retryAfter()).hasValue(Duration.ofSeconds(75));
      assertThat(waits).containsOnly(Duration.ofSeconds(75)).hasSize(3);
    }
  }

  @Test
  void askingForFewerCallsIsNoFailureAndEndsAtTheDeadline() {
    try (ScriptedServer server = ScriptedServer.answering(answer(429, "Retry-After: 60", ""));
        ManagementApi api = api(server)) {
      assertThat(failure(api).status()).hasValue(429);
      // Five waits of a minute make five minutes.
      assertThat(server.requests()).hasSize(6);
      assertThat(waits).containsOnly(Duration.ofSeconds(60)).hasSize(5);
    }
  }

  @Test
  void whileTheServerAsksForFewerCallsThePausesGrow() {
    try (ScriptedServer server = ScriptedServer.answering(json(429, "{}"));
        ManagementApi api = api(server)) {
      assertThat(failure(api).status()).hasValue(429);
      assertThat(waits)
          .startsWith(millis(250), millis(500), millis(1000), millis(2000), millis(4000))
          .endsWith(LONGEST, LONGEST);
    }
  }

  @Test
  void withOneAttemptNothingIsMadeAgain() {
    try (ScriptedServer server = ScriptedServer.answering(answer(429, "Retry-After: 0", ""));
        ManagementApi api =
            Apis.api(server, Apis.patient(fourTimes.withAttempts(1)).withTiming(timing))) {
      assertThat(failure(api).status()).hasValue(429);
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void theWaitsDoubleUpToTheCap() {
    RetryPolicy persistent =
        new RetryPolicy(100, millis(250), Duration.ofSeconds(2), Duration.ofHours(1));
    ApiException failure = ApiException.of(Request.get("/"), "no").isTransient(true).build();

    assertThat(
            IntStream.rangeClosed(1, 99)
                .mapToObj(
                    failures ->
                        persistent.waitAfter(
                            failure, failures, 0, Duration.ZERO, RecordedTiming.ALL))
                .map(Optional::orElseThrow))
        .startsWith(millis(250), millis(500), millis(1000), millis(2000))
        .allSatisfy(wait -> assertThat(wait).isLessThanOrEqualTo(Duration.ofSeconds(2)));
    assertThat(persistent.waitAfter(failure, 100, 0, Duration.ZERO, 0)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "0.25, 250", "0.5, 500"})
  void aWaitLiesAnywhereBetweenNothingAndItsBound(double random, long milliseconds) {
    ApiException failure = ApiException.of(Request.get("/"), "no").isTransient(true).build();

    assertThat(fourTimes.waitAfter(failure, 3, 0, Duration.ZERO, random))
        .hasValue(millis(milliseconds));
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void aPostIsRepeatedOnlyIfItCannotHaveArrived(Method method) {
    Request request = new Request(method, "/", Optional.empty());
    ApiException lost = ApiException.of(request, "lost").isTransient(true).build();
    ApiException refused =
        ApiException.of(request, "no connection").isTransient(true).neverSent().build();

    assertThat(fourTimes.waitAfter(lost, 1, 0, Duration.ZERO, 0).isPresent())
        .isEqualTo(method != Method.POST);
    assertThat(fourTimes.waitAfter(refused, 1, 0, Duration.ZERO, 0)).isPresent();
  }

  @Test
  void aWaitThatWouldGoBeyondTheDeadlineIsNotBegun() {
    RetryPolicy hurried = new RetryPolicy(9, millis(400), LONGEST, Duration.ofSeconds(1));
    ApiException failure = ApiException.of(Request.get("/"), "no").isTransient(true).build();

    assertThat(hurried.waitAfter(failure, 1, 0, millis(600), RecordedTiming.ALL)).isPresent();
    assertThat(hurried.waitAfter(failure, 1, 0, millis(601), RecordedTiming.ALL)).isEmpty();
  }

  @Test
  void anInterruptedWaitGivesTheFailureAndStaysNoted() {
    RecordedTiming interrupted = new RecordedTiming(waits);
    interrupted.interruptNextPause();
    try (ScriptedServer server = ScriptedServer.answering(json(503, "{}"));
        ManagementApi api = Apis.api(server, Apis.patient(fourTimes).withTiming(interrupted))) {
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
  void afterTheStopNothingIsChangedAndNothingMadeAgain() {
    try (ScriptedServer server = ScriptedServer.answering(json(503, "{}"));
        ManagementApi api = api(server)) {
      api.stopChanges();

      ApiException unsent =
          catchThrowableOfType(
              ApiException.class,
              () -> api.updateToken(ID, new TokenUpdate(Optional.of("x"), Optional.empty())));
      assertThat(unsent).hasMessageEndingWith(": stopped before it was sent");
      assertThat(unsent.wasTried()).isFalse();
      assertThat(unsent.mayHaveHappened()).isFalse();
      assertThat(server.requests()).isEmpty();
      assertThat(failure(api).status()).hasValue(503);
      assertThat(server.requests()).hasSize(1);
      assertThat(waits).isEmpty();
    }
  }

  @Test
  void eachAttemptIsToldWithItsWait() throws Exception {
    List<Attempt> attempts = new ArrayList<>();
    try (ScriptedServer server =
            ScriptedServer.answering(
                json(503, "{\"message\": \"busy\"}"),
                answer(429, "Retry-After: 2", ""),
                json(200, "{\"id\":\"" + ID + "\",\"permissions\":[]}"));
        ManagementApi api = api(server)) {
      assertThat(
              api.updateToken(
                      ID, new TokenUpdate(Optional.of("x"), Optional.empty()), attempts::add)
                  .id())
          .isEqualTo(ID);
    }
    assertThat(attempts).extracting(Attempt::number).containsExactly(1, 2, 3);
    assertThat(attempts)
        .extracting(Attempt::status)
        .containsExactly(OptionalInt.of(503), OptionalInt.of(429), OptionalInt.of(200));
    assertThat(attempts)
        .extracting(Attempt::problem)
        .containsExactly(Optional.of("503 busy"), Optional.of("429 Reason 429"), Optional.empty());
    assertThat(attempts)
        .extracting(Attempt::retryIn)
        .containsExactly(
            Optional.of(millis(250)), Optional.of(Duration.ofSeconds(2)), Optional.empty());
  }

  @Test
  void theStandardPolicyTriesSixTimesWithinFiveMinutes() {
    assertThat(RetryPolicy.standard())
        .isEqualTo(new RetryPolicy(6, millis(200), Duration.ofSeconds(10), Duration.ofMinutes(5)));
  }

  @Test
  void aPolicyHasAnAttemptAndNoNegativeWait() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(0, Duration.ZERO, Duration.ZERO, Duration.ZERO))
        .withMessage("there must be at least one attempt");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(1, millis(-1), Duration.ZERO, Duration.ZERO))
        .withMessage("a wait must not be negative");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new RetryPolicy(1, Duration.ZERO, millis(-1), Duration.ZERO))
        .withMessage("a wait must not be negative");
    assertThatNullPointerException()
        .isThrownBy(() -> new RetryPolicy(1, Duration.ZERO, Duration.ZERO, null));
  }

  @Test
  void optionsHaveATimeoutAndRoomForAnAnswer() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClientOptions.withTimeout(Duration.ZERO))
        .withMessage("a timeout must be positive");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClientOptions.withTimeout(millis(-1)))
        .withMessage("a timeout must be positive");
    // The parser takes a bound of nothing for no bound at all.
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ClientOptions(millis(1), 0, fourTimes))
        .withMessage("an answer must be allowed at least one byte");
    assertThatNullPointerException().isThrownBy(() -> new ClientOptions(null, 1, fourTimes));
    assertThatNullPointerException().isThrownBy(() -> new ClientOptions(millis(1), 1, null));
    assertThat(ClientOptions.withTimeout(millis(1)).longestAnswer())
        .isEqualTo(ClientOptions.DEFAULT_LONGEST_ANSWER);
  }

  private ManagementApi api(ScriptedServer server) {
    return Apis.api(server, Apis.patient(fourTimes).withTiming(timing));
  }

  private static ApiException failure(ManagementApi api) {
    return catchThrowableOfType(ApiException.class, api::listTokens);
  }

  private static Duration millis(long count) {
    return Duration.ofMillis(count);
  }
}
