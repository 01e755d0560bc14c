package io.tokenform.plan;

import static io.tokenform.plan.PlanWorld.token;
import static org.assertj.core.api.Assertions.assertThat;

import io.tokenform.access.Permission;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes are made before which others. */
class WaveOrderTest {
  /** One change in each wave, and two in that of the grants: one of them leaves access alone. */
  private static final String POLICY =
      PlanWorld.QUIET
          + """
          tokens:
            a-takes: {id: 00000000-0000-4000-8000-000000000001, permissions: {read: [logs]}}
            b-exchanges: {id: 00000000-0000-4000-8000-000000000002, permissions: {write: [logs]}}
            d-grants: {id: 00000000-0000-4000-8000-000000000003, permissions: {read: [logs, metrics]}}
            c-renames: {id: 00000000-0000-4000-8000-000000000004, description: Renamed}
          """;

  private final PlanWorld world =
      new PlanWorld()
          .with(
              token(1, "One", Permission.read("logs"), Permission.read("metrics")),
              token(2, "Two", Permission.read("logs")),
              token(3, "Three", Permission.read("logs")),
              token(4, "Four", Permission.read("logs")));

  @Test
  void grantsComeFirstAndWithinAWaveTheAddress() throws Exception {
    Plan plan = world.order(WaveOrder.GRANT_FIRST).plan(POLICY);

    assertThat(plan.changes())
        .extracting(change -> change.address().name())
        .containsExactly("c-renames", "d-grants", "b-exchanges", "a-takes");
    assertThat(plan.waves()).containsExactly(Wave.GRANTS, Wave.EXCHANGES, Wave.TAKES);
  }

  @Test
  void revokeFirstTurnsTheWavesRoundAndNotTheAddresses() throws Exception {
    Plan plan = world.order(WaveOrder.REVOKE_FIRST).plan(POLICY);

    assertThat(plan.changes())
        .extracting(change -> change.address().name())
        .containsExactly("a-takes", "b-exchanges", "c-renames", "d-grants");
    assertThat(plan.waves()).containsExactly(Wave.TAKES, Wave.EXCHANGES, Wave.GRANTS);
    assertThat(plan.order()).isEqualTo(WaveOrder.REVOKE_FIRST);
  }

  @ParameterizedTest
  @CsvSource({"GRANT_FIRST, grant-first", "REVOKE_FIRST, revoke-first"})
  void eachOrderHasAllWavesAndItsWord(WaveOrder order, String word) {
    assertThat(order.waves()).containsExactlyInAnyOrder(Wave.values());
    assertThat(order).hasToString(word);
  }

  @ParameterizedTest
  @CsvSource({
    "WIDENS, GRANTS",
    "NEUTRAL, GRANTS",
    "BOTH, EXCHANGES",
    "NARROWS, TAKES",
  })
  void theEffectTellsTheWave(Effect effect, Wave wave) {
    assertThat(Wave.of(effect)).isEqualTo(wave);
  }

  @ParameterizedTest
  @CsvSource({
    "GRANTS, grants, 'only grants, or leaves access alone'",
    "EXCHANGES, exchanges, grants and takes at once",
    "TAKES, takes, only takes",
    "RENAMES, renames, renames databases",
  })
  void aWaveIsFoundByItsWord(Wave wave, String word, String title) {
    assertThat(wave).hasToString(word);
    assertThat(Wave.named(word)).contains(wave);
    assertThat(wave.title()).isEqualTo(title);
  }

  @Test
  void noOtherWordIsAWave() {
    assertThat(Wave.named("GRANTS")).isEmpty();
    assertThat(Wave.named("")).isEmpty();
  }
}
