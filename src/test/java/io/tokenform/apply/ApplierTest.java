package io.tokenform.apply;

import static io.tokenform.testing.ScriptedServer.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tokenform.access.Address;
import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.TokenId;
import io.tokenform.apply.journal.ApplyResult;
import io.tokenform.apply.journal.JournalHeader;
import io.tokenform.apply.journal.Journals;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.Result;
import io.tokenform.apply.journal.Stop;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.HttpManagementApi;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.finding.Allowance;
import io.tokenform.finding.SourceText;
import io.tokenform.live.Live;
import io.tokenform.plan.Change;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanOptions;
import io.tokenform.plan.Selection;
import io.tokenform.plan.WaveOrder;
import io.tokenform.plan.planner.Planner;
import io.tokenform.planfile.Digests;
import io.tokenform.policy.Guardrails;
import io.tokenform.policy.PolicyParser;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.testing.Apis;
import io.tokenform.testing.ScriptedServer;
import io.tokenform.testing.ScriptedServer.Script;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans are carried out against the sandbox, and against servers that do other than asked. */
class ApplierTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final String SEED =
      """
      {"databases": ["metrics", "logs"],
       "tokens": [
         {"id": "00000000-0000-4000-8000-00000000000a", "description": "A",
          "permissions": [{"action": "read", "resource": "metrics"}]},
         {"id": "00000000-0000-4000-8000-00000000000b", "description": "B",
          "permissions": [{"action": "read", "resource": "metrics"}]},
         {"id": "00000000-0000-4000-8000-00000000000c", "description": "C",
          "permissions": [{"action": "read", "resource": "metrics"}]},
         {"id": "00000000-0000-4000-8000-00000000000d", "description": "D",
          "permissions": [{"action": "read", "resource": "metrics"}]},
         {"id": "00000000-0000-4000-8000-00000000000e", "description": "E",
          "permissions": [{"action": "read", "resource": "metrics"}]},
         {"id": "00000000-0000-4000-8000-00000000000f", "description": "F",
          "permissions": [{"action": "read", "resource": "metrics"}]}
       ]}
      """;

  /** Two changes in each wave; the policy's order is another. */
  private static final String POLICY =
      """
      version: 1
      tokens:
        takes-2:
          id: 00000000-0000-4000-8000-00000000000a
          permissions: {}
        exchanges-2:
          id: 00000000-0000-4000-8000-00000000000b
          permissions: {read: [logs]}
        grants-2:
          id: 00000000-0000-4000-8000-00000000000c
          description: Renamed
        takes-1:
          id: 00000000-0000-4000-8000-00000000000d
          permissions: {}
        exchanges-1:
          id: 00000000-0000-4000-8000-00000000000e
          permissions: {write: [metrics]}
        grants-1:
          id: 00000000-0000-4000-8000-00000000000f
          permissions: {read: [metrics, logs]}
      """;

  @TempDir Path folder;

  private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
  private final List<Outcome> progress = new ArrayList<>();
  private final Sandbox sandbox =
      Sandbox.start(SandboxOptions.builder().seedJson(SEED).listener(requests::add).build());
  private final ClusterUrl url = ClusterUrl.parse(sandbox.url().toString());
  private final ManagementApi api =
      new HttpManagementApi(
          Apis.clustered(url), sandbox.managementToken(), Apis.patient(Apis.once()));

  @AfterEach
  void stop() {
    api.close();
    sandbox.close();
  }

  @Test
  void changesAreMadeStageByStageAndByNameWithin() throws Exception {
    ApplyResult result = apply(plan(WaveOrder.GRANT_FIRST));

    assertThat(names(result.of(Result.APPLIED)))
        .containsExactly(
            "grants-1", "grants-2", "exchanges-1", "exchanges-2", "takes-1", "takes-2");
    assertThat(sent())
        .containsExactly(
            "GET /api/v0/tokens",
            "PATCH /api/v0/tokens/00000000-0000-4000-8000-00000000000f"
                + " {\"permissions\":[{\"action\":\"read\",\"resource\":\"logs\"},"
                + "{\"action\":\"read\",\"resource\":\"metrics\"}]}",
            "PATCH /api/v0/tokens/00000000-0000-4000-8000-00000000000c"
                + " {\"description\":\"Renamed\"}",
            "PATCH /api/v0/tokens/00000000-0000-4000-8000-00000000000e"
                + " {\"permissions\":[{\"action\":\"write\",\"resource\":\"metrics\"}]}",
            "PATCH /api/v0/tokens/00000000-0000-4000-8000-00000000000b"
                + " {\"permissions\":[{\"action\":\"read\",\"resource\":\"logs\"}]}",
            "PATCH /api/v0/tokens/00000000-0000-4000-8000-00000000000d {\"permissions\":[]}",
            "PATCH /api/v0/tokens/00000000-0000-4000-8000-00000000000a {\"permissions\":[]}");
  }

  @Test
  void revokeFirstTurnsTheStagesRound() throws Exception {
    ApplyResult result = apply(plan(WaveOrder.REVOKE_FIRST));

    assertThat(names(result.of(Result.APPLIED)))
        .containsExactly(
            "takes-1", "takes-2", "exchanges-1", "exchanges-2", "grants-1", "grants-2");
  }

  @ParameterizedTest
  @EnumSource(WaveOrder.class)
  void whatIsSentIsWhatThePlanSays(WaveOrder order) throws Exception {
    Plan plan = plan(order);
    apply(plan);

    assertThat(sent().subList(1, sent().size()))
        .containsExactlyElementsOf(
            plan.changes().stream()
                .map(
                    change ->
                        change.steps().get(0).request().orElseThrow()
                            + " "
                            + change.steps().get(0).request().orElseThrow().body().orElseThrow())
                .toList());
  }

  @Test
  void nothingIsLeftToDoAfterwards() throws Exception {
    ApplyResult result = apply(plan(WaveOrder.GRANT_FIRST));

    assertThat(result.isComplete()).isTrue();
    assertThat(progress).isEqualTo(result.outcomes());
    assertThat(plan(WaveOrder.GRANT_FIRST).changes()).isEmpty();
    assertThat(sandbox.token(id('c')).description()).isEqualTo("Renamed");
    assertThat(sandbox.token(id('a')).permissions()).isEmpty();
  }

  @Test
  void aPlanWithoutChangesSendsNone() throws Exception {
    ApplyResult result = apply(plan(WaveOrder.GRANT_FIRST, "version: 1\ntokens: {}\n"));

    assertThat(result.isComplete()).isTrue();
    assertThat(result.outcomes()).isEmpty();
    assertThat(sent()).isEmpty();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void aPlanWithErrorsIsRefused() throws Exception {
    Plan plan =
        plan(
            WaveOrder.GRANT_FIRST,
            POLICY
                + """
                  nobody:
                    id: 99999999-0000-4000-8000-000000000000
                    permissions: {}
                """);
    assertThat(plan.hasChanges()).isTrue();

    assertThatIllegalArgumentException()
        .isThrownBy(() -> apply(plan))
        .withMessage("a plan with errors or denials is not applied");
    assertThat(sent()).isEmpty();
  }

  @Test
  void anotherPermissionMakesThePlanStale() throws Exception {
    assertStale(
        'a',
        update(
            'a',
            new TokenUpdate(
                Optional.empty(), Optional.of(Permissions.of(Permission.write("metrics"))))));
  }

  @Test
  void evenAPermissionThatIsAsThePolicyWantsItMakesThePlanStale() throws Exception {
    assertStale('a', update('a', new TokenUpdate(Optional.empty(), Optional.of(Permissions.NONE))));
  }

  @Test
  void anotherDescriptionMakesThePlanStale() throws Exception {
    assertStale('c', update('c', new TokenUpdate(Optional.of("somebody's"), Optional.empty())));
  }

  @Test
  void aRevokedTokenMakesThePlanStale() throws Exception {
    Drift drift = assertStale('b', ignored -> revoke('b'));

    assertThat(drift.live()).hasValueSatisfying(token -> assertThat(token.isRevoked()).isTrue());
  }

  @Test
  void aTokenThatIsGoneMakesThePlanStale() throws Exception {
    Plan plan = plan(WaveOrder.GRANT_FIRST);
    try (ScriptedServer server = ScriptedServer.answering(json(200, "[]"));
        ManagementApi elsewhere = Apis.api(server)) {
      StalePlanException stale =
          catchThrowableOfType(
              StalePlanException.class, () -> apply(elsewhere, progress::add, plan));

      assertThat(stale).hasMessage("live has drifted since the plan was made; nothing was sent");
      assertThat(stale.drifts()).extracting(Drift::change).isEqualTo(plan.changes());
      assertThat(stale.drifts()).allSatisfy(drift -> assertThat(drift.live()).isEmpty());
      assertThat(server.requests()).hasSize(1);
    }
  }

  @Test
  void driftIsToldInThePlansOrder() throws Exception {
    Plan plan = plan(WaveOrder.REVOKE_FIRST);
    update('f', new TokenUpdate(Optional.empty(), Optional.of(Permissions.NONE))).accept(api);
    revoke('a');
    requests.clear();

    StalePlanException stale = catchThrowableOfType(StalePlanException.class, () -> apply(plan));

    assertThat(stale.drifts())
        .extracting(drift -> drift.change().address().name())
        .containsExactly("takes-2", "grants-1");
    assertThat(stale.drifts())
        .extracting(Drift::live)
        .containsExactly(Optional.of(sandbox.token(id('a'))), Optional.of(sandbox.token(id('f'))));
  }

  @Test
  void whatThePolicyDoesNotSpeakOfMayChange() throws Exception {
    Plan plan =
        plan(
            WaveOrder.GRANT_FIRST,
            """
            version: 1
            tokens:
              a: {id: 00000000-0000-4000-8000-00000000000a, permissions: {}}
              c: {id: 00000000-0000-4000-8000-00000000000c, description: Renamed}
            """);
    update('a', new TokenUpdate(Optional.of("other"), Optional.empty())).accept(api);
    update('c', new TokenUpdate(Optional.empty(), Optional.of(Permissions.NONE))).accept(api);
    revoke('d');

    assertThat(apply(plan).isComplete()).isTrue();
    assertThat(sandbox.token(id('a')).description()).isEqualTo("other");
    assertThat(sandbox.token(id('c')).permissions()).isEmpty();
  }

  @Test
  void aTokenThatNeedsNoChangeMayDrift() throws Exception {
    Plan plan =
        plan(
            WaveOrder.GRANT_FIRST,
            """
            version: 1
            tokens:
              a: {id: 00000000-0000-4000-8000-00000000000a, permissions: {}}
              b: {id: 00000000-0000-4000-8000-00000000000b, description: B}
            """);
    revoke('b');

    assertThat(names(apply(plan).of(Result.APPLIED))).containsExactly("a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "true", "", "<html>", "["})
  void aListingThatFailsStopsBeforeTheFirstWrite(String listing) throws Exception {
    Plan plan = plan(WaveOrder.GRANT_FIRST);
    try (ScriptedServer server = ScriptedServer.answering(json(200, listing));
        ManagementApi elsewhere = Apis.api(server)) {
      assertThat(
              catchThrowableOfType(ApiException.class, () -> apply(elsewhere, progress::add, plan)))
          .hasMessageStartingWith("GET /api/v0/tokens: ");
      assertThat(server.requests()).hasSize(1);
      assertThat(progress).isEmpty();
    }
  }

  @Test
  void aFailureLetsItsStageFinishAndStopsTheLaterOnes() throws Exception {
    ApplyResult result =
        applyAnswering(
            plan(WaveOrder.GRANT_FIRST),
            (number, request, wire) -> {
              // The listing, both grants, and then the first exchange.
              if (number == 4) {
                wire.send(json(409, "{\"message\": \"conflict\"}"));
              } else {
                wire.send(json(200, honest(request.line(), request.body())));
              }
            });

    assertThat(names(result.of(Result.APPLIED)))
        .containsExactly("grants-1", "grants-2", "exchanges-2");
    assertThat(names(result.of(Result.FAILED))).containsExactly("exchanges-1");
    assertThat(names(result.of(Result.NOT_ATTEMPTED))).containsExactly("takes-1", "takes-2");
    assertThat(result.isComplete()).isFalse();
    assertThat(names(result.outcomes()))
        .containsExactly(
            "grants-1", "grants-2", "exchanges-1", "exchanges-2", "takes-1", "takes-2");
    assertThat(progress).isEqualTo(result.outcomes());
    assertThat(result.of(Result.FAILED).get(0).reason())
        .hasValue("PATCH /api/v0/tokens/" + id('e') + ": 409 conflict");
  }

  @Test
  void aFailureInTheFirstStageOfRevokeFirstGrantsNothing() throws Exception {
    ApplyResult result =
        applyAnswering(
            plan(WaveOrder.REVOKE_FIRST),
            (number, request, wire) ->
                wire.send(
                    number == 3
                        ? json(404, "{}")
                        : json(200, honest(request.line(), request.body()))));

    assertThat(names(result.of(Result.APPLIED))).containsExactly("takes-1");
    assertThat(names(result.of(Result.FAILED))).containsExactly("takes-2");
    assertThat(names(result.of(Result.NOT_ATTEMPTED)))
        .containsExactly("exchanges-1", "exchanges-2", "grants-1", "grants-2");
  }

  @Test
  void aTokenThatIsRevokedInBetweenFailsAndItsDescriptionHoldsUpNothing() throws Exception {
    Plan plan = plan(WaveOrder.GRANT_FIRST);
    Consumer<Outcome> revokeTheNext =
        outcome -> {
          progress.add(outcome);
          if (progress.size() == 1) {
            revoke('c');
          }
        };

    ApplyResult result = apply(api, revokeTheNext, plan);

    assertThat(names(result.of(Result.APPLIED)))
        .containsExactly("grants-1", "exchanges-1", "exchanges-2", "takes-1", "takes-2");
    assertThat(names(result.of(Result.FAILED))).containsExactly("grants-2");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"id": "00000000-0000-4000-8000-00000000000b", "description": "New", "permissions": []} | the cluster answered with another token, 00000000-0000-4000-8000-00000000000b; asked about it, the cluster answered with another token, 00000000-0000-4000-8000-00000000000b
          {"id": "00000000-0000-4000-8000-00000000000a", "description": "Old", "permissions": []} | the cluster has the description "Old" and not "New"; the permissions are as desired
          {"id": "00000000-0000-4000-8000-00000000000a", "permissions": []}                       | the cluster has the description "" and not "New"; the permissions are as desired
          {"id": "00000000-0000-4000-8000-00000000000a", "description": "New", "permissions": [{"action": "read", "resource": "metrics"}]} | the answer was lost or showed something else; the token was found neither as before nor as desired
          {"id": "00000000-0000-4000-8000-00000000000a", "description": "New", "permissions": [], "revokedAt": "2026-01-01T00:00:00Z"} | the answer was lost or showed something else; the token was found neither as before nor as desired
          """)
  void aReplyThatIsNotWhatWasAskedForIsAFailureWhereALookShowsTheSame(String reply, String reason)
      throws Exception {
    ApplyResult result =
        applyAnswering(
            plan(
                WaveOrder.GRANT_FIRST,
                """
                version: 1
                tokens:
                  a:
                    id: 00000000-0000-4000-8000-00000000000a
                    description: New
                    permissions: {}
                """),
            (number, request, wire) -> wire.send(json(200, number == 1 ? listing() : reply)));

    assertThat(result.outcomes())
        .singleElement()
        .satisfies(
            outcome -> {
              assertThat(outcome.result()).isNotEqualTo(Result.APPLIED);
              assertThat(outcome.reason()).hasValue(reason);
              assertThat(outcome.hint()).isPresent();
            });
  }

  @Test
  void aFieldThatWasNotSentIsCheckedTooWhereThePolicySpeaksOfIt() throws Exception {
    ApplyResult result =
        applyAnswering(
            plan(
                WaveOrder.GRANT_FIRST,
                """
                version: 1
                tokens:
                  a:
                    id: 00000000-0000-4000-8000-00000000000a
                    description: New
                    permissions: {read: [metrics]}
                """),
            (number, request, wire) ->
                wire.send(
                    json(
                        200,
                        number == 1
                            ? listing()
                            : "{\"id\":\""
                                + id('a')
                                + "\",\"description\":\"New\","
                                + "\"permissions\":[]}")));

    assertThat(result.of(Result.DRIFTED)).hasSize(1);
  }

  @Test
  void theOrderAndRepetitionOfPermissionsInAReplyMeanNothing() throws Exception {
    ApplyResult result =
        applyAnswering(
            plan(
                WaveOrder.GRANT_FIRST,
                """
                version: 1
                tokens:
                  a:
                    id: 00000000-0000-4000-8000-00000000000a
                    permissions: {read: [logs], write: [logs]}
                """),
            (number, request, wire) ->
                wire.send(
                    json(
                        200,
                        number == 1
                            ? listing()
                            : "{\"id\":\""
                                + id('a')
                                + "\",\"permissions\":["
                                + "{\"action\":\"write\",\"resource\":\"logs\"},"
                                + "{\"action\":\"read\",\"resource\":\"logs\"},"
                                + "{\"action\":\"write\",\"resource\":\"logs\"}]}")));

    assertThat(result.isComplete()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nonsense\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n{",
        "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}",
        "HTTP/1.1 500 Oops\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n"
      })
  void aLostAnswerMayHaveBeenAChange(String answer) throws Exception {
    ApplyResult result =
        applyAnswering(
            plan(WaveOrder.GRANT_FIRST),
            (number, request, wire) -> {
              if (number == 1) {
                wire.send(json(200, listing()));
              } else {
                wire.send(answer);
                wire.close();
              }
            });

    assertThat(names(result.of(Result.UNKNOWN))).containsExactly("grants-1", "grants-2");
    assertThat(result.of(Result.UNKNOWN))
        .allSatisfy(
            unknown ->
                assertThat(unknown.reason().orElseThrow())
                    .contains("; the change may still have been made: GET /api/v0/tokens/"));
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 403, 429})
  void whatNoFurtherCallCanPassStopsAtOnce(int status) throws Exception {
    ApplyResult result =
        applyAnswering(
            plan(WaveOrder.GRANT_FIRST),
            (number, request, wire) ->
                wire.send(number == 1 ? json(200, listing()) : json(status, "{}")));

    assertThat(names(result.of(Result.FAILED))).containsExactly("grants-1");
    assertThat(result.of(Result.NOT_ATTEMPTED)).hasSize(5);
    assertThat(result.stop()).hasValue(new Stop.Refused(status));
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 400, 404, 409})
  void anAnswerThatRefusesWasNoChange(int status) throws Exception {
    ApplyResult result =
        applyAnswering(
            plan(WaveOrder.GRANT_FIRST),
            (number, request, wire) ->
                wire.send(number == 1 ? json(200, listing()) : json(status, "{}")));

    assertThat(result.of(Result.FAILED))
        .hasSize(2)
        .allSatisfy(
            failed ->
                assertThat(failed.reason().orElseThrow())
                    .endsWith(": " + status + " Reason " + status));
  }

  /** Carries a plan out on a server that may do other than asked. */
  private ApplyResult applyAnswering(Plan plan, Script script) throws Exception {
    try (ScriptedServer server = ScriptedServer.playing(script);
        ManagementApi elsewhere = Apis.api(server)) {
      return apply(elsewhere, progress::add, plan);
    }
  }

  private ApplyResult apply(Plan plan) throws Exception {
    return apply(api, progress::add, plan);
  }

  private ApplyResult apply(ManagementApi cluster, Consumer<Outcome> listener, Plan plan)
      throws Exception {
    return new Applier(cluster, new ApplyOptions(1, false), listener)
        .apply(plan, new Journals(folder, Clock.systemUTC()), header(plan));
  }

  private static JournalHeader header(Plan plan) {
    return new JournalHeader(
        NOW,
        "0.1.0",
        "somebody",
        Optional.of("somewhere"),
        Digests.of(plan),
        plan.cluster(),
        plan.order(),
        plan.changes().size(),
        Optional.empty());
  }

  private Plan plan(WaveOrder order) throws Exception {
    return plan(order, POLICY);
  }

  /** Plans, and forgets the requests that it took. */
  private Plan plan(WaveOrder order, String policy) throws Exception {
    ClusterAddress address = Apis.clustered(url);
    Plan plan =
        Planner.plan(
            PolicyParser.parse(new SourceText("tokens.yaml", policy)),
            new Live(address, api.listTokens(), api.listDatabases().names()),
            new PlanOptions(
                order, Selection.ALL, Guardrails.NONE, Set.of(Allowance.parse("lockout")), NOW));
    requests.clear();
    return plan;
  }

  private Drift assertStale(char drifted, Consumer<ManagementApi> event) throws Exception {
    Plan plan = plan(WaveOrder.GRANT_FIRST);
    event.accept(api);
    requests.clear();

    StalePlanException stale = catchThrowableOfType(StalePlanException.class, () -> apply(plan));

    assertThat(sent()).containsExactly("GET /api/v0/tokens");
    assertThat(progress).isEmpty();
    assertThat(stale.drifts()).hasSize(1);
    Drift drift = stale.drifts().get(0);
    assertThat(drift.change().liveId().orElseThrow()).isEqualTo(id(drifted));
    assertThat(drift.live()).hasValue(sandbox.token(id(drifted)));
    return drift;
  }

  private List<String> sent() {
    return requests.stream()
        .map(request -> (request.method() + " " + request.path() + " " + request.body()).strip())
        .toList();
  }

  private static List<String> names(List<? extends Outcome> outcomes) {
    return outcomes.stream().map(Outcome::change).map(Change::address).map(Address::name).toList();
  }

  private static TokenId id(char last) {
    return TokenId.parse("00000000-0000-4000-8000-00000000000" + last);
  }

  private static Consumer<ManagementApi> update(char token, TokenUpdate update) {
    return api -> {
      try {
        assertThat(api.updateToken(id(token), update).id()).isEqualTo(id(token));
      } catch (ApiException e) {
        throw new AssertionError(e);
      }
    };
  }

  /** Revokes a token as somebody else would. */
  private void revoke(char token) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(sandbox.url() + "/api/v0/tokens/" + id(token)))
            .header("Authorization", "Bearer " + sandbox.managementToken().reveal())
            .DELETE()
            .build();
    try {
      assertThat(
              HttpClient.newHttpClient()
                  .send(request, HttpResponse.BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(204);
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What the sandbox would list. */
  private static String listing() {
    return SEED.substring(SEED.indexOf("[", SEED.indexOf("tokens")), SEED.lastIndexOf(']') + 1);
  }

  /** What an honest server answers to a listing, or to an update that names all that it changes. */
  private static String honest(String line, String body) {
    if (body.isEmpty()) {
      return listing();
    }
    String id = line.replaceAll(".*/tokens/(\\S+) .*", "$1");
    String rest = body.substring(1);
    return "{\"id\":\""
        + id
        + "\","
        + (rest.contains("permissions") ? "" : "\"permissions\":[],")
        + rest;
  }
}
