package io.tokenform.sandbox;

import static io.tokenform.sandbox.SandboxClient.CLUSTERED;
import static io.tokenform.sandbox.SandboxClient.DEDICATED;
import static io.tokenform.sandbox.SandboxClient.GRAFANA;
import static io.tokenform.sandbox.SandboxClient.SEED;
import static io.tokenform.sandbox.SandboxClient.UNKNOWN;
import static io.tokenform.sandbox.SandboxClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Secret;
import io.tokenform.access.Token;
import io.tokenform.sandbox.RawHttp.End;
import io.tokenform.sandbox.RawHttp.Exchange;
import io.tokenform.sandbox.SandboxDataSideTest.Created;
import io.tokenform.sandbox.fault.Faults;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each fault, as a client on a real socket meets it and as a listener is told of it. */
@Timeout(900)
class SandboxFaultsTest {
  private static final String PATH = CLUSTERED + "/tokens/" + GRAFANA;
  private static final String LIST = CLUSTERED + "/tokens";
  private static final String RENAME = "{\"description\": \"renamed\"}";
  private static final String READ_LOGS =
      "{\"permissions\": [{\"action\": \"read\", \"resource\": \"logs\"}]}";
  private static final Instant NOW = Instant.parse("2026-02-01T12:00:00.500Z");

  private static final String CREATE =
      """
      {"description": "new", "expiresAt": "2030-01-01T00:00:00Z",
       "permissions": [{"action": "read", "resource": "logs"}]}
      """;

  private final List<RecordedRequest> heard = new CopyOnWriteArrayList<>();
  private final List<Secret> secrets = new CopyOnWriteArrayList<>();
  private final SetClock clock = new SetClock();
  private Sandbox sandbox;

  @AfterEach
  void close() {
    sandbox.close();
  }

  @Test
  void withoutFaultsRequestsAreCarriedOut() throws Exception {
    start();

    assertThat(patch(RENAME).status()).isEqualTo(200);
    assertThat(RawHttp.send(sandbox, "GET", CLUSTERED + "/tokens/" + UNKNOWN, "").status())
        .isEqualTo(404);

    assertThat(heard).extracting(RecordedRequest::acted).containsExactly(true, false);
    assertThat(heard).extracting(RecordedRequest::fault).containsOnly(Optional.empty());
    assertThat(heard).extracting(RecordedRequest::inFlight).containsOnly(1);
  }

  @Test
  void anErrorIsAnsweredWithoutActing() throws Exception {
    start("status=429,retry-after=2");

    Exchange answer = patch(RENAME);

    assertThat(answer.status()).isEqualTo(429);
    assertThat(answer.header("Retry-After")).isEqualTo("2");
    assertThat(answer.header("Content-Type")).startsWith("application/json");
    assertThat(answer.body())
        .isEqualTo("{\"code\":429,\"message\":\"a fault that the sandbox was told to have\"}");
    assertThat(description()).isEqualTo("Grafana");
    assertTold(429, false, "429");
  }

  @Test
  void anErrorCanCoverUpWhatWasDone() throws Exception {
    start("status=503,acts");

    Exchange answer = patch(RENAME);

    assertThat(answer.status()).isEqualTo(503);
    assertThat(answer.header("Retry-After")).isEmpty();
    assertThat(description()).isEqualTo("renamed");
    assertTold(503, true, "503 after acting");
  }

  @Test
  void whatTheApiRefusesIsNotActedOn() throws Exception {
    start("status=503,acts");

    assertThat(RawHttp.send(sandbox, "PATCH", PATH, "{}").status()).isEqualTo(503);

    assertTold(503, false, "503 after acting");
  }

  @Test
  void aDateToComeBackAtIsRoundedUpToTheSecond() throws Exception {
    start("status=429,retry-after=date:2s");

    assertThat(patch(RENAME).header("Retry-After")).isEqualTo("Sun, 01 Feb 2026 12:00:03 GMT");
  }

  @Test
  void aConnectionIsResetWithoutActing() throws Exception {
    start("reset");

    assertThat(patch(RENAME)).isEqualTo(new Exchange("", End.RESET));

    assertThat(description()).isEqualTo("Grafana");
    assertTold(0, false, "reset before acting");
  }

  @Test
  void aConnectionIsResetAfterActing() throws Exception {
    start("reset,acts");

    assertThat(patch(RENAME)).isEqualTo(new Exchange("", End.RESET));

    assertThat(description()).isEqualTo("renamed");
    assertTold(0, true, "reset after acting");
  }

  @Test
  void halfOfTheAnswerIsSentAndThenTheConnectionCloses() throws Exception {
    start("half");

    Exchange answer = RawHttp.sendAndStay(sandbox, "PATCH", PATH, RENAME);

    assertThat(answer.end()).isEqualTo(End.CLOSED);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("application/json");
    int length = Integer.parseInt(answer.header("Content-Length"));
    assertThat(answer.body()).hasSize(length / 2).startsWith("{\"id\":\"5555").doesNotContain("}");
    assertThat(description()).isEqualTo("renamed");
    assertTold(200, true, "half");
  }

  @Test
  void thereIsNoHalfOfAnAnswerWithoutBody() throws Exception {
    start("half");

    assertThat(RawHttp.send(sandbox, "DELETE", PATH, "")).isEqualTo(new Exchange("", End.RESET));

    assertThat(token().isRevoked()).isTrue();
    assertTold(0, true, "half");
  }

  @Test
  void aPageTakesTheAnswersPlace() throws Exception {
    start("content-type=text/html");

    Exchange answer = patch(RENAME);
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.header("Content-Type")).isEqualTo("text/html");
    assertThat(answer.body()).startsWith("<!DOCTYPE html>").endsWith("</html>\n");
    assertThat(answer.header("Content-Length")).isEqualTo("" + answer.body().length());
    assertThat(description()).isEqualTo("renamed");
    assertTold(200, true, "text/html");

    assertThat(RawHttp.send(sandbox, "DELETE", PATH, "").status()).isEqualTo(200);
    assertThat(token().isRevoked()).isTrue();
  }

  @Test
  void aStaleReadShowsTheStateOfBefore() throws Exception {
    start("stale=300ms");
    long changed = System.nanoTime();
    SandboxClient client = new SandboxClient(sandbox);
    client.patch(PATH, RENAME);
    client.post(LIST, "{\"description\": \"new\"}");
    String created = sandbox.tokens().get(3).id().toString();
    client.delete(CLUSTERED + "/tokens/" + SandboxClient.TELEGRAF);
    client.patch(PATH, "{\"description\": \"renamed again\"}");

    String list = client.get(LIST).body();
    HttpResponse<String> one = client.get(PATH);
    int missing = client.get(CLUSTERED + "/tokens/" + created).statusCode();

    // A machine that took longer over this has proved nothing.
    if (System.nanoTime() - changed < Duration.ofMillis(300).toNanos()) {
      assertThat(list)
          .contains("\"description\":\"Grafana\"", "\"description\":\"Telegraf\"")
          .doesNotContain("renamed", "new", "\"revokedAt\":\"2026");
      assertThat(new ObjectMapper().readTree(list)).hasSize(3);
      assertThat(one.body()).contains("\"description\":\"Grafana\"");
      assertThat(missing).isEqualTo(404);
      assertThat(last().acted()).isFalse();
    }
    assertThat(last().fault()).contains("stale");
    Thread.sleep(350);
    assertThat(client.get(PATH).body()).contains("\"description\":\"renamed again\"");
    assertThat(last().acted()).isTrue();
    assertThat(new ObjectMapper().readTree(client.get(LIST).body())).hasSize(4);
  }

  @Test
  void aWrongAnswerShowsPermissionsThatNobodyAskedFor() throws Exception {
    start("wrong");

    assertThat(patch(READ_LOGS).body())
        .contains("\"description\":\"Grafana\"", "\"permissions\":[]");
    assertThat(token().permissions()).isEqualTo(Permissions.of(Permission.read("logs")));
    assertTold(200, true, "wrong");

    assertThat(patch("{\"permissions\": [], \"description\": \"a\"}").body())
        .contains("\"description\":\"a\"", "[{\"action\":\"read\",\"resource\":\"*\"}]");
    assertThat(token().permissions()).isEmpty();
  }

  @Test
  void aWrongAnswerShowsAnotherDescriptionWhereNoPermissionsWereAskedFor() throws Exception {
    start("wrong");

    Exchange answer = RawHttp.send(sandbox, "PATCH", DEDICATED + "/tokens/" + GRAFANA, RENAME);

    assertThat(answer.body())
        .startsWith("{\"accountId\":")
        .contains("\"description\":\"renamed (wrong)\"", "\"resource\":\"metrics\"");
    assertThat(description()).isEqualTo("renamed");
    assertTold(200, true, "wrong");
    assertThat(RawHttp.send(sandbox, "PATCH", PATH, "{}").status()).isEqualTo(400);
    assertTold(400, false, "wrong");
  }

  @Test
  void anIgnoredUpdateIsAnsweredWithTheTokenAsItIs() throws Exception {
    start("ignored");

    Exchange answer = patch(RENAME);

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).contains("\"description\":\"Grafana\"");
    assertThat(description()).isEqualTo("Grafana");
    assertTold(200, false, "ignored");
  }

  @Test
  void anIgnoredCreationAndRevocationSeemToSucceed() throws Exception {
    start("ignored");

    assertThat(RawHttp.send(sandbox, "POST", LIST, "{\"description\": \"new\"}").body())
        .contains("\"description\":\"new\"", "\"accessToken\":\"apiv1_");
    assertThat(RawHttp.send(sandbox, "DELETE", PATH, "").status()).isEqualTo(204);
    assertThat(RawHttp.send(sandbox, "DELETE", CLUSTERED + "/tokens/" + UNKNOWN, "").status())
        .isEqualTo(404);

    assertThat(heard).extracting(RecordedRequest::acted).containsOnly(false);
    assertThat(sandbox.tokens()).hasSize(3);
    assertThat(token().isRevoked()).isFalse();
    RawHttp.send(sandbox, "GET", PATH, "");
    assertThat(last().acted()).isTrue();
    assertThat(last().fault()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'status=503', 503 Service, false, 503",
    "'status=503,acts', 503 Service, true, 503 after acting",
    "'reset', '', false, reset before acting",
    "'reset,acts', '', true, reset after acting",
    "'half', 200 OK, true, half",
    "'content-type=text/html', 200 OK, true, text/html",
    "'wrong', 200 OK, true, wrong",
    "'ignored', 200 OK, false, ignored",
    "'late=30s', 200 OK, true, late",
    "'delay=1ms', 200 OK, true, delay",
  })
  void aCreationMeetsEveryKind(String rule, String status, boolean made, String name)
      throws Exception {
    start(rule + ",on=POST");

    Exchange answer = RawHttp.send(sandbox, "POST", LIST, CREATE);

    assertThat(answer.text()).startsWith(status.isEmpty() ? "" : "HTTP/1.1 " + status);
    assertThat(answer.text().isEmpty()).isEqualTo(status.isEmpty());
    assertThat(sandbox.tokens()).hasSize(made ? 4 : 3);
    assertThat(last().acted()).isEqualTo(made);
    assertThat(last().fault()).contains(name);
    if (made) {
      assertThat(sandbox.tokens().get(3).description()).isEqualTo("new");
      assertThat(sandbox.tokens().get(3).permissions())
          .isEqualTo(Permissions.of(Permission.read("logs")));
      // Whether or not anybody gets to see it, the secret of a token that was made is known.
      assertThat(secrets).hasSize(1);
      assertThat(sandbox.tokenOf(secrets.get(0))).contains(sandbox.tokens().get(3).id());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'status=503', 503 Service, false, 503",
    "'status=503,acts', 503 Service, true, 503 after acting",
    "'reset', '', false, reset before acting",
    "'reset,acts', '', true, reset after acting",
    "'half', '', true, half",
    "'content-type=text/html', 200 OK, true, text/html",
    "'ignored', 204 No Content, false, ignored",
    "'delay=1ms', 204 No Content, true, delay",
  })
  void aRevocationMeetsEveryKind(String rule, String status, boolean done, String name)
      throws Exception {
    start(rule + ",on=DELETE");

    Exchange answer = RawHttp.send(sandbox, "DELETE", PATH, "");

    assertThat(answer.text()).startsWith(status.isEmpty() ? "" : "HTTP/1.1 " + status);
    assertThat(answer.text().isEmpty()).isEqualTo(status.isEmpty());
    assertThat(token().isRevoked()).isEqualTo(done);
    assertTold(status.isEmpty() ? 0 : Integer.parseInt(status.substring(0, 3)), done, name);
  }

  @Test
  void halfOfTheAnswerToACreationHasNoSecret() throws Exception {
    start("half");

    Exchange answer = RawHttp.sendAndStay(sandbox, "POST", DEDICATED + "/tokens", CREATE);

    assertThat(answer.end()).isEqualTo(End.CLOSED);
    assertThat(answer.body())
        .startsWith("{\"accountId\"")
        .doesNotContain("accessToken", secrets.get(0).reveal());
    assertThat(sandbox.works(secrets.get(0))).isTrue();
  }

  @Test
  void aPageInPlaceOfACreationsAnswerHasNoSecret() throws Exception {
    start("content-type=text/html");

    Exchange answer = RawHttp.send(sandbox, "POST", LIST, CREATE);

    assertThat(answer.text()).contains("<h1>Sign in</h1>").doesNotContain(secrets.get(0).reveal());
    assertThat(sandbox.works(secrets.get(0))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "wrong, new, [], 2030-01-01T00:00:00.000Z",
    "wrong=permissions, new, [], 2030-01-01T00:00:00.000Z",
    "wrong=description, new (wrong), [read logs], 2030-01-01T00:00:00.000Z",
    "wrong=expiresAt, new, [read logs], 2030-01-02T00:00:00.000Z",
  })
  void aWrongAnswerToACreationHasTheRightIdAndSecret(
      String rule, String description, String permissions, String expiresAt) throws Exception {
    start(rule);

    String body = RawHttp.send(sandbox, "POST", LIST, CREATE).body();

    Token made = sandbox.tokens().get(3);
    Created answered = Created.of(body);
    assertThat(answered.id()).isEqualTo(made.id());
    assertThat(sandbox.tokenOf(answered.secret())).contains(made.id());
    assertThat(sandbox.works(answered.secret())).isTrue();
    JsonNode shown = new ObjectMapper().readTree(body);
    assertThat(shown.path("description").textValue()).isEqualTo(description);
    assertThat(shown.path("permissions").toString())
        .isEqualTo(
            permissions.equals("[]") ? "[]" : "[{\"action\":\"read\",\"resource\":\"logs\"}]");
    assertThat(shown.path("expiresAt").textValue()).isEqualTo(expiresAt);
    assertThat(made.description()).isEqualTo("new");
    assertThat(made.permissions()).isEqualTo(Permissions.of(Permission.read("logs")));
    assertThat(made.expiresAt()).contains(Instant.parse("2030-01-01T00:00:00Z"));
    assertThat(RawHttp.send(sandbox, "GET", LIST + "/" + made.id(), "").body())
        .contains("\"description\":\"new\"", "\"logs\"", "2030-01-01T00:00:00.000Z");
  }

  @Test
  void aWrongAnswerToACreationWithoutAccessShowsAccess() throws Exception {
    start("wrong");

    String body =
        RawHttp.send(sandbox, "POST", LIST, "{\"description\": \"new\", \"permissions\": []}")
            .body();

    assertThat(body).contains("[{\"action\":\"read\",\"resource\":\"*\"}]");
    assertThat(sandbox.tokens().get(3).permissions()).isEmpty();
    assertThat(RawHttp.send(sandbox, "POST", LIST, "{\"description\": \"bare\"}").body())
        .contains("\"description\":\"bare (wrong)\"", "\"permissions\":[]");
    assertThat(RawHttp.send(sandbox, "POST", LIST, "{}").status()).isEqualTo(400);
    assertTold(400, false, "wrong");
  }

  @Test
  void aFieldOfAnUpdatesAnswerCanBeWrongByItself() throws Exception {
    start("wrong=description");

    assertThat(patch(READ_LOGS).body())
        .contains("\"description\":\"Grafana (wrong)\"", "\"resource\":\"logs\"");
    assertThat(description()).isEqualTo("Grafana");
    assertTold(200, true, "wrong");
  }

  @Test
  void theSecretOfAnIgnoredCreationOpensNothing() throws Exception {
    start("ignored");

    Created answered = Created.of(RawHttp.send(sandbox, "POST", LIST, CREATE).body());

    assertThat(secrets)
        .singleElement()
        .extracting(Secret::reveal)
        .isEqualTo(answered.secret().reveal());
    assertThat(sandbox.tokenOf(answered.secret())).isEmpty();
    assertThat(query(answered.secret())).isEqualTo(401);
  }

  @Test
  void aLateTokenIsThereAtOnceAndWorksLater() throws Exception {
    start("late=30s");

    Created answered = Created.of(RawHttp.send(sandbox, "POST", LIST, CREATE).body());

    assertThat(RawHttp.send(sandbox, "GET", LIST, "").body())
        .contains(answered.id().toString())
        .doesNotContain("activeAt");
    assertThat(RawHttp.send(sandbox, "PATCH", LIST + "/" + answered.id(), RENAME).status())
        .isEqualTo(200);
    assertThat(sandbox.works(answered.secret())).isFalse();
    clock.now = NOW.plusSeconds(30).minusMillis(1);
    assertThat(query(answered.secret())).isEqualTo(401);
    clock.now = NOW.plusSeconds(30);
    assertThat(query(answered.secret())).isEqualTo(200);
    assertThat(sandbox.works(answered.secret())).isTrue();
  }

  @Test
  void aLateTokenMayBeLostAsWell() throws Exception {
    start("late=30s", "reset,acts,on=POST");

    assertThat(RawHttp.send(sandbox, "POST", LIST, CREATE).text()).isEmpty();

    assertTold(0, true, "reset after acting");
    assertThat(sandbox.works(secrets.get(0))).isFalse();
    clock.now = NOW.plusSeconds(30);
    assertThat(sandbox.works(secrets.get(0))).isTrue();
  }

  @Test
  void aListingThatLagsIsBehindWhatASingleReadShows() throws Exception {
    // An hour: no machine is so slow that the listing would catch up.
    start("stale=3600s,at=tokens");

    RawHttp.send(sandbox, "POST", LIST, CREATE);
    RawHttp.send(sandbox, "DELETE", PATH, "");

    assertThat(new ObjectMapper().readTree(RawHttp.send(sandbox, "GET", LIST, "").body()))
        .hasSize(3)
        .noneMatch(token -> token.path("revokedAt").asText().startsWith("2026"));
    assertThat(last().fault()).contains("stale");
    Token made = sandbox.tokens().get(3);
    assertThat(RawHttp.send(sandbox, "GET", LIST + "/" + made.id(), "").status()).isEqualTo(200);
    assertThat(last().fault()).isEmpty();
    assertThat(RawHttp.send(sandbox, "GET", PATH, "").body()).contains("revokedAt");
  }

  @Test
  void tryingASecretMeetsNoFaultUnlessARuleNamesTheDataSide() throws Exception {
    start("status=500,on=GET,first=1", "status=418,at=data,skip=1,first=2");
    Created answered = Created.of(RawHttp.send(sandbox, "POST", LIST, CREATE).body());

    assertThat(query(answered.secret())).isEqualTo(200);
    assertThat(RawHttp.send(sandbox, "GET", PATH, "").status()).isEqualTo(500);
    assertThat(query(answered.secret())).isEqualTo(418);
    assertThat(query(answered.secret())).isEqualTo(200);
  }

  @Test
  void theDataSideCanLagToo() throws Exception {
    start("stale=3600s,at=data");
    Created answered = Created.of(RawHttp.send(sandbox, "POST", LIST, CREATE).body());

    assertThat(query(answered.secret())).isEqualTo(401);
    assertThat(sandbox.works(answered.secret())).isTrue();
  }

  @Test
  void delaysAddUpAndCombineWithTheFirstOtherFault() throws Exception {
    start("delay=60ms", "status=500", "delay=40ms..50ms", "status=502");

    long start = System.nanoTime();
    assertThat(patch(RENAME).status()).isEqualTo(500);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(100));
    assertThat(last().took()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
    assertTold(500, false, "500");
  }

  @Test
  void aDelayAloneIsToldToo() throws Exception {
    start("delay=exp:5ms");

    assertThat(patch(RENAME).status()).isEqualTo(200);

    assertTold(200, true, "delay");
    assertThat(last().took()).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void delayedRequestsAreHandledSideBySide() throws Exception {
    int parallel = 16;
    // Long enough for all to come before the first is answered.
    start("delay=1500ms");
    ExecutorService threads = Executors.newFixedThreadPool(parallel);
    long start = System.nanoTime();
    try {
      List<Future<Exchange>> answers = new ArrayList<>();
      for (int i = 0; i < parallel; i++) {
        answers.add(threads.submit(() -> RawHttp.send(sandbox, "GET", PATH, "")));
      }
      for (Future<Exchange> answer : answers) {
        assertThat(answer.get().status()).isEqualTo(200);
      }
    } finally {
      threads.shutdownNow();
    }
    // One after the other, they would take 24 seconds.
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    assertThat(heard)
        .extracting(RecordedRequest::inFlight)
        .allSatisfy(inFlight -> assertThat(inFlight).isBetween(1, parallel))
        .contains(parallel);
  }

  @Test
  void closingEndsDelays() throws Exception {
    start("delay=60s,on=PATCH");
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<Exchange> answer = threads.submit(() -> patch(RENAME));
      do {
        RawHttp.send(sandbox, "GET", PATH, "");
      } while (last().inFlight() < 2);
      sandbox.close();

      assertThat(answer.get(15, TimeUnit.MINUTES).text()).isEmpty();
      assertThat(description()).isEqualTo("Grafana");
      assertTold(0, false, "closing");
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void rulesCountWhatTheyMatch() throws Exception {
    start("status=500,on=PATCH,skip=1,first=4,every=2");

    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      RawHttp.send(sandbox, "GET", PATH, "");
      statuses.add(patch(RENAME).status());
    }

    assertThat(statuses).containsExactly(200, 500, 200, 500, 200, 200);
    assertThat(heard)
        .filteredOn(request -> request.method().equals("GET"))
        .extracting(RecordedRequest::status)
        .containsOnly(200);
  }

  @Test
  void theSameSeedDoesTheSameAgain() throws Exception {
    List<Optional<String>> first = faultsOf(40, "random=50%", "status=404,rate=20%", 7);

    assertThat(faultsOf(40, "random=50%", "status=404,rate=20%", 7)).isEqualTo(first);
    assertThat(faultsOf(40, "random=50%", "status=404,rate=20%", 8)).isNotEqualTo(first);
  }

  @Test
  void theLogNamesFaultsAndWhatIsInFlight() throws Exception {
    List<String> lines = new CopyOnWriteArrayList<>();
    sandbox =
        Sandbox.start(
            options()
                .faults(Faults.parse(List.of("status=429,on=PATCH", "reset,on=DELETE"), 0))
                .listener(new RequestLog(lines::add))
                .build());

    patch(RENAME);
    RawHttp.send(sandbox, "DELETE", PATH, "");
    RawHttp.send(sandbox, "GET", PATH, "");

    assertThat(lines).hasSize(3);
    String time = "2026-02-01T12:00:00.500Z ";
    assertThat(lines.get(0))
        .matches(time + "PATCH " + PATH + " 429 \\d+ ms, 1 in flight, fault: 429");
    assertThat(lines.get(1))
        .matches(time + "DELETE " + PATH + " - \\d+ ms, 1 in flight, fault: reset before acting");
    assertThat(lines.get(2)).matches(time + "GET " + PATH + " 200 \\d+ ms, 1 in flight");
  }

  private List<Optional<String>> faultsOf(int requests, String rule, String other, long seed)
      throws Exception {
    List<RecordedRequest> told = new CopyOnWriteArrayList<>();
    try (Sandbox one =
        Sandbox.start(
            options()
                .faults(Faults.parse(List.of(rule, other), seed))
                .listener(told::add)
                .build())) {
      sandbox = one;
      for (int i = 0; i < requests; i++) {
        RawHttp.send(one, "GET", PATH, "");
      }
    }
    assertThat(told).hasSize(requests);
    return told.stream().map(RecordedRequest::fault).toList();
  }

  private void start(String... rules) {
    sandbox =
        Sandbox.start(
            options()
                .faults(Faults.parse(List.of(rules), 1))
                .listener(heard::add)
                .secrets(secrets::add)
                .build());
  }

  private SandboxOptions.Builder options() {
    return SandboxOptions.builder().seedJson(SEED).clock(clock);
  }

  private int query(Secret secret) throws Exception {
    return RawHttp.sendWith(sandbox, "GET", "/query?db=logs", "", secret).status();
  }

  /** A clock that shows what a test sets it to. */
  private static final class SetClock extends Clock {
    private volatile Instant now = NOW;

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneOffset getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private Exchange patch(String body) throws Exception {
    return RawHttp.send(sandbox, "PATCH", PATH, body);
  }

  private Token token() {
    return sandbox.token(id(GRAFANA));
  }

  private String description() {
    return token().description();
  }

  private RecordedRequest last() {
    return heard.get(heard.size() - 1);
  }

  private void assertTold(int status, boolean acted, String fault) {
    assertThat(last().status()).isEqualTo(status);
    assertThat(last().acted()).isEqualTo(acted);
    assertThat(last().fault()).contains(fault);
  }
}
