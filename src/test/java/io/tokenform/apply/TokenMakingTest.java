package io.tokenform.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.ClusterAddress;
import io.tokenform.access.ClusterUrl;
import io.tokenform.access.Masking;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Secret;
import io.tokenform.access.SinkName;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.access.TokenName;
import io.tokenform.apply.journal.MakingStep;
import io.tokenform.apply.journal.Outcome;
import io.tokenform.apply.journal.Result;
import io.tokenform.cluster.ApiException;
import io.tokenform.cluster.AttemptListener;
import io.tokenform.cluster.Endpoints;
import io.tokenform.cluster.HttpManagementApi;
import io.tokenform.cluster.ManagementApi;
import io.tokenform.cluster.NewToken;
import io.tokenform.cluster.TokenCreation;
import io.tokenform.cluster.TokenUpdate;
import io.tokenform.finding.Location;
import io.tokenform.finding.SourceText;
import io.tokenform.plan.Create;
import io.tokenform.plan.Making;
import io.tokenform.plan.RoleOrigins;
import io.tokenform.plan.Succession;
import io.tokenform.policy.Expiry;
import io.tokenform.policy.SinkDefinition;
import io.tokenform.sandbox.RecordedRequest;
import io.tokenform.sandbox.Sandbox;
import io.tokenform.sandbox.SandboxOptions;
import io.tokenform.sandbox.fault.Faults;
import io.tokenform.sink.ScriptedFolders;
import io.tokenform.sink.ScriptedFolders.Turn;
import io.tokenform.sink.SinkSurroundings;
import io.tokenform.testing.Apis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How one token is made, against a sandbox that does some things wrong. */
class TokenMakingTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final TokenName EDGE = new TokenName("edge");
  private static final Permissions WRITE = Permissions.of(Permission.write("orders"));

  @TempDir Path folder;

  private final List<RecordedRequest> requests = new ArrayList<>();
  private final List<String> steps = new ArrayList<>();
  private final List<Duration> pauses = new ArrayList<>();
  private UnaryOperator<String> created = UnaryOperator.identity();
  private UnaryOperator<String> updated = UnaryOperator.identity();
  private Path secrets;
  private Sandbox sandbox;
  private Turn turn = Turn.STORES;
  private Duration settle = Duration.ZERO;
  private Expiry expiry = new Expiry.After(Duration.ofDays(120));

  @BeforeEach
  void makeSink() throws IOException {
    secrets =
        Files.createDirectory(
            folder.resolve("secrets"),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
  }

  @AfterEach
  void stop() {
    if (sandbox != null) {
      sandbox.close();
    }
  }

  private void sandbox(String... faults) {
    sandbox =
        Sandbox.start(
            SandboxOptions.builder()
                .seedJson("{\"databases\": [\"orders\"], \"tokens\": []}")
                .clock(CLOCK)
                .listener(requests::add)
                .faults(Faults.parse(List.of(faults), 1))
                .build());
  }

  private Outcome make() {
    ClusterAddress address = Apis.clustered(ClusterUrl.parse(sandbox.url().toString()));
    Create change =
        Create.of(
            Endpoints.of(address),
            EDGE,
            new Location(new SourceText("tokens.yaml", ""), 1, 1, 1),
            new Making(
                new Succession(
                    "Edge", Optional.of(WRITE), Duration.ofDays(7), Duration.ofDays(1), List.of()),
                Optional.of(expiry),
                new SinkName("files"),
                new SinkDefinition.Directory(secrets.toString()),
                settle),
            RoleOrigins.NONE);
    Deliveries deliveries =
        new Deliveries(
            ScriptedFolders.sinks(
                new SinkSurroundings(Map.of(), folder, new Masking(), Set.of()), name -> turn),
            "cluster",
            new Random(1)::nextInt,
            pauses::add);
    try (ManagementApi api =
        rewriting(
            new HttpManagementApi(
                address, sandbox.managementToken(), Apis.patient(ApplyWorld.HASTY)))) {
      return new TokenMaking(
              change,
              change.making(),
              new Tools(
                  api,
                  false,
                  AttemptListener.NONE,
                  this::note,
                  new Looks(api, CLOCK),
                  new Tools.Slot() {
                    @Override
                    public boolean leave() {
                      return false;
                    }

                    @Override
                    public void enter() {}
                  },
                  new StopSignal(api),
                  CLOCK,
                  Optional.of(deliveries)))
          .make();
    }
  }

  /** The cluster makes something else of descriptions. */
  private ManagementApi rewriting(ManagementApi real) {
    return new WatchedApi(real, call -> {}) {
      @Override
      public NewToken createToken(TokenCreation creation, AttemptListener attempts)
          throws ApiException {
        return real.createToken(
            new TokenCreation(created.apply(creation.description()), creation.expiresAt()),
            attempts);
      }

      @Override
      public Token updateToken(TokenId id, TokenUpdate update, AttemptListener attempts)
          throws ApiException {
        return real.updateToken(
            id, new TokenUpdate(update.description().map(updated), update.permissions()), attempts);
      }
    };
  }

  private void note(MakingStep step) {
    steps.add(step.kind().toString());
  }

  private List<String> calls() {
    return requests.stream().map(request -> request.method() + " " + request.status()).toList();
  }

  private List<Token> working() {
    return sandbox.tokens().stream().filter(token -> !token.isRevoked()).toList();
  }

  private Optional<String> held() throws IOException {
    Path file = secrets.resolve("edge");
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }

  @Test
  void theAccessComesBeforeTheDelivery() throws Exception {
    sandbox();
    settle = Duration.ofMillis(1_200);

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.APPLIED);
    assertThat(calls()).containsExactly("POST 200", "GET 200", "PATCH 200", "PATCH 200");
    assertThat(steps)
        .containsExactly(
            "posting", "posted", "granting", "granted", "delivering", "delivered", "naming");
    assertThat(pauses)
        .containsExactly(Duration.ofMillis(500), Duration.ofMillis(500), Duration.ofMillis(200));
    Token made = working().get(0);
    assertThat(made.description()).isEqualTo("Edge");
    assertThat(made.permissions()).isEqualTo(WRITE);
    assertThat(made.expiresAt()).contains(NOW.plus(Duration.ofDays(120)));
    assertThat(sandbox.tokenOf(Secret.of(held().orElseThrow()))).contains(made.id());
    assertThat(requests.get(0).body())
        .startsWith("{\"description\":\"Edge (tokenform: pending ")
        .contains("\"permissions\":[]");
  }

  @Test
  void aSinkThatFailsLeavesNoToken() throws Exception {
    sandbox();
    turn = Turn.FAILS;

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.reason().orElseThrow()).endsWith("; the new token was revoked");
    assertThat(outcome.mayHaveHappened()).isFalse();
    assertThat(working()).isEmpty();
    assertThat(held()).isEmpty();
    assertThat(steps).endsWith("delivering", "refused", "undoing", "undone");
  }

  @Test
  void aSinkThatMayHaveStoredItKeepsAWorkingSecret() throws Exception {
    sandbox();
    turn = Turn.STORES_WITHOUT_SAYING_SO;

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.mayHaveHappened()).isTrue();
    assertThat(sandbox.works(Secret.of(held().orElseThrow()))).isTrue();
    assertThat(steps).endsWith("delivering");
  }

  @Test
  void aSinkThatCannotBeUsedMakesNoToken() throws Exception {
    sandbox();
    Files.delete(secrets);

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.reason().orElseThrow()).endsWith("; no token was made");
    assertThat(requests).isEmpty();
    assertThat(steps).isEmpty();
  }

  @Test
  void aLostAnswerIsSettledByTheNonceAndTheTokenMadeAnew() throws Exception {
    sandbox("reset,acts,on=POST,first=1");

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.APPLIED);
    assertThat(sandbox.tokens()).hasSize(2);
    assertThat(working()).hasSize(1);
    assertThat(sandbox.tokenOf(Secret.of(held().orElseThrow()))).contains(working().get(0).id());
    assertThat(steps).startsWith("posting", "undoing", "undone", "posting", "posted");
  }

  @Test
  void answersThatAreAlwaysLostEndAfterSomeTries() throws Exception {
    sandbox("status=503,acts,on=POST");

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(working()).isEmpty();
    assertThat(steps.stream().filter("posting"::equals)).hasSize(3);
  }

  @Test
  void aPlainNoMakesNothing() {
    sandbox("status=400,on=POST");

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.mayHaveHappened()).isFalse();
    assertThat(calls()).containsExactly("POST 400");
  }

  @Test
  void aTokenThatTheClusterDoesNotListIsGivenUp() throws Exception {
    sandbox("ignored,on=POST");

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.reason().orElseThrow()).contains("does not list the new token");
    assertThat(held()).isEmpty();
  }

  @Test
  void aPermissionThatIsRefusedLeavesNoToken() throws Exception {
    sandbox("status=400,on=PATCH,first=1");

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(working()).isEmpty();
    assertThat(held()).isEmpty();
  }

  @Test
  void whatCannotBeUndoneIsNamed() {
    sandbox("status=400,on=PATCH", "status=400,on=DELETE");

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.mayHaveHappened()).isTrue();
    assertThat(outcome.reason().orElseThrow())
        .contains(working().get(0).id().toString(), "could not be revoked");
    assertThat(working().get(0).permissions().isEmpty()).isTrue();
  }

  @Test
  void aLabelThatStaysIsLeftToTheNextPlan() throws Exception {
    sandbox("status=400,on=PATCH,skip=1");

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.mayHaveHappened()).isTrue();
    assertThat(outcome.reason().orElseThrow()).contains("works and its secret is in the sink");
    assertThat(sandbox.works(Secret.of(held().orElseThrow()))).isTrue();
    assertThat(steps).endsWith("delivered", "naming");
  }

  @Test
  void anExpiryThatIsOverMakesNoToken() {
    sandbox();
    expiry = new Expiry.At(NOW);

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(requests).isEmpty();
  }

  @Test
  void oneWithItsNonceAndAnotherDescriptionIsRevokedBeforeItHasAccess() throws Exception {
    sandbox();
    created = text -> text.toUpperCase(Locale.ROOT);

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.reason().orElseThrow())
        .contains("the cluster has the description \"EDGE (TOKENFORM: PENDING ")
        .contains(" and not \"Edge (tokenform: pending ")
        .endsWith("; the new token was revoked");
    assertThat(outcome.hint()).contains(SettledCalls.DESCRIPTION_HINT);
    assertThat(sandbox.tokens()).hasSize(1);
    assertThat(working()).isEmpty();
    assertThat(held()).isEmpty();
  }

  @Test
  void oneThatIsRewrittenAndCannotBeRevokedIsLeftToHand() {
    sandbox("status=400,on=DELETE");
    created = text -> text.toUpperCase(Locale.ROOT);

    Outcome outcome = make();

    assertThat(outcome.hint())
        .contains("revoke it: tokenform token revoke " + working().get(0).id());
  }

  @Test
  void aDescriptionThatIsRewrittenAtTheEndIsSaidToBe() throws Exception {
    sandbox();
    updated = text -> text.toUpperCase(Locale.ROOT);

    Outcome outcome = make();

    assertThat(outcome.result()).isEqualTo(Result.FAILED);
    assertThat(outcome.reason().orElseThrow())
        .contains("works and its secret is in the sink", "\"EDGE\" and not \"Edge\"")
        .doesNotContain("not right yet");
    assertThat(outcome.hint().orElseThrow())
        .startsWith("write the description in the policy as the cluster has it");
    assertThat(sandbox.works(Secret.of(held().orElseThrow()))).isTrue();
  }
}
