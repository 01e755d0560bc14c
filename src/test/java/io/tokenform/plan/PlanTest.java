package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.platformOf;
import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import io.tokenform.finding.Guardrail;
import io.tokenform.policy.GuardrailSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plan says of itself. */
class PlanTest {
  private static final String TOKENS =
      """
      tokens:
        a: {description: A, permissions: {read: [logs]}}
        b: {description: B, permissions: {read: [logs]}}
        c: {description: C, permissions: {read: [logs]}}
        d: {description: D, permissions: {read: [logs]}}
      """;

  private final PlanWorld world =
      new PlanWorld()
          .with(
              token(1, "A"),
              token(2, "B"),
              token(3, "C", Permission.read("logs"), Permission.read("metrics")),
              token(4, "D", Permission.read("logs")));

  @Test
  void changesAreCountedByEffectKindAndWave() throws Exception {
    Plan plan = world.plan(TOKENS);

    assertThat(plan.hasChanges()).isTrue();
    assertThat(plan.count(Kind.UPDATE)).isEqualTo(3);
    assertThat(plan.count(Effect.WIDENS)).isEqualTo(2);
    assertThat(plan.count(Effect.NARROWS)).isEqualTo(1);
    assertThat(plan.count(Effect.BOTH)).isZero();
    assertThat(plan.waves()).containsExactly(Wave.GRANTS, Wave.TAKES);
    assertThat(plan.changesOf(Wave.GRANTS))
        .extracting(change -> change.address().name())
        .containsExactly("a", "b");
    assertThat(plan.changesOf(Wave.TAKES))
        .extracting(change -> change.address().name())
        .containsExactly("c");
    assertThat(plan.changesOf(Wave.EXCHANGES)).isEmpty();
  }

  @Test
  void aPlanWithoutFindingsHasNeitherErrorsNorDenials() throws Exception {
    Plan plan = world.plan(TOKENS);

    assertThat(plan.findings()).isEmpty();
    assertThat(plan.hasErrors()).isFalse();
    assertThat(plan.isDenied()).isFalse();
  }

  @Test
  void aDenialIsNoError() throws Exception {
    Plan plan = world.plan("tokens: {d: {description: D, permissions: {}}}\n");

    assertThat(plan.isDenied()).isTrue();
    assertThat(plan.hasErrors()).isFalse();
  }

  /** A plan that was held against one platform file, and another one that is there now. */
  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      delimiter = '|',
      value = {
        "widening: warn | widening: warn              | -",
        "widening: deny | widening: warn              | -",
        "widening: deny | widening: deny              | -",
        "widening: warn | widening: deny              | WIDENING",
        "lockout: deny  | widening: warn              | WIDENING",
        "widening: warn | widening: warn, lockout: off | -",
        "lockout: deny  | lockout: deny, widening: warn, expiring: warn | WIDENING",
        "lockout: deny  | require-id: off             | -",
      })
  void aPlanKnowsWhatItWasNotHeldAgainst(String held, String now, Guardrail missing)
      throws Exception {
    Plan plan = world.platform(held).plan(TOKENS);

    assertThat(plan.notHeldAgainst(platformOf(now)).map(GuardrailSetting::rule).orElse(null))
        .isEqualTo(missing);
  }

  @Test
  void thePolicysOwnGuardrailIsNotThePlatforms() throws Exception {
    Plan plan = world.plan("guardrails: {widening: deny}\n" + TOKENS);

    assertThat(plan.notHeldAgainst(platformOf("widening: warn")).map(GuardrailSetting::rule))
        .contains(Guardrail.WIDENING);
  }
}
