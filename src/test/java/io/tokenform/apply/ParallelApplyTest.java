package io.tokenform.apply;

import static io.tokenform.apply.ApplyWorld.HASTY;
import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.JournalReader;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.RecordedApply;
import io.tokenform.apply.journal.Result;
import io.tokenform.apply.journal.Stop;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.RetryPolicy;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.live.Live;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several changes at a time: how many, in which order, and what becomes of each. */
@Timeout(900)
class ParallelApplyTest {
  private static final TokenId ID = TokenId.parse("00000000-0000-4000-8000-00000000000a");
  private static final String METRICS = "[{\"action\":\"read\",\"resource\":\"metrics\"}]";

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 10})
  void asManyAreInFlightAsMayBeAndNeverMore(int parallelism) throws Exception {
    try (ApplyWorld world = new ApplyWorld(20, "delay=10ms,on=PATCH")) {
      ApplyResult result =
          apply(world, world.plan(), parallelism, false, ParallelApplyTest::nobody);

      assertThat(result.isComplete()).isTrue();
      assertThat(world.patches()).hasSize(60);
      assertThat(world.patches().stream().mapToInt(RecordedRequest::inFlight).max())
          .hasValue(parallelism);
    }
  }

  @Test
  void noStageBeginsBeforeTheLastAnswerOfTheOneBefore() throws Exception {
    try (ApplyWorld world = new ApplyWorld(8, "delay=1ms..30ms,on=PATCH")) {
      assertThat(apply(world, world.plan(), 4, false, ParallelApplyTest::nobody).isComplete())
          .isTrue();

      for (int wave = 2; wave <= 3; wave++) {
        Instant last =
            ofWave(world, wave - 1)
                .map(ParallelApplyTest::end)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        assertThat(ofWave(world, wave)).hasSize(8);
        assertThat(ofWave(world, wave))
            .allSatisfy(request -> assertThat(request.time()).isAfterOrEqualTo(last));
      }
    }
  }

  @Test
  void oneAtATimeIsStrictlyOneAfterAnotherInThePlansOrder() throws Exception {
    try (ApplyWorld world = new ApplyWorld(4, "delay=1ms..10ms,on=PATCH")) {
      Plan plan = world.plan();

      assertThat(apply(world, plan, 1, false, ParallelApplyTest::nobody).isComplete()).isTrue();

      assertThat(world.patches())
          .extracting(RecordedRequest::path)
          .containsExactlyElementsOf(
              plan.changes().stream()
                  .map(change -> change.steps().get(0).request().orElseThrow().path())
                  .toList());
      assertThat(world.patches()).extracting(RecordedRequest::inFlight).containsOnly(1);
    }
  }

  @Test
  void outcomesKeepThePlansOrderWhateverIsFinishedFirst() throws Exception {
    try (ApplyWorld world = new ApplyWorld(12, "delay=40ms,on=PATCH,every=3")) {
      Plan plan = world.plan();
      List<Change> asTheyCame = new ArrayList<>();
      List<Change> told = new ArrayList<>();
      OrderedOutcomes ordered =
          new OrderedOutcomes(plan.changes(), outcome -> told.add(outcome.change()));

      ApplyResult result =
          apply(
              world,
              plan,
              6,
              false,
              outcome -> {
                asTheyCame.add(outcome.change());
                ordered.accept(outcome);
              });

      assertThat(asTheyCame)
          .containsExactlyInAnyOrderElementsOf(plan.changes())
          .isNotEqualTo(plan.changes());
      assertThat(told).isEqualTo(plan.changes());
      assertThat(result.outcomes()).extracting(Outcome::change).isEqualTo(plan.changes());
    }
  }

  @Test
  void aRecheckReadsEachTokenJustBeforeItsChange() throws Exception {
    try (ApplyWorld world = new ApplyWorld(2)) {
      Plan plan = world.plan();

      assertThat(apply(world, plan, 1, true, ParallelApplyTest::nobody).isComplete()).isTrue();

      List<String> expected = new ArrayList<>(List.of("GET /api/v0/tokens"));
      for (Change change : plan.changes()) {
        expected.add("GET " + change.steps().get(0).request().orElseThrow().path());
        expected.add("PATCH " + change.steps().get(0).request().orElseThrow().path());
      }
      assertThat(world.requests())
          .extracting(request -> request.method() + " " + request.path())
          .isEqualTo(expected);
    }
  }

  @Test
  void aRecheckFindsATokenThatHasDriftedAndLeavesItAlone() throws Exception {
    TokenId drifting = ApplyWorld.id(1, 1);
    Permissions somebodys = Permissions.of(Permission.write("logs"));
    try (ApplyWorld world = new ApplyWorld(2);
        ManagementApi somebody = world.api(HASTY, 1)) {
      Plan plan = world.plan();

      ApplyResult result =
          apply(
              world,
              plan,
              1,
              true,
              outcome -> {
                if (outcome.change().liveId().orElseThrow().equals(ApplyWorld.id(1, 0))) {
                  set(somebody, drifting, somebodys);
                }
              });

      assertThat(lines(result))
          .containsExactly(
              "grants-000 applied",
              "grants-001 drifted: the token has drifted since the plan was made; the change was"
                  + " not sent",
              "trades-000 not attempted",
              "trades-001 not attempted",
              "yields-000 not attempted",
              "yields-001 not attempted");
      assertThat(result.of(Result.DRIFTED))
          .singleElement()
          .isEqualTo(
              new Outcome.Drifted(
                  plan.tokenChanges().get(1), world.sandbox().token(drifting), false));
      assertThat(world.sandbox().token(drifting).permissions()).isEqualTo(somebodys);
      assertThat(result.stop()).isEmpty();
    }
  }

  @Test
  void aRecheckThatFailsLeavesTheTokenAlone() throws Exception {
    // The listing, then every read of a single token.
    try (ApplyWorld world = new ApplyWorld(1, "status=503,on=GET,skip=3")) {
      Plan plan = world.plan();

      ApplyResult result = apply(world, plan, 1, true, ParallelApplyTest::nobody);

      assertThat(result.outcomes().get(0))
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> {
                assertThat(failed.why()).startsWith("GET /api/v0/tokens/").contains(": 503");
                assertThat(failed.mayHaveHappened()).isFalse();
              });
      assertThat(world.patches()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'reset,acts,on=PATCH'      | applied | the answer was lost or showed something else; the"
            + " token was found as desired",
        "'half,on=PATCH'            | applied | the answer was lost or showed something else; the"
            + " token was found as desired",
        "'status=503,acts,on=PATCH' | applied | the answer was lost or showed something else; the"
            + " token was found as desired",
        "'reset,on=PATCH'           | failed  | the token was found as before",
        "'status=503,on=PATCH'      | failed  | the token was found as before",
        "'status=408,on=PATCH'      | failed  | the token was found as before",
      })
  void anAnswerThatIsLostEachTimeIsSettledByAReading(String fault, String result, String reason)
      throws Exception {
    try (ApplyWorld world = new ApplyWorld(1, fault)) {
      Outcome first =
          apply(world, world.plan(), 4, false, ParallelApplyTest::nobody).outcomes().get(0);

      assertThat(first.result()).hasToString(result);
      assertThat(first.reason().orElseThrow()).endsWith(reason);
      assertThat(world.requests())
          .filteredOn(
              request -> request.path().endsWith(first.change().liveId().orElseThrow().toString()))
          .extracting(RecordedRequest::method)
          .containsExactly(
              // On the connection of the listing, which counts for nothing, and two attempts.
              fault.startsWith("reset")
                  ? new String[] {"PATCH", "PATCH", "PATCH", "GET"}
                  : new String[] {"PATCH", "PATCH", "GET"});
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"reset,acts", "reset", "half", "status=503,acts", "status=500"})
  void anAnswerThatIsLostOnceIsAskedForAgain(String fault) throws Exception {
    try (ApplyWorld world = new ApplyWorld(2, fault + ",on=PATCH,first=1")) {
      ApplyResult result = apply(world, world.plan(), 1, false, ParallelApplyTest::nobody);

      assertThat(result.isComplete()).isTrue();
      assertThat(result.outcomes()).extracting(Outcome::reason).containsOnly(Optional.empty());
      assertThat(world.patches()).hasSize(7);
    }
  }

  @Test
  void aTokenThatIsFoundNeitherAsBeforeNorAsDesiredHasDrifted() throws Exception {
    Plan plan = planOfOne();
    String other = token("[{\"action\":\"write\",\"resource\":\"logs\"}]");
    ApplyResult result =
        applyAnswering(
            plan,
            (number, request, wire) -> {
              if (request.line().startsWith("PATCH")) {
                wire.reset();
              } else {
                wire.send(json(200, number == 1 ? "[" + token(METRICS) + "]" : other));
              }
            });

    assertThat(lines(result))
        .containsExactly(
            "a drifted: the answer was lost or showed something else; the token was found neither"
                + " as before nor as desired");
    assertThat(result.outcomes())
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Drifted.class,
            drifted -> {
              assertThat(drifted.sent()).isTrue();
              assertThat(drifted.live().permissions())
                  .isEqualTo(Permissions.of(Permission.write("logs")));
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {404, 500})
  void whatNothingSettlesIsUnknown(int status) throws Exception {
    ApplyResult result =
        applyAnswering(
            planOfOne(),
            (number, request, wire) -> {
              if (request.line().startsWith("PATCH")) {
                wire.reset();
              } else {
                wire.send(number == 1 ? json(200, "[" + token(METRICS) + "]") : json(status, "{}"));
              }
            });

    assertThat(result.outcomes())
        .singleElement()
        .isInstanceOfSatisfying(
            Outcome.Unknown.class,
            unknown ->
                assertThat(unknown.why())
                    .startsWith("PATCH /api/v0/tokens/" + ID + ": ")
                    .endsWith(
                        "; the change may still have been made: GET /api/v0/tokens/"
                            + ID
                            + ": "
                            + status
                            + " Reason "
                            + status));
    assertThat(result.isComplete()).isFalse();
    assertThat(result.stop()).isEmpty();
  }

  @Test
  void aRefusedManagementTokenInTheMiddleStopsAtOnce() throws Exception {
    try (ApplyWorld world =
        new ApplyWorld(20, "delay=10ms,on=PATCH", "status=401,on=PATCH,skip=9")) {
      ApplyResult result = apply(world, world.plan(), 4, false, ParallelApplyTest::nobody);

      assertThat(result.stop()).hasValue(new Stop.Refused(401));
      assertThat(result.stop().orElseThrow().message())
          .isEqualTo(
              "the cluster answered 401 to the management token, so nothing further was sent");
      assertThat(result.count(Result.APPLIED)).isEqualTo(9);
      // Whatever was in flight beside the first that was refused, and no more.
      assertThat(result.count(Result.FAILED)).isBetween(1, 4);
      assertThat(result.count(Result.FAILED) + 9).isEqualTo(world.patches().size());
      assertThat(result.count(Result.NOT_ATTEMPTED)).isEqualTo(60 - world.patches().size());
      assertThat(world.acted()).isEqualTo(9);
    }
  }

  @Test
  void anInterruptStartsNothingNewAndWaitsForWhatIsInFlight() throws Exception {
    AtomicReference<Applier> applier = new AtomicReference<>();
    CountDownLatch heard = new CountDownLatch(1);
    try (ApplyWorld world = new ApplyWorld(10, "delay=50ms,on=PATCH");
        ManagementApi api = world.api(HASTY, 3)) {
      Plan plan = world.plan();
      List<Outcome> told = new CopyOnWriteArrayList<>();
      applier.set(
          new Applier(
              api,
              new ApplyOptions(3, false),
              outcome -> {
                told.add(outcome);
                if (told.size() == 4) {
                  applier.get().interrupt();
                  heard.countDown();
                }
              }));

      ApplyResult result = applier.get().apply(plan, journals(), ApplyWorld.header(plan));

      assertThat(heard.getCount()).isZero();
      assertThat(result.wasInterrupted()).isTrue();
      assertThat(result.stop()).hasValue(new Stop.Interrupted());
      assertThat(result.count(Result.APPLIED)).isEqualTo(world.patches().size()).isBetween(4, 9);
      assertThat(world.acted()).isEqualTo(result.count(Result.APPLIED));
      assertThat(result.count(Result.NOT_ATTEMPTED)).isEqualTo(30 - result.count(Result.APPLIED));
      assertThat(told).hasSize(30);
      RecordedApply recorded = JournalReader.read(result.journal().orElseThrow());
      assertThat(recorded.stop()).hasValue("interrupted: nothing new was started");
      assertThat(recorded.count(Result.APPLIED)).isEqualTo(result.count(Result.APPLIED));
      assertThat(recorded.notAttempted()).isEqualTo(result.count(Result.NOT_ATTEMPTED));
      assertThat(recorded.open()).isZero();
    }
  }

  @Test
  void anInterruptBeforeTheFirstChangeSendsNone() throws Exception {
    try (ApplyWorld world = new ApplyWorld(2);
        ManagementApi api = world.api(HASTY, 3)) {
      Plan plan = world.plan();
      Applier applier = new Applier(api, new ApplyOptions(3, false), ParallelApplyTest::nobody);
      applier.interrupt();

      assertThatThrownBy(() -> applier.apply(plan, journals(), ApplyWorld.header(plan)))
          .isInstanceOf(InterruptedException.class);
      assertThat(world.patches()).isEmpty();
      assertThat(journals().list()).isEmpty();
    }
  }

  /** Waits until a worker has heard of the pause, and keeps it. */
  private static void awaitPause() throws InterruptedException {
    while (Thread.getAllStackTraces().entrySet().stream()
        .noneMatch(
            thread ->
                thread.getKey().getName().equals("apply")
                    && thread.getKey().getState() == Thread.State.TIMED_WAITING
                    && Stream.of(thread.getValue())
                        .anyMatch(
                            frame ->
                                frame.getClassName().equals("io.tokenform.cluster.Throttle")))) {
      Thread.sleep(5);
    }
  }

  @Test
  void anInterruptEndsAPauseThatTheServerAskedFor() throws Exception {
    CountDownLatch paused = new CountDownLatch(1);
    try (ApplyWorld world =
            new ApplyWorld(
                10,
                request -> {
                  if (request.status() == 429) {
                    paused.countDown();
                  }
                },
                "status=429,retry-after=50,on=PATCH,skip=2");
        ManagementApi api = world.api(RetryPolicy.standard(), 3)) {
      Plan plan = world.plan();
      Applier applier = new Applier(api, new ApplyOptions(3, false), ParallelApplyTest::nobody);
      Thread interrupter =
          new Thread(
              () -> {
                try {
                  assertThat(paused.await(15, TimeUnit.MINUTES)).isTrue();
                  awaitPause();
                  applier.interrupt();
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      interrupter.start();
      Instant start = Instant.now();

      ApplyResult result = applier.apply(plan, journals(), ApplyWorld.header(plan));

      assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(45));
      assertThat(result.wasInterrupted()).isTrue();
      assertThat(result.count(Result.APPLIED)).isEqualTo(2);
      assertThat(result.count(Result.FAILED)).isEqualTo(world.patches().size() - 2).isBetween(1, 3);
      assertThat(result.count(Result.NOT_ATTEMPTED)).isEqualTo(30 - world.patches().size());
      assertThat(world.acted()).isEqualTo(2);
    }
  }

  @Test
  void aServerThatAsksForFewerCallsGetsFewerAndAllOfThemInTheEnd() throws Exception {
    try (ApplyWorld world =
        new ApplyWorld(
            30, "delay=5ms,on=PATCH", "status=429,retry-after=0,on=PATCH,skip=10,first=14")) {
      ApplyResult result = apply(world, world.plan(), 8, false, ParallelApplyTest::nobody);

      assertThat(result.isComplete()).isTrue();
      assertThat(world.patches()).hasSize(94);
      assertThat(world.patches())
          .allSatisfy(request -> assertThat(request.inFlight()).isLessThanOrEqualTo(8));
      // Right after the four refusals half as many were in flight.
      int lastRefusal = -1;
      List<RecordedRequest> byArrival =
          world.patches().stream().sorted(Comparator.comparing(RecordedRequest::time)).toList();
      for (int i = 0; i < byArrival.size(); i++) {
        lastRefusal = byArrival.get(i).status() == 429 ? i : lastRefusal;
      }
      assertThat(byArrival.subList(lastRefusal + 8, lastRefusal + 12))
          .allSatisfy(request -> assertThat(request.inFlight()).isLessThan(8));
    }
  }

  @Test
  void aListenerThatFailsStopsTheApplyAndHidesNothing() throws Exception {
    try (ApplyWorld world = new ApplyWorld(5)) {
      ApplyResult result =
          apply(
              world,
              world.plan(),
              2,
              false,
              outcome -> {
                if (outcome.result() == Result.APPLIED) {
                  throw new IllegalStateException("no more");
                }
              });

      assertThat(result.stop().orElseThrow().message())
          .isEqualTo(
              "tokenform failed: java.lang.IllegalStateException: no more, so nothing further was"
                  + " sent");
      assertThat(result.outcomes()).hasSize(15);
      assertThat(result.count(Result.APPLIED)).isEqualTo((int) world.acted()).isBetween(1, 4);
    }
  }

  private ApplyResult apply(
      ApplyWorld world, Plan plan, int parallelism, boolean recheck, Consumer<Outcome> listener)
      throws Exception {
    try (ManagementApi api = world.api(HASTY, parallelism)) {
      return new Applier(api, new ApplyOptions(parallelism, recheck), listener)
          .apply(plan, journals(), ApplyWorld.header(plan));
    }
  }

  private static void nobody(Outcome outcome) {
    // Nobody hears of it.
  }

  private Journals journals() {
    return new Journals(folder, Clock.systemUTC());
  }

  private static String token(String permissions) {
    return "{\"id\":\"" + ID + "\",\"description\":\"A\",\"permissions\":" + permissions + "}";
  }

  /** A plan with one change, which takes all access away. */
  private static Plan planOfOne() throws Exception {
    try (ScriptedServer server = ScriptedServer.answering(json(200, "[" + token(METRICS) + "]"));
        ManagementApi api = Apis.api(server)) {
      return ApplyWorld.plan(
          "version: 1\ntokens:\n  a: {id: " + ID + ", permissions: {}}\n",
          new Live(Apis.clustered(server.url()), api.listTokens(), List.of("metrics", "logs")));
    }
  }

  private ApplyResult applyAnswering(Plan plan, ScriptedServer.Script script) throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(script);
        ManagementApi api = Apis.api(server)) {
      return new Applier(api, new ApplyOptions(2, false), ParallelApplyTest::nobody)
          .apply(plan, journals(), ApplyWorld.header(plan));
    }
  }

  private static Stream<RecordedRequest> ofWave(ApplyWorld world, int wave) {
    String ids = ApplyWorld.id(wave, 0).toString().substring(0, 18);
    return world.patches().stream().filter(request -> request.path().contains(ids));
  }

  private static Instant end(RecordedRequest request) {
    return request.time().plus(request.took());
  }

  private static void set(ManagementApi api, TokenId id, Permissions permissions) {
    try {
      assertThat(
              api.updateToken(id, new TokenUpdate(Optional.empty(), Optional.of(permissions)))
                  .permissions())
          .isEqualTo(permissions);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static List<String> lines(ApplyResult result) {
    return result.outcomes().stream()
        .map(
            outcome ->
                outcome.change().address().name()
                    + " "
                    + outcome.result()
                    + outcome.reason().map(reason -> ": " + reason).orElse(""))
        .toList();
  }
}
