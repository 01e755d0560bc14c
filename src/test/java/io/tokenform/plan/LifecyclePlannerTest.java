package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.NOW;
import static io.tokenform.plan.PlanWorld.QUIET;
import static io.tokenform.plan.PlanWorld.id;
import static io.tokenform.plan.PlanWorld.made;
import static io.tokenform.plan.PlanWorld.name;
import static io.tokenform.plan.PlanWorld.revoked;
import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Address;
import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.access.TokenId;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.plan.PendingFates.Fate;
import io.tokenform.plan.Rotate.Because;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is planned of the birth, the renewal and the end of tokens. */
class LifecyclePlannerTest {
  private static final Permission WRITE = Permission.write("logs");
  private static final Permission READ = Permission.read("logs");
  private static final Instant LONG_AGO = NOW.minus(Duration.ofDays(400));

  /** Found by its description, made and renewed by tokenform. */
  private static final String EDGE =
      QUIET
          + """
          tokens:
            edge:
              description: Edge
              permissions: {write: [logs]}
              deliver: vault
              expires: 120d
              rotate: {every: 90d, overlap: 5d, park: 2d, settle: 30s}
          """;

  private final PlanWorld world = new PlanWorld();

  private static String labelled(String label) {
    return "Edge (tokenform: " + label + ")";
  }

  private static Token pending(int number, Duration age, Permission... permissions) {
    return made(number, labelled("pending 3f9a1c3f9a1" + number), NOW.minus(age), permissions);
  }

  private static List<String> kinds(Plan plan) {
    return plan.changes().stream().map(change -> change.kind() + " " + change.address()).toList();
  }

  private static List<Guardrail> denied(Plan plan) {
    return plan.findings().stream()
        .filter(Diagnostic::isDenied)
        .map(finding -> finding.rule().orElseThrow())
        .toList();
  }

  @Test
  void aTokenThatIsNotThereIsMade() throws Exception {
    Plan plan = world.plan(EDGE);

    assertThat(kinds(plan)).containsExactly("create token.edge");
    Create create = (Create) plan.changes().get(0);
    assertThat(create.wave()).isEqualTo(Wave.GRANTS);
    assertThat(create.effect()).isEqualTo(Effect.WIDENS);
    assertThat(create.liveId()).isEmpty();
    assertThat(create.accessGained()).isEqualTo(Permissions.of(WRITE));
    assertThat(create.steps().stream().map(Step::text))
        .containsExactly(
            "POST /api/v0/tokens",
            "PATCH /api/v0/tokens/{id}",
            "deliver to vault: directory secrets, settle 30s",
            "PATCH /api/v0/tokens/{id}");
    assertThat(create.steps().get(0).request().orElseThrow().body())
        .contains(
            "{\"description\":\"Edge (tokenform: pending {nonce})\",\"permissions\":[],"
                + "\"expiresAt\":\"{now+120d}\"}");
    assertThat(create.steps().get(1).request().orElseThrow().body())
        .contains("{\"permissions\":[{\"action\":\"write\",\"resource\":\"logs\"}]}");
    assertThat(create.steps().get(3).request().orElseThrow().body())
        .contains("{\"description\":\"Edge\"}");
    assertThat(plan.isDenied()).isFalse();
  }

  @Test
  void withoutASinkOfThatNameNothingIsMade() throws Exception {
    Plan plan = world.plan(EDGE.replace("deliver: vault", "deliver: valut"));

    assertThat(plan.hasChanges()).isFalse();
    assertThat(plan.findings()).hasSize(1);
    assertThat(plan.findings().get(0).code()).isEqualTo(Code.UNKNOWN_SINK);
    assertThat(plan.findings().get(0).hint()).contains("did you mean \"vault\"?");
  }

  @Test
  void whatNobodyUsesMayBeTheTokenThatWouldBeMade() throws Exception {
    Plan plan = world.with(made(1, "Edges", LONG_AGO, WRITE)).plan(EDGE);

    assertThat(kinds(plan)).containsExactly("create token.edge");
    assertThat(plan.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.code()).isEqualTo(Code.SIMILAR_TOKEN));
    assertThat(new PlanWorld().with(made(1, "Edges", LONG_AGO, READ)).plan(EDGE).findings())
        .isEmpty();
    assertThat(new PlanWorld().with(made(1, "Nightly", LONG_AGO, WRITE)).plan(EDGE).findings())
        .isEmpty();
  }

  @Test
  void oneThatSomebodyRevokedIsMadeOnlyWhereThatIsAllowed() throws Exception {
    Plan plan = world.with(revoked(1, "Edge", NOW.minusSeconds(9))).plan(EDGE);

    assertThat(kinds(plan)).containsExactly("create token.edge");
    assertThat(denied(plan)).containsExactly(Guardrail.MISSING_TOKEN);
    assertThat(world.allowing("missing-token:edge").plan(EDGE).isDenied()).isFalse();
    // One that tokenform itself revoked had a label.
    assertThat(
            new PlanWorld()
                .with(revoked(1, labelled("retired until 2025-01-01T00:00:00Z"), NOW))
                .plan(EDGE)
                .isDenied())
        .isFalse();
  }

  @Test
  void aFormerDescriptionFindsATokenAndItIsRenamed() throws Exception {
    Plan plan =
        world
            .with(made(1, "Old edge", NOW, WRITE))
            .plan(EDGE.replace("deliver: vault", "deliver: vault\n    was: [Older, Old edge]"));

    assertThat(kinds(plan)).containsExactly("update token.edge");
    assertThat(plan.tokenChanges().get(0).changedAfter().description()).contains("Edge");
  }

  @ParameterizedTest
  @CsvSource({
    "89d, , , false",
    "90d, , AGE, true",
    "1d, 2026-01-02T00:00:00Z, , false",
    "1d, 2026-01-01T00:00:00Z, NOT_BEFORE, true",
    "1d, 2025-12-31T00:00:00Z, , false",
    "100d, 2026-01-01T00:00:00Z, NOT_BEFORE, true",
  })
  void aTokenInUseGetsASuccessorByItsAge(
      String age, String notBefore, String because, boolean isDue) throws Exception {
    Instant made = NOW.minus(io.tokenform.access.Durations.parse(age));
    String policy =
        notBefore == null
            ? EDGE
            : EDGE.replace("every: 90d", "every: 90d, notBefore: \"" + notBefore + "\"");

    Plan plan = world.with(made(1, "Edge", made, WRITE)).plan(policy);

    assertThat(plan.hasChanges()).isEqualTo(isDue);
    if (isDue) {
      Rotate rotate = (Rotate) plan.changes().get(0);
      assertThat(rotate.because()).isEqualTo(Because.valueOf(because));
      assertThat(rotate.effect()).isEqualTo(Effect.NEUTRAL);
      assertThat(rotate.liveId()).contains(id(1));
      assertThat(AccessByDatabase.of(plan)).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource({"120d, 5, true", "120d, 6, false", "2026-01-04T00:00:00Z, 3, false"})
  void aTokenThatIsAboutToExpireGetsASuccessorThatLivesLonger(
      String expires, int days, boolean isDue) throws Exception {
    Token live =
        new Token(
            id(1),
            "Edge",
            Permissions.of(WRITE),
            Optional.of(NOW.minus(Duration.ofDays(1))),
            Optional.of(NOW.plus(Duration.ofDays(days))),
            Optional.empty());
    String policy =
        EDGE.replace("expires: 120d", "expires: " + expires)
            .replace("every: 90d", "every: 90d, notBefore: \"2025-01-01T00:00:00Z\"");

    Plan plan = world.with(live).plan(policy);

    assertThat(plan.hasChanges()).isEqualTo(isDue);
  }

  @Test
  void aRotationLabelsTheOldTokenAfterTheDelivery() throws Exception {
    Plan plan = world.with(made(1, "Edge", LONG_AGO, WRITE)).plan(EDGE);

    assertThat(plan.changes().get(0).steps().stream().map(Step::text))
        .containsExactly(
            "POST /api/v0/tokens",
            "PATCH /api/v0/tokens/{id}",
            "deliver to vault: directory secrets, settle 30s",
            "PATCH /api/v0/tokens/" + id(1),
            "PATCH /api/v0/tokens/{id}");
    assertThat(plan.changes().get(0).steps().get(3).request().orElseThrow().body())
        .contains("{\"description\":\"Edge (tokenform: retiring until {now+5d})\"}");
  }

  @Test
  void withoutAnOverlapTheOldTokenLosesItsAccessAtOnce() throws Exception {
    Plan plan =
        world
            .with(made(1, "Edge", LONG_AGO, WRITE))
            .asked(new PlanOptions.Asked(false, Set.of(name("edge")), Optional.of(Duration.ZERO)))
            .plan(EDGE);

    assertThat(((Rotate) plan.changes().get(0)).because()).isEqualTo(Because.ASKED);
    assertThat(plan.isDenied()).isFalse();
    assertThat(plan.changes().get(0).steps().get(3).request().orElseThrow().body())
        .contains(
            "{\"description\":\"Edge (tokenform: retired until {now+2d})\",\"permissions\":[]}");
  }

  @Test
  void withoutAnOverlapAllOldTokensLoseTheirAccess() throws Exception {
    Plan plan =
        world
            .with(
                made(1, "Edge", NOW, WRITE),
                made(2, labelled("retiring until 2025-12-31T00:00:00Z"), LONG_AGO, WRITE, READ))
            .asked(new PlanOptions.Asked(false, Set.of(name("edge")), Optional.of(Duration.ZERO)))
            .plan(EDGE);

    assertThat(kinds(plan)).containsExactly("rotate token.edge");
    assertThat(plan.changes().get(0).steps().stream().map(Step::text))
        .contains("PATCH /api/v0/tokens/" + id(1), "PATCH /api/v0/tokens/" + id(2));
    assertThat(plan.isInOrder()).isTrue();
  }

  @Test
  void aPolicyWithoutAnOverlapIsAskedAbout() throws Exception {
    Plan plan =
        world
            .with(made(1, "Edge", LONG_AGO, WRITE))
            .plan(EDGE.replace("overlap: 5d", "overlap: 0s"));

    assertThat(kinds(plan)).containsExactly("rotate token.edge");
    assertThat(denied(plan)).containsExactly(Guardrail.LOCKOUT);
  }

  @Test
  void whatIsDueDoesNotWaitForTokensThatAreMissing() throws Exception {
    Plan plan =
        world
            .with(made(1, "Edge", LONG_AGO, WRITE))
            .due(Due.ONLY)
            .plan(EDGE + "  gone: {description: Gone, permissions: {read: [logs]}}\n");

    assertThat(kinds(plan)).containsExactly("rotate token.edge");
    assertThat(plan.isDenied()).isFalse();
    assertThat(plan.unselected()).containsExactly(name("gone"));
  }

  @Test
  void aRotationTakesFromTheOldTokenWhatThePolicyNoLongerGives() throws Exception {
    Plan plan = world.with(made(1, "Edge", LONG_AGO, WRITE, READ)).plan(EDGE);

    assertThat(kinds(plan)).containsExactly("rotate token.edge");
    assertThat(plan.changes().get(0).wave()).isEqualTo(Wave.TAKES);
    assertThat(plan.changes().get(0).steps().get(3).request().orElseThrow().body().orElseThrow())
        .contains("retiring until", "\"permissions\":[{\"action\":\"write\"");
  }

  @Test
  void oldTokensRetireAndThenGo() throws Exception {
    Plan plan =
        world
            .with(
                made(1, "Edge", NOW, WRITE),
                made(2, labelled("retiring until 2026-01-01T00:00:00Z"), LONG_AGO, WRITE),
                made(3, labelled("retiring until 2026-01-01T00:00:01Z"), LONG_AGO, WRITE),
                made(4, labelled("retired until 2025-12-31T00:00:00Z"), LONG_AGO),
                made(5, labelled("retired until 2026-02-01T00:00:00Z"), LONG_AGO))
            .plan(EDGE);

    assertThat(kinds(plan))
        .containsExactly("retire generation." + id(2), "revoke generation." + id(4));
    assertThat(plan.unchanged()).containsExactly(name("edge"));
    assertThat(plan.isDenied()).isFalse();
    assertThat(plan.waves()).containsExactly(Wave.ENDS);
    assertThat(plan.unmanaged()).isEmpty();
    assertThat(AccessByDatabase.of(plan)).isEmpty();
    assertThat(((Retire) plan.changes().get(0)).update(NOW).description())
        .contains(labelled("retired until 2026-01-03T00:00:00Z"));
  }

  @Test
  void aLabelThatContradictsTheAccessIsNotBelieved() throws Exception {
    Plan retired =
        world
            .with(
                made(1, "Edge", NOW, WRITE),
                made(2, labelled("retired until 2025-12-31T00:00:00Z"), LONG_AGO, READ))
            .plan(EDGE);
    Plan parked =
        new PlanWorld()
            .with(made(1, labelled("parked 2026-01-01T00:00:00Z mine"), NOW, WRITE, READ))
            .plan(EDGE);

    assertThat(retired.hasChanges()).isFalse();
    assertThat(retired.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.code()).isEqualTo(Code.FALSE_LABEL));
    assertThat(kinds(parked)).containsExactly("update token.edge");
    assertThat(parked.tokenChanges().get(0).changedAfter().description()).contains("Edge");
  }

  @Test
  void anOldTokenIsNeverGivenWhatItDidNotHave() throws Exception {
    Plan plan =
        world
            .with(
                made(1, "Edge", LONG_AGO, READ),
                pending(2, Duration.ofHours(1), Permission.read("orders")))
            .plan(EDGE.replace("{write: [logs]}", "{write: ['*'], read: ['*']}"));

    Rotate rotate = (Rotate) plan.changes().get(0);
    assertThat(rotate.steps().get(3).request().orElseThrow().body().orElseThrow())
        .doesNotContain("permissions");
    assertThat(rotate.steps().get(4).request().orElseThrow().body().orElseThrow())
        .doesNotContain("permissions");
  }

  @Test
  void anInstantThatIsOverMakesNoToken() throws Exception {
    Plan plan =
        world.plan(
            EDGE.replace("expires: 120d", "expires: \"2025-12-31T00:00:00Z\"")
                .replace("every: 90d, ", "every: 90d, notBefore: \"2025-01-01T00:00:00Z\", "));

    assertThat(plan.hasChanges()).isFalse();
    assertThat(plan.findings())
        .singleElement()
        .satisfies(finding -> assertThat(finding.code()).isEqualTo(Code.EXPIRES_TOO_SOON));
  }

  @Test
  void theLastTokenThatWorksIsNotRetired() throws Exception {
    world.with(made(2, labelled("retiring until 2025-12-31T00:00:00Z"), LONG_AGO, WRITE));

    assertThat(kinds(world.plan(EDGE))).containsExactly("create token.edge");
    Plan missing =
        world.plan(QUIET + "tokens: {edge: {description: Edge, permissions: {write: [logs]}}}\n");
    assertThat(missing.hasChanges()).isFalse();
    assertThat(denied(missing)).containsExactly(Guardrail.MISSING_TOKEN);
  }

  @Test
  void anOldTokenKeepsNothingThatThePolicyTakes() throws Exception {
    Plan plan =
        world
            .with(
                made(1, "Edge", NOW, WRITE, READ),
                made(2, labelled("retiring until 2026-02-01T00:00:00Z"), LONG_AGO, WRITE, READ))
            .plan(EDGE);

    assertThat(kinds(plan))
        .containsExactlyInAnyOrder("update token.edge", "update generation." + id(2));
    assertThat(plan.tokenChanges())
        .allSatisfy(
            change -> {
              assertThat(change.permissionsAfter()).isEqualTo(Permissions.of(WRITE));
            });
  }

  @ParameterizedTest
  @CsvSource({
    "UNKNOWN,       false, 15, pending",
    "UNKNOWN,       false, 16, useless",
    "UNKNOWN,       true,  15, pending",
    "UNKNOWN,       true,  16, doubtful",
    "UNDER_WAY,     false, 99, pending",
    "UNDER_WAY,     true,  99, pending",
    "NOT_DELIVERED, false, 0,  useless",
    "NOT_DELIVERED, true,  0,  useless",
    "UNANSWERED,    false, 0,  useless",
    "UNANSWERED,    true,  0,  doubtful",
    "UNCLEAR,       true,  0,  doubtful",
    "UNCLEAR,       false, 0,  pending",
    "DELIVERED,     false, 0,  pending",
    "DELIVERED,     false, 16, doubtful",
    "DELIVERED,     true,  0,  finished",
  })
  void whatAnApplyLeftIsDealtWithByWhatIsKnownOfIt(
      Fate fate, boolean hasAccess, int minutes, String outcome) throws Exception {
    Token left =
        hasAccess
            ? pending(2, Duration.ofMinutes(minutes), WRITE)
            : pending(2, Duration.ofMinutes(minutes));

    Plan plan =
        world
            .with(made(1, "Edge", NOW.minus(Duration.ofDays(1)), WRITE), left)
            .fates(fate)
            .plan(EDGE);

    switch (outcome) {
      case "pending" -> {
        assertThat(plan.changes()).isEmpty();
        assertThat(denied(plan)).containsExactly(Guardrail.PENDING_TOKEN);
        assertThat(plan.leftAlone()).containsExactly(name("edge"));
      }
      case "useless" -> {
        assertThat(kinds(plan)).containsExactly("clean-up generation." + id(2));
        assertThat(plan.changes().get(0).steps().get(0).text())
            .isEqualTo("DELETE /api/v0/tokens/" + id(2));
        assertThat(plan.changes().get(0).isIrreversible()).isTrue();
      }
      case "doubtful" -> {
        assertThat(kinds(plan)).containsExactly("rotate token.edge");
        Rotate rotate = (Rotate) plan.changes().get(0);
        assertThat(rotate.because()).isEqualTo(Because.UNFINISHED);
        assertThat(rotate.making().predecessors())
            .extracting(Predecessor::id)
            .containsExactly(id(1), id(2));
      }
      default -> {
        assertThat(kinds(plan)).containsExactly("clean-up generation." + id(2));
        assertThat(plan.changes().get(0).steps().stream().map(Step::text))
            .containsExactly("PATCH /api/v0/tokens/" + id(1), "PATCH /api/v0/tokens/" + id(2));
        assertThat(plan.changes().get(0).isIrreversible()).isFalse();
      }
    }
  }

  @Test
  void aSecretThatWasDeliveredBeforeTheOneInUseIsReplacedToo() throws Exception {
    Plan plan =
        world
            .with(made(1, "Edge", NOW, WRITE), pending(2, Duration.ofMinutes(1), WRITE))
            .fates(Fate.DELIVERED)
            .plan(EDGE);

    assertThat(kinds(plan)).containsExactly("rotate token.edge");
  }

  @Test
  void aFirstTokenThatWasNotFinishedIsMadeAnewOrFinished() throws Exception {
    Token left = pending(2, Duration.ofHours(1), WRITE);

    Plan unknown = world.with(left).plan(EDGE);
    Plan delivered = new PlanWorld().with(left).fates(Fate.DELIVERED).plan(EDGE);

    assertThat(kinds(unknown)).containsExactly("create token.edge");
    assertThat(((Create) unknown.changes().get(0)).making().predecessors())
        .extracting(Predecessor::id)
        .containsExactly(id(2));
    assertThat(kinds(delivered)).containsExactly("clean-up generation." + id(2));
  }

  @Test
  void twoThatSomebodyMayHaveAreBothReplaced() throws Exception {
    Plan plan =
        world
            .with(pending(2, Duration.ofHours(1), WRITE), pending(3, Duration.ofHours(1), WRITE))
            .fates(Fate.DELIVERED)
            .plan(EDGE);

    assertThat(((Create) plan.changes().get(0)).making().predecessors())
        .extracting(Predecessor::id)
        .containsExactly(id(2), id(3));
  }

  @Test
  void aParkedTokenIsLeftAlone() throws Exception {
    Token parked = made(1, labelled("parked 2026-01-01T00:00:00Z INC-42"), LONG_AGO);

    Plan plan = world.with(parked).plan(EDGE);

    assertThat(plan.hasChanges()).isFalse();
    assertThat(plan.isDenied()).isFalse();
    assertThat(plan.leftAlone()).containsExactly(name("edge"));
    assertThat(plan.findings())
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).contains(Guardrail.PARKED_TOKEN);
              assertThat(finding.message()).contains("INC-42");
            });
    Plan rotation =
        world
            .asked(new PlanOptions.Asked(false, Set.of(name("edge")), Optional.empty()))
            .plan(EDGE);
    assertThat(rotation.changes().get(0).steps().get(3).request().orElseThrow().body())
        .contains(
            "{\"description\":\"Edge (tokenform: retired until {now+2d})\",\"permissions\":[]}");
  }

  @Test
  void aTombstoneRevokesTheTokenAndAllThatItHad() throws Exception {
    String policy = QUIET + "tokens: {edge: {description: Edge, state: revoked, reason: INC-42}}\n";
    world.with(
        made(1, "Edge", NOW, WRITE),
        made(2, labelled("retiring until 2026-02-01T00:00:00Z"), LONG_AGO, WRITE));

    Plan plan = world.plan(policy);

    assertThat(kinds(plan)).containsExactly("revoke token.edge", "revoke generation." + id(2));
    // The old one has access too.
    assertThat(denied(plan)).containsExactly(Guardrail.REVOKE, Guardrail.REVOKE);
    assertThat(world.allowing("revoke:edge").plan(policy).isDenied()).isFalse();
    Plan over = new PlanWorld().with(revoked(1, "Edge", NOW)).plan(policy);
    assertThat(over.hasChanges()).isFalse();
    assertThat(over.unchanged()).containsExactly(name("edge"));
    assertThat(over.findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Due.class)
  void whatFallsDueWithTimeIsPlannedAloneOrLeftOut(Due due) throws Exception {
    Plan plan =
        world
            .with(
                made(1, "Edge", LONG_AGO, WRITE),
                made(2, labelled("retiring until 2025-12-01T00:00:00Z"), LONG_AGO, WRITE),
                made(3, labelled("retired until 2025-12-01T00:00:00Z"), LONG_AGO),
                token(4, "Grafana", READ))
            .due(due)
            .plan(EDGE + "  grafana: {description: Grafana, permissions: {write: [logs]}}\n");

    assertThat(kinds(plan))
        .containsExactlyElementsOf(
            switch (due) {
              case INCLUDE ->
                  List.of(
                      "rotate token.edge",
                      "update token.grafana",
                      "retire generation." + id(2),
                      "revoke generation." + id(3));
              case ONLY ->
                  List.of(
                      "rotate token.edge",
                      "retire generation." + id(2),
                      "revoke generation." + id(3));
              case EXCLUDE -> List.of("update token.grafana");
            });
    assertThat(plan.dueLeftOut()).isEqualTo(due == Due.EXCLUDE ? 3 : 0);
    assertThat(plan.unselected().contains(name("grafana"))).isEqualTo(due == Due.ONLY);
  }

  @Test
  void anAllowanceAgainstThePlatformForATokenWithoutAnIdNeedsTheDigest() throws Exception {
    Plan plan = world.platform("create: deny").allowing("create:edge").plan(EDGE);

    assertThat(plan.isDenied()).isFalse();
    assertThat(plan.onlyWithDigest()).isPresent();
    assertThat(plan.findings().get(0).hint().orElseThrow()).contains("--expect-digest");
    assertThat(new PlanWorld().platform("create: deny").plan(EDGE).isDenied()).isTrue();
    // One that is for all, or that the policy asks for, does not.
    assertThat(
            new PlanWorld().platform("create: deny").allowing("create").plan(EDGE).onlyWithDigest())
        .isEmpty();
    assertThat(
            new PlanWorld()
                .allowing("create:edge")
                .plan(EDGE.replace("guardrails: {", "guardrails: {create: deny, "))
                .onlyWithDigest())
        .isEmpty();
  }

  @Test
  void addressesOfGenerationsAreTheirIds() {
    TokenId id = id(1);

    assertThat(Address.parse(Address.of(id).toString())).isEqualTo(Address.of(id));
    assertThat(Address.of(id).type()).isEqualTo(Address.Type.GENERATION);
  }

  @Test
  void noneIsMadeBesideOneWhoseDescriptionTheClusterMayHaveRewritten() throws Exception {
    for (String kept :
        List.of("Edge  one", "Edge  one (tokenform: pending 0123456789ab)", " Edge\u00a0one")) {
      Plan plan =
          new PlanWorld()
              .with(token(9, kept))
              .plan(EDGE.replaceFirst("description: .*", "description: Edge one"));

      assertThat(plan.changes()).isEmpty();
      assertThat(plan.findings())
          .filteredOn(Diagnostic::isError)
          .singleElement()
          .satisfies(finding -> assertThat(finding.code()).isEqualTo(Code.SIMILAR_TOKEN))
          .satisfies(finding -> assertThat(finding.hint().orElseThrow()).contains("" + id(9)));
    }
  }

  @Test
  void anAgeThatNobodyKnowsIsSaidToMakeNothingDue() throws Exception {
    Plan plan = new PlanWorld().with(token(1, "Edge", WRITE)).plan(EDGE);

    assertThat(plan.findings())
        .filteredOn(finding -> finding.code().equals(Code.UNKNOWN_AGE))
        .singleElement()
        .satisfies(
            finding ->
                assertThat(finding.hint())
                    .contains("make a successor by hand: tokenform token rotate edge"));
    assertThat(new PlanWorld().with(made(1, "Edge", NOW, WRITE)).plan(EDGE).findings())
        .noneMatch(finding -> finding.code().equals(Code.UNKNOWN_AGE));
  }
}
