package io.tokenform.plan.planner;

import static io.tokenform.plan.PlanWorld.NOW;
import static io.tokenform.plan.PlanWorld.QUIET;
import static io.tokenform.plan.PlanWorld.expiring;
import static io.tokenform.plan.PlanWorld.id;
import static io.tokenform.plan.PlanWorld.name;
import static io.tokenform.plan.PlanWorld.revoked;
import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.access.Permissions;
import io.tokenform.access.Token;
import io.tokenform.finding.Code;
import io.tokenform.finding.Diagnostic;
import io.tokenform.finding.Guardrail;
import io.tokenform.finding.Subject;
import io.tokenform.plan.Change;
import io.tokenform.plan.GuardrailVerdict;
import io.tokenform.plan.Plan;
import io.tokenform.plan.PlanWorld;
import io.tokenform.plan.Selection;
import io.tokenform.policy.Policy;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a plan takes from the policy, the live tokens and the options. */
class PlannerTest {
  private final PlanWorld world = new PlanWorld();

  private static Diagnostic only(Plan plan) {
    assertThat(plan.findings()).hasSize(1);
    return plan.findings().get(0);
  }

  @Test
  void aTokenThatIsNotThereIsDeniedAndNoChange() throws Exception {
    Plan plan = world.plan(QUIET + "tokens: {grafana: {description: Grafana}}\n");

    assertThat(plan.hasChanges()).isFalse();
    assertThat(plan.isDenied()).isTrue();
    assertThat(only(plan).rule()).contains(Guardrail.MISSING_TOKEN);
    assertThat(plan.unchanged()).isEmpty();
    assertThat(plan.leftAlone()).containsExactly(name("grafana"));
  }

  @Test
  void aRevokedTokenIsDeniedAndNoChange() throws Exception {
    Plan plan =
        world
            .with(revoked(1, "Grafana", NOW.minusSeconds(1)))
            .plan(QUIET + "tokens: {grafana: {id: " + id(1) + ", permissions: {read: [logs]}}}\n");

    assertThat(plan.hasChanges()).isFalse();
    Diagnostic finding = only(plan);
    assertThat(finding.rule()).contains(Guardrail.MISSING_TOKEN);
    assertThat(finding.isDenied()).isTrue();
    assertThat(finding.message()).contains("\"grafana\"", "2025-12-31T23:59:59Z");
    assertThat(finding.subjects()).containsExactly(Subject.of(name("grafana"), id(1)));
    assertThat(finding.hint()).isPresent();
  }

  @Test
  void anExpiredTokenIsPlannedWithAWarning() throws Exception {
    Plan plan =
        world
            .with(expiring(1, "Grafana", NOW))
            .plan(QUIET + "tokens: {grafana: {id: " + id(1) + ", permissions: {read: [logs]}}}\n");

    assertThat(plan.changes()).hasSize(1);
    Diagnostic finding = only(plan);
    assertThat(finding.code()).isEqualTo(Code.EXPIRED_TOKEN);
    assertThat(finding.isError()).isFalse();
    assertThat(finding.message()).contains("\"grafana\"", "2026-01-01T00:00:00Z");
    assertThat(finding.subjects()).containsExactly(Subject.of(name("grafana"), id(1)));
  }

  @Test
  void tokensAreCountedByWhetherTheyWork() throws Exception {
    Plan plan =
        world
            .with(
                token(1, "Grafana"),
                expiring(2, "Later", NOW.plusSeconds(1)),
                expiring(3, "Expired", NOW),
                revoked(4, "Revoked", NOW),
                revoked(5, "Revoked", NOW))
            .plan(QUIET + "tokens: {grafana: {description: Grafana}}\n");

    assertThat(plan.activeTokens()).isEqualTo(2);
    assertThat(plan.inactiveTokens()).isEqualTo(3);
  }

  @Test
  void workingTokensThatThePolicyDoesNotNameAreUnmanagedByDescriptionAndId() throws Exception {
    Plan plan =
        world
            .with(
                token(4, "B"),
                token(3, "A"),
                token(2, "B"),
                token(1, "Grafana"),
                revoked(5, "Revoked", NOW),
                expiring(6, "Expired", NOW))
            .plan(QUIET + "tokens: {grafana: {description: Grafana}}\n");

    assertThat(plan.unmanaged()).extracting(Token::id).containsExactly(id(3), id(2), id(4));
    assertThat(plan.ofItsTokensAlone().unmanaged()).isEmpty();
    assertThat(plan.ofItsTokensAlone().unchanged()).isEqualTo(plan.unchanged());
    assertThat(plan.ofItsTokensAlone().activeTokens()).isEqualTo(4);
  }

  @Test
  void aPlanIsAboutTheSelectedTokensAlone() throws Exception {
    Plan plan =
        world
            .with(token(1, "A"))
            .selection(new Selection(Set.of(name("a")), Set.of()))
            .plan(
                """
                tokens:
                  c: {description: Nobody, permissions: {read: [unheard-of]}}
                  b: {description: B}
                  a: {description: A, permissions: {read: [logs]}}
                """);

    assertThat(plan.changes()).extracting(Change::liveId).containsExactly(Optional.of(id(1)));
    assertThat(plan.unselected()).containsExactly(name("b"), name("c"));
    assertThat(plan.findings()).isEmpty();
  }

  @Test
  void findingsOfAllKindsStandByTheirPlaces() throws Exception {
    Plan plan =
        world
            .with(
                token(1, "A", Permission.read("logs")), revoked(2, "B", NOW), expiring(3, "C", NOW))
            .plan(
                QUIET
                    + """
                    tokens:
                      a: {description: A, permissions: {}}
                      b: {id: 00000000-0000-4000-8000-000000000002, permissions: {}}
                      c: {id: 00000000-0000-4000-8000-000000000003, permissions: {}}
                      d: {description: D}
                    """);

    assertThat(plan.findings())
        .extracting(Diagnostic::code)
        .containsExactly(
            Guardrail.LOCKOUT.code(),
            Guardrail.MISSING_TOKEN.code(),
            Code.EXPIRED_TOKEN,
            Guardrail.MISSING_TOKEN.code());
  }

  @Test
  void theGuardrailsThatItWasHeldAgainstAreInThePlan() throws Exception {
    Plan plan =
        world
            .with(token(1, "A", Permission.read("logs")))
            .platform("lockout: deny")
            .allowing("lockout", "wildcard-write")
            .plan(QUIET + "tokens: {a: {description: A, permissions: {}}}\n");

    assertThat(plan.guardrails())
        .filteredOn(held -> held.source() == GuardrailVerdict.Source.PLATFORM)
        .singleElement()
        .satisfies(
            held -> {
              assertThat(held.rule()).isEqualTo(Guardrail.LOCKOUT);
              assertThat(held.verdict()).isEqualTo(GuardrailVerdict.Verdict.ALLOWED);
            });
    // Only what was needed is recorded.
    assertThat(plan.allowed()).extracting(Object::toString).containsExactly("lockout");
  }

  @Test
  void onlyWorkingTokensCountForAPercentage() throws Exception {
    String policy =
        """
        guardrails: {unmanaged-token: off, expiring: off, max-changes: {percent: 50, least: 0}}
        tokens:
          a: {id: 00000000-0000-4000-8000-000000000001, permissions: {read: [logs]}}
          b: {id: 00000000-0000-4000-8000-000000000002, permissions: {read: [logs]}}
        """;
    Token change = token(1, "A");

    assertThat(
            new PlanWorld()
                .with(change, token(2, "B", Permission.read("logs")))
                .plan(policy)
                .isDenied())
        .isFalse();
    assertThat(
            new PlanWorld()
                .with(
                    change,
                    new Token(
                        id(2),
                        "B",
                        Permissions.of(Permission.read("logs")),
                        Optional.of(NOW),
                        Optional.empty()))
                .plan(policy)
                .isDenied())
        .isTrue();
  }

  @Test
  void tokensStandByNameWhateverOrderThePolicyHas() throws Exception {
    Policy sorted =
        PlanWorld.policy(QUIET + "tokens: {a: {description: A}, b: {description: B}}\n");
    Policy turned =
        new Policy(
            sorted.sources(),
            Optional.empty(),
            List.of(sorted.tokens().get(1), sorted.tokens().get(0)),
            sorted.roles(),
            sorted.guardrails(),
            List.of());
    world.with(token(1, "A"), token(2, "B"));

    assertThat(world.plan(turned).unchanged()).containsExactly(name("a"), name("b"));
    assertThat(
            world.selection(new Selection(Set.of(name("c")), Set.of())).plan(turned).unselected())
        .containsExactly(name("a"), name("b"));
  }
}
