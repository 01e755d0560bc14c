package io.tokenform.sandbox;

import static io.tokenform.sandbox.SandboxClient.CLUSTERED;
import static io.tokenform.sandbox.SandboxClient.DEDICATED;
import static io.tokenform.sandbox.SandboxClient.GRAFANA;
import static io.tokenform.sandbox.SandboxClient.SEED;
import static io.tokenform.sandbox.SandboxClient.UNKNOWN;
import static io.tokenform.sandbox.SandboxClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.sandbox.RawHttp.End;
import io.tokenform.sandbox.RawHttp.Exchange;
import io.tokenform.sandbox.fault.Faults;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
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

/** Each fault, as a client on a real socket meets it and as a listener is told of it. */
@Timeout(120)
class SandboxFaultsTest {
  private static final String PATH = CLUSTERED + "/tokens/" + GRAFANA;
  private static final String LIST = CLUSTERED + "/tokens";
  private static final String RENAME = "{\"description\": \"renamed\"}";
  private static final String READ_LOGS =
      "{\"permissions\": [{\"action\": \"read\", \"resource\": \"logs\"}]}";
  private static final Instant NOW = Instant.parse("2026-02-01T12:00:00.500Z");

  private final List<RecordedRequest> heard = new CopyOnWriteArrayList<>();
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

      assertThat(answer.get(30, TimeUnit.SECONDS).text()).isEmpty();
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
            options().faults(Faults.parse(List.of(rules), 1)).listener(heard::add).build());
  }

  private static SandboxOptions.Builder options() {
    return SandboxOptions.builder().seedJson(SEED).clock(Clock.fixed(NOW, ZoneOffset.UTC));
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
